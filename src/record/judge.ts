/** Judges one request again from its entries alone: what was recorded is replayed through the domain's own rules. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import { type Approval, decide } from '../domain/decide.ts';
import { isSamePerson } from '../domain/person.ts';
import { isSatisfied } from '../domain/policy.ts';
import type { State } from '../domain/request.ts';
import { settle } from '../domain/settle.ts';
import { breaches } from './breaches.ts';
import type { Body } from './entry.ts';

export interface Recorded {
  readonly seq: number;
  readonly body: Body;
}

export interface Breach {
  readonly entry: Recorded;
  readonly says: string;
}

export interface Judged {
  /** Undefined where nothing says what was asked. */
  readonly state: State | undefined;
  readonly breaches: readonly Breach[];
}

type Data<Type extends Body['type']> = Extract<Body, { type: Type }>['data'];

/** What the entries so far make of the request. */
interface Life {
  readonly asked: Pick<Data<'request'>['frozen'], 'requester' | 'rule'> & {
    readonly digest: string;
    readonly deadline: Date;
    readonly closesAt: Date | null;
  };
  state: State;
  readonly approvals: Approval[];
  readonly attempts: { answered: boolean; surelyNotSent: boolean }[];
  /** What people found who may. */
  readonly found: Set<string>;
  /** The numbers of the entries whose text can be erased. */
  readonly texts: Set<number>;
}

/** @param entries of one request, in their order */
export function judge(entries: readonly Recorded[]): Judged {
  const [first, ...others] = entries;
  if (first === undefined) return { state: undefined, breaches: [] };
  if (first.body.type !== 'request') {
    return { state: undefined, breaches: [{ entry: first, says: breaches.notAsked }] };
  }
  const life = begin(first.body);
  const found: Breach[] = [];
  const asked = judgeRequest(first.body);
  if (asked !== undefined) found.push({ entry: first, says: asked });
  for (const entry of others) {
    const says = follow(life, entry.body);
    if (says !== undefined) found.push({ entry, says });
  }
  return { state: life.state, breaches: found };
}

function begin({ data: { digest, frozen } }: Extract<Body, { type: 'request' }>): Life {
  const { requester, rule, deadline, closesAt } = frozen;
  return {
    asked: {
      requester,
      rule,
      digest,
      deadline: new Date(deadline),
      closesAt: closesAt === null ? null : new Date(closesAt),
    },
    state: 'pending',
    approvals: [],
    attempts: [],
    found: new Set(),
    texts: new Set([1]),
  };
}

function judgeRequest({ request, n, data }: Extract<Body, { type: 'request' }>): string | undefined {
  if (n !== 1) return breaches.notAsked;
  if (data.frozen.id !== request) return breaches.otherRequest;
  const digest = createHash('sha256').update(canonicalJson(data.frozen)).digest('hex');
  return digest === data.digest ? undefined : breaches.otherDigest;
}

/** Takes one step, and says what is wrong with it. What was sent was sent, also where it should not have been. */
function follow(life: Life, body: Body): string | undefined {
  const at = new Date(body.at);
  switch (body.type) {
    case 'request':
      return breaches.askedAgain;
    case 'decision':
      if (body.data.note !== null) life.texts.add(body.n);
      // Whoever tries in vain may do so at any time.
      return body.data.refusal === null ? followDecision(life, body.data, at) : undefined;
    case 'attempt': {
      const says = judgeAttempt(life, body.data.attempt, at);
      life.attempts.push({ answered: false, surelyNotSent: false });
      life.state = 'sending';
      return says;
    }
    case 'outcome':
      life.texts.add(body.n);
      return followOutcome(life, body.data);
    case 'erasure':
      return body.data.erased.every((n) => life.texts.has(n)) ? undefined : breaches.nothingToErase;
    case 'alarm':
    case 'summary':
    case 'key':
      return breaches.aboutNoRequest;
  }
}

function followDecision(life: Life, data: Data<'decision'>, at: Date): string | undefined {
  const { act, person } = data;
  switch (act) {
    case 'approve':
    case 'reject':
    case 'withdraw':
      return followAct(life, { ...data, act }, at);
    case 'expire':
    case 'lapse':
      if (person !== null) return breaches.clockIsNoPerson;
      return followClock(life, act, at);
    case 'find':
      return breaches.foundNothing;
    case 'find_cancelled':
    case 'find_refused': {
      const says = judgeFinder(life, data);
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
): string | undefined {
  if (person === null) return breaches.nobody;
  const verdict = decide(
    { ...life.asked, state: life.state },
    act === 'approve' ? { type: act, saw: saw ?? '', note: null } : { type: act, note: '' },
    { person, membership: { live: true, groups } },
    life.approvals,
    at,
  );
  if (!verdict.counts) return breaches.refused[verdict.refusal];
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

function judgeFinder({ asked, state }: Life, { person, groups, saw }: Data<'decision'>): string | undefined {
  if (person === null) return breaches.nobody;
  if (state !== 'unknown' && state !== 'accepted') return breaches.nothingToFind(state);
  if (isSamePerson(person, asked.requester)) return breaches.refused.own_request;
  if (!asked.rule.needs.some(({ group }) => groups.includes(group))) return breaches.refused.not_an_approver;
  return saw === asked.digest ? undefined : breaches.refused.request_changed;
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
