/** Somebody decides on a bulk: on every line that still waits, in one transaction, so that all of it counts or nothing. */
import { type Bulk, type BulkState, bulkStateOf } from '../domain/bulk.ts';
import { type BulkAct, isHalted } from '../domain/bulkAct.ts';
import { type Act, type Approval, decide, type Verdict } from '../domain/decide.ts';
import type { Membership, Person } from '../domain/person.ts';
import { nameOf, type Request } from '../domain/request.ts';
import { endLines } from './endLines.ts';
import type { Records, World } from './ports.ts';

export interface DecidedOnBulk {
  readonly verdict: Verdict;
  readonly bulk: Bulk;
  /** Where the bulk stood before the act. */
  readonly state: BulkState;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
}

export type DecideOnBulk = (id: string, act: Act, person: Person) => Promise<DecidedOnBulk>;

interface By {
  readonly person: Person;
  readonly membership: Membership;
}

/** @param trial as for a request: only finds out whether the act would count; what would not is recorded all the same. */
export function createDecideOnBulk(
  { store, people, now }: Pick<World, 'store' | 'people' | 'now'>,
  { trial }: { readonly trial: boolean } = { trial: false },
): DecideOnBulk {
  return async (id, act, person) => {
    // Asked at the moment of the act, and before the lock: nobody waits for Slack while holding a bulk.
    const by = { person, membership: await people.membershipOf(person) };

    return store.transaction(async (records) => {
      const bulk = await records.lockBulk(id);
      const lines = await records.lockLines(id);
      const acts = await records.selectBulkActs(id);
      const at = now();
      const state = bulkStateOf(lines, isHalted(acts));
      const waiting = lines.filter((line) => line.state === 'pending');
      const approvals = approvalsOf(acts);
      const asRequest = { ...bulk, state: waiting.length > 0 ? 'pending' : 'approved' } as const;
      const verdict = decide(asRequest, act, by, approvals, at);
      const decided = { verdict, bulk, state, why: by.membership.live ? undefined : by.membership.why };
      if (verdict.counts && trial) return decided;

      await recordAct(records, bulk, act, by, at, verdict);
      if (!verdict.counts) {
        if (verdict.refusal === 'expired') await endLines(records, waiting, 'expired', null, at);
      } else {
        await decideOnLines(records, waiting, act, by, at, { verdict, approvals });
        if (verdict.state === 'approved') await records.enqueue({ name: 'dispatch-bulk', bulk: id });
      }
      await records.enqueue({ name: 'announce-bulk', bulk: id });
      return decided;
    });
  };
}

/** Who approved all of it, as far as it counted. */
export function approvalsOf(acts: readonly BulkAct[]): readonly Approval[] {
  return acts.flatMap(({ act, refusal, person, groups }) =>
    act === 'approve' && refusal === null && person !== null ? [{ person, groups }] : [],
  );
}

function groupsOf({ membership }: By): readonly string[] {
  return membership.live ? membership.groups : [];
}

async function recordAct(
  records: Records,
  bulk: Bulk,
  act: Act,
  by: By,
  actedAt: Date,
  verdict: Verdict,
): Promise<void> {
  await records.insertBulkAct(bulk, {
    act: act.type,
    person: by.person,
    groups: groupsOf(by),
    saw: act.type === 'approve' ? act.saw : null,
    why: null,
    actedAt,
    refusal: verdict.counts ? null : verdict.refusal,
  });
}

/** Whoever saw the bulk saw its lines: the digest that was on screen covers theirs. */
async function decideOnLines(
  records: Records,
  waiting: readonly Request[],
  act: Act,
  by: By,
  decidedAt: Date,
  { verdict, approvals }: { verdict: Extract<Verdict, { counts: true }>; approvals: readonly Approval[] },
): Promise<void> {
  const decided = waiting.map((request) => {
    const onLine: Act = act.type === 'approve' ? { ...act, saw: request.digest } : act;
    const own = decide(request, onLine, by, approvals, decidedAt);
    if (!own.counts || own.state !== verdict.state)
      throw new Error(`${nameOf(request)} can't be decided on like its bulk`);
    return {
      request,
      decision: {
        act: onLine.type,
        person: by.person,
        groups: groupsOf(by),
        saw: onLine.type === 'approve' ? onLine.saw : null,
        note: onLine.type === 'withdraw' ? null : onLine.note,
        decidedAt,
        refusal: null,
      },
    };
  });
  await records.insertDecisions(decided);
  const ids = waiting.map(({ id }) => id);
  if (verdict.state !== 'pending') await records.moveLines(ids, verdict.state);
}
