/** Judges one request again from its entries alone: what was recorded is replayed through the domain's own rules. */
import { decide } from '../domain/decide.ts';
import { judgeFind } from '../domain/find.ts';
import { freezeAgainst, freezeName, freezeOver } from '../domain/freeze.ts';
import { isNoAlias } from '../domain/person.ts';
import { isSatisfied } from '../domain/policy.ts';
import { settle } from '../domain/settle.ts';
import { breaches } from './breaches.ts';
import { judgeOnLine, wasStopped } from './bulkHistory.ts';
import { standingAt } from './freezeHistory.ts';
import type { History } from './history.ts';
import { judgeBulk } from './judgeBulk.ts';
import type { Breach, Judged, Recorded } from './judged.ts';
import { begin, type Data, judgeRequest, type Life } from './life.ts';

/**
 * @param entries of one request or one bulk, in their order
 * @param history of freezes and bulks, as far as the chain goes
 */
export function judge(entries: readonly Recorded[], history: History): Judged {
  const [first, ...others] = entries;
  if (first === undefined) return { state: undefined, breaches: [] };
  if (first.body.type === 'bulk') return judgeBulk(first, first.body, others, history);
  if (first.body.type !== 'request') {
    return { state: undefined, breaches: [{ entry: first, says: breaches.notAsked }] };
  }
  const life = begin(first.body);
  const found: Breach[] = [];
  const asked = judgeRequest(first.body);
  if (asked !== undefined) found.push({ entry: first, says: asked });
  for (const entry of others) {
    const says = follow(life, entry, history);
    if (says !== undefined) found.push({ entry, says });
  }
  return { state: life.state, breaches: found };
}

/** Takes one step, and says what is wrong with it. What was sent was sent, also where it should not have been. */
function follow(life: Life, { seq, body }: Recorded, history: History): string | undefined {
  const at = new Date(body.at);
  const standing = standingAt(history, seq);
  switch (body.type) {
    case 'request':
      return breaches.askedAgain;
    case 'decision': {
      if (body.data.note !== null) life.texts.add(body.n);
      // Whoever tries in vain may do so at any time.
      if (body.data.refusal !== null) return undefined;
      const { act, person } = body.data;
      const isHeld =
        act !== 'expire' &&
        act !== 'lapse' &&
        person !== null &&
        freezeAgainst(standing, act, person, life.asked, life.approvals) !== undefined;
      const unfounded = judgeOnLine(history.bulks, life.asked.bulk, { seq, at: body.at }, body.data);
      return followDecision(life, body.data, at, unfounded) ?? (isHeld ? breaches.refused.frozen : undefined);
    }
    case 'attempt': {
      const freeze = freezeOver({ standing, request: life.asked, approvals: life.approvals });
      const says =
        judgeAttempt(life, body.data.attempt, at) ??
        (freeze && breaches.stopped(freezeName(freeze))) ??
        (wasStopped(history.bulks, life.asked.bulk, seq) ? breaches.bulkStopped : undefined);
      life.attempts.push({ answered: false, surelyNotSent: false });
      life.state = 'sending';
      return says;
    }
    case 'outcome':
      life.texts.add(body.n);
      return followOutcome(life, body.data);
    case 'erasure':
      return body.data.erased.every((n) => life.texts.has(n)) ? undefined : breaches.nothingToErase;
    case 'bulk':
    case 'bulk_act':
      return breaches.aboutABulk;
    case 'alarm':
    case 'freeze':
    case 'lift':
    case 'refused_ask':
    case 'summary':
    case 'roll_up':
    case 'sign_off':
    case 'key':
      return breaches.aboutNoRequest;
  }
}

/** @param unfounded why a person can't have done it, as one line of a bulk */
function followDecision(
  life: Life,
  data: Data<'decision'>,
  at: Date,
  unfounded: string | undefined,
): string | undefined {
  const { act, person } = data;
  switch (act) {
    case 'approve':
    case 'reject':
    case 'withdraw':
      return followAct(life, { ...data, act }, at, unfounded);
    case 'expire':
    case 'lapse':
      if (person !== null) return breaches.clockIsNoPerson;
      return followClock(life, act, at);
    case 'find':
      return breaches.foundNothing;
    case 'find_cancelled':
    case 'find_refused': {
      const says = judgeFinder(life, { ...data, act }, at);
      if (says === undefined) life.found.add(act === 'find_cancelled' ? 'cancelled' : 'refused');
      return says;
    }
  }
}

/** An act of a person that counted has to count again. */
function followAct(
  life: Life,
  { act, person, groups, saw }: Data<'decision'> & { act: 'approve' | 'reject' | 'withdraw' },
  at: Date,
  unfounded: string | undefined,
): string | undefined {
  if (person === null) return breaches.nobody;
  if (isNoAlias(person, life.asked.requester)) return breaches.noAlias;
  const verdict = decide(
    { ...life.asked, state: life.state },
    // That it counted says that it was confirmed; what was confirmed is part of what was seen.
    act === 'approve' ? { type: act, saw: saw ?? '', note: null, confirmed: true } : { type: act, note: '' },
    { person, membership: { live: true, groups } },
    life.approvals,
    at,
  );
  if (!verdict.counts) return breaches.refused[verdict.refusal];
  if (unfounded !== undefined) return unfounded;
  if (act === 'approve') life.approvals.push({ person, groups });
  life.state = verdict.state;
  return undefined;
}

function followClock(life: Life, act: 'expire' | 'lapse', at: Date): string | undefined {
  if (act === 'expire') {
    if (life.state !== 'pending') return breaches.ended(life.state);
    if (at < life.asked.deadline) return breaches.expiredEarly;
    life.state = 'expired';
  } else {
    if (life.state !== 'pending' && life.state !== 'approved') return breaches.ended(life.state);
    life.state = 'lapsed';
  }
  return undefined;
}

function judgeFinder(
  { asked, state }: Life,
  { act, person, groups, saw }: Data<'decision'> & { act: 'find_cancelled' | 'find_refused' },
  at: Date,
): string | undefined {
  if (person === null) return breaches.nobody;
  if (isNoAlias(person, asked.requester)) return breaches.noAlias;
  // Which version of the request stood in the form, and since when, the chain does not say.
  const form = { note: '', saw: saw ?? '', version: 0, openedAt: at };
  const refusal = judgeFind(
    { ...asked, state, version: 0 },
    act === 'find_cancelled' ? { ...form, type: act, reference: null } : { ...form, type: act },
    { person, membership: { live: true, groups } },
    at,
  );
  return refusal && breaches.refused[refusal];
}

function judgeAttempt({ asked, state, approvals, attempts }: Life, n: number, at: Date): string | undefined {
  if (n !== attempts.length + 1) return breaches.attemptNumber;
  const groups = approvals.map((approval) => approval.groups);
  // Nobody is never enough, whatever the rule says.
  if (groups.length === 0 || !isSatisfied(asked.rule.needs, groups)) return breaches.notApproved;
  if (attempts.some(({ surelyNotSent }) => !surelyNotSent)) return breaches.maybeTwice;
  if (state !== 'approved') return breaches.ended(state);
  return asked.closesAt !== null && at >= asked.closesAt ? breaches.windowClosed : undefined;
}

function followOutcome(life: Life, { attempt: n, source, outcome }: Data<'outcome'>): string | undefined {
  const attempt = life.attempts[n - 1];
  if (attempt === undefined) return breaches.noAttempt;
  if (source === 'answer' && attempt.answered) return breaches.answeredTwice;
  if (source === 'person' && !life.found.has(outcome)) return breaches.nobodyFound;
  attempt.answered ||= source === 'answer';
  attempt.surelyNotSent ||= outcome === 'not_sent';
  life.state = settle(life.state, { type: outcome }) ?? life.state;
  return undefined;
}
