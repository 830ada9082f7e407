/** Somebody decides on a bulk: on every line that still waits, in one transaction, so that all of it counts or nothing. */
import { asRequest, type Bulk, type BulkState, bulkStateOf } from '../domain/bulk.ts';
import { type BulkAct, isHalted } from '../domain/bulkAct.ts';
import { type Act, type Approval, decide, type Verdict } from '../domain/decide.ts';
import { type Freeze, freezeAgainst } from '../domain/freeze.ts';
import { asKnown, isAnybodyTwice, type Membership, type Person } from '../domain/person.ts';
import { nameOf, type Request } from '../domain/request.ts';
import { lapseReasons } from '../language/dispatch.ts';
import { endLines } from './endLines.ts';
import type { Records, World } from './ports.ts';

export interface DecidedOnBulk {
  readonly verdict: Verdict;
  readonly bulk: Bulk;
  /** Where the bulk stood before the act. */
  readonly state: BulkState;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  /** What stands against the act, where that is the reason. */
  readonly freeze: Freeze | undefined;
}

export type DecideOnBulk = (id: string, act: Act, person: Person) => Promise<DecidedOnBulk>;

interface By {
  readonly person: Person;
  readonly membership: Membership;
}

/** @param trial as for a request: only finds out whether the act would count; what would not is recorded all the same. */
export function createDecideOnBulk(
  { store, people, aliases, now }: Pick<World, 'store' | 'people' | 'aliases' | 'now'>,
  { trial }: { readonly trial: boolean } = { trial: false },
): DecideOnBulk {
  return async (id, act, clicked) => {
    const { rule } = await store.selectBulk(id);
    const among = rule.needs.map(({ group }) => group);
    // Asked at the moment of the act, and before the lock: nobody waits for Slack while holding a bulk.
    const membership = await people.membershipOf(clicked, { among, lately: trial });

    return store.transaction(async (records) => {
      // In this order, and all of it asked at once: what follows is read when the locks are there.
      const [, bulk, acts, locked, standing] = await Promise.all([
        records.lockFreezes(),
        records.lockBulk(id),
        records.selectBulkActs(id),
        records.lockLines(id),
        records.selectFreezes(),
      ]);
      const approvals = approvalsOf(acts);
      const at = now();
      const isTwice = isAnybodyTwice(partiesOfBulk(bulk, approvals), aliases);
      const lines = isTwice ? await lapseWhatIsLeft(records, bulk, locked, at) : locked;
      const person = asKnown(clicked, partiesOfBulk(bulk, approvals), aliases);
      const by = { person, membership };
      const state = bulkStateOf(lines, isHalted(acts));
      const waiting = lines.filter((line) => line.state === 'pending');
      const freeze = freezeAgainst(standing, act.type, person, bulk, approvals);
      const verdict = heed(decide(asRequest(bulk, state), act, by, approvals, at), freeze);
      const decided = { verdict, bulk, state, why: membership.live ? undefined : membership.why, freeze };
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

/** Whoever asked, and whoever approved so far. */
export function partiesOfBulk({ requester }: Bulk, approvals: readonly Approval[]): readonly Person[] {
  return [requester, ...approvals.map(({ person }) => person)];
}

/** As for a request: if one human counted twice, what is not sent ends. Gives the lines as they are then. */
async function lapseWhatIsLeft(
  records: Records,
  bulk: Bulk,
  lines: readonly Request[],
  at: Date,
): Promise<readonly Request[]> {
  const left = lines.filter(({ state }) => state === 'pending' || state === 'approved');
  if (left.length === 0) return lines;
  await endLines(records, left, 'lapsed', lapseReasons.samePerson, at);
  return records.selectLines(bulk.id);
}

function heed(verdict: Verdict, freeze: Freeze | undefined): Verdict {
  return verdict.counts && freeze !== undefined ? { counts: false, refusal: 'frozen' } : verdict;
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
