/** Judges one bulk again from its own entries: what was asked, and what was done to all of it. Its lines are judged by themselves. */
import { createHash } from 'node:crypto';
import type { BulkState } from '../domain/bulk.ts';
import { freezeAgainstSteer, judgeSteer } from '../domain/bulkAct.ts';
import { canonicalJson } from '../domain/canonical.ts';
import { type Approval, decide } from '../domain/decide.ts';
import { type Freeze, freezeAgainst } from '../domain/freeze.ts';
import { isNoAlias } from '../domain/person.ts';
import { breaches } from './breaches.ts';
import type { Counted } from './bulkHistory.ts';
import type { Body } from './entry.ts';
import { standingAt } from './freezeHistory.ts';
import type { History } from './history.ts';
import type { Breach, Judged, Recorded } from './judged.ts';
import type { Data } from './life.ts';

type Asked = Extract<Body, { type: 'bulk' }>;

interface BulkLife {
  readonly asked: Pick<Asked['data']['frozen'], 'account' | 'requester' | 'rule'> & {
    readonly digest: string;
    readonly deadline: Date;
  };
  state: BulkState;
  readonly approvals: Approval[];
}

export function judgeBulk(
  first: Recorded,
  asked: Asked,
  others: readonly Recorded[],
  history: History,
): Judged {
  const { digest, frozen } = asked.data;
  const { account, requester, rule, deadline } = frozen;
  const life: BulkLife = {
    asked: { account, requester, rule, digest, deadline: new Date(deadline) },
    state: 'pending',
    approvals: [],
  };
  const found: Breach[] = [];
  const says = judgeAsked(asked);
  if (says !== undefined) found.push({ entry: first, says });
  const counted: Counted[] = [];
  history.bulks.set(asked.request, counted);
  for (const entry of others) {
    const breach = follow(life, entry.body, standingAt(history, entry.seq));
    if (breach !== undefined) found.push({ entry, says: breach });
    else if (entry.body.type === 'bulk_act' && entry.body.data.refusal === null)
      counted.push({ seq: entry.seq, at: entry.body.at, ...entry.body.data });
  }
  return { state: undefined, breaches: found };
}

function judgeAsked({ request, data: { digest, frozen } }: Asked): string | undefined {
  if (frozen.id !== request) return breaches.otherBulk;
  const own = createHash('sha256').update(canonicalJson(frozen)).digest('hex');
  return own === digest ? undefined : breaches.otherDigest;
}

function follow(life: BulkLife, body: Body, standing: Standing): string | undefined {
  if (body.type === 'bulk') return breaches.bulkAskedAgain;
  if (body.type !== 'bulk_act') return breaches.notAboutABulk;
  // Whoever tries in vain may do so at any time.
  return body.data.refusal === null ? followAct(life, body.data, new Date(body.at), standing) : undefined;
}

function followAct(life: BulkLife, data: Data<'bulk_act'>, at: Date, standing: Standing): string | undefined {
  const { act, person } = data;
  if ((act === 'pause') !== (person === null) || (act === 'pause') !== (data.why !== null))
    return breaches.halted;
  if (person === null) {
    if (life.state !== 'sending') return breaches.ended(life.state);
    life.state = 'paused';
    return undefined;
  }
  if (isNoAlias(person, life.asked.requester)) return breaches.noAlias;
  switch (act) {
    case 'approve':
    case 'reject':
    case 'withdraw':
      return followDecision(life, { ...data, act, person }, at, standing);
    case 'go_on':
    case 'stop':
      return followSteer(life, { ...data, act, person }, standing);
    case 'pause':
      return breaches.halted;
  }
}

type Standing = readonly Pick<Freeze, 'scope'>[];
type OfPerson<Act> = Data<'bulk_act'> & { act: Act; person: NonNullable<Data<'bulk_act'>['person']> };

function followDecision(
  life: BulkLife,
  { act, person, groups, saw }: OfPerson<'approve' | 'reject' | 'withdraw'>,
  at: Date,
  standing: Standing,
): string | undefined {
  const isHeld = freezeAgainst(standing, act, person, life.asked, life.approvals) !== undefined;
  const verdict = decide(
    { ...life.asked, state: life.state === 'pending' ? 'pending' : 'approved' },
    // That it counted says that it was confirmed; what was confirmed is part of what was seen.
    act === 'approve' ? { type: act, saw: saw ?? '', note: null, confirmed: true } : { type: act, note: '' },
    { person, membership: { live: true, groups } },
    life.approvals,
    at,
  );
  if (!verdict.counts) return breaches.refused[verdict.refusal];
  if (act === 'approve') life.approvals.push({ person, groups });
  if (verdict.state !== 'pending') life.state = verdict.state === 'approved' ? 'sending' : 'ended';
  return isHeld ? breaches.refused.frozen : undefined;
}

function followSteer(
  life: BulkLife,
  { act, person, groups, saw }: OfPerson<'go_on' | 'stop'>,
  standing: Standing,
): string | undefined {
  const by = { person, membership: { live: true, groups } } as const;
  const steer = act === 'go_on' ? { type: act, saw: saw ?? '' } : { type: act };
  const freeze = freezeAgainstSteer(standing, steer, person, life.asked, life.approvals);
  const refusal = judgeSteer(life.asked, life.state, steer, by) ?? (freeze && 'frozen');
  if (refusal !== undefined) return breaches.refused[refusal];
  life.state = act === 'go_on' ? 'sending' : 'ended';
  return undefined;
}
