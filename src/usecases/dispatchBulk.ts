/**
 * An approved bulk is sent line by line, in order and at the account's pace. Each line goes the way of any request, with a
 * look-up right before it; what is done here is only to give it its turn, and to halt when something seems to be wrong.
 */
import { type BulkAct, type Halt, isHalted, isInTrouble, isStopped } from '../domain/bulkAct.ts';
import { addSeconds, DAY_SECONDS, secondsBetween } from '../domain/clock.ts';
import { type Freeze, freezeOver } from '../domain/freeze.ts';
import { STOPPED } from '../language/bulkCourse.ts';
import { lapseReasons } from '../language/dispatch.ts';
import type { Sending } from './bulkPorts.ts';
import { approvalsOf } from './decideOnBulk.ts';
import { type Dispatch, SEND_WITHIN_SECONDS } from './dispatch.ts';
import { endLines } from './endLines.ts';
import type { World } from './ports.ts';
import { RETRY_SECONDS } from './recordFinding.ts';

/** Longer than this no job works on it, so that one that is told to stop does not wait for all of it. */
const SLICE_MS = 10_000;

/** However often it is told to go on: what was approved longer ago has to be asked for anew. */
const BULK_WITHIN_SECONDS = DAY_SECONDS;

export type DispatchBulk = (id: string) => Promise<void>;

/** What a step leads to: the next one at once or after a while, or nothing, because there is no more to do by itself. */
type Next = 'at_once' | { readonly afterSeconds: number } | 'nothing';

export function createDispatchBulk(world: World, dispatch: Dispatch): DispatchBulk {
  const { store, now, takeTurn, pauseAfter } = world;

  async function step(id: string): Promise<Next> {
    const [acts, sending, standing] = await Promise.all([
      store.selectBulkActs(id),
      store.selectSending(id, pauseAfter),
      store.selectFreezes(),
    ]);
    if (sending.next === undefined) return 'nothing';
    // What is under way, or was interrupted, is not left so by anything that keeps the others back.
    if (sending.next.isUnderWay) return sendNext(sending.next, sending.movedAt);
    if (isHalted(acts)) return 'nothing';
    const over = whyOver(acts);
    if (over !== undefined) {
      await endTheRest(id, over);
      return 'nothing';
    }
    const why = whyToHalt(sending);
    if (why !== undefined) {
      await halt(id, why);
      return 'nothing';
    }
    return (await isFrozen(id, acts, standing))
      ? { afterSeconds: RETRY_SECONDS }
      : sendNext(sending.next, sending.movedAt);
  }

  async function isFrozen(
    id: string,
    acts: readonly BulkAct[],
    standing: readonly Freeze[],
  ): Promise<boolean> {
    // A bulk is read with all its lines, and mostly nothing is frozen.
    if (standing.length === 0) return false;
    const request = await store.selectBulk(id);
    return freezeOver({ standing, request, approvals: approvalsOf(acts) }) !== undefined;
  }

  /** What was under way when it was stopped, and surely did not leave, is not sent again. */
  function whyOver(acts: readonly BulkAct[]): string | undefined {
    if (isStopped(acts)) return STOPPED;
    return isOld(acts, now()) ? lapseReasons.late : undefined;
  }

  function whyToHalt({ latest, movedAt }: Sending): Halt | undefined {
    if (isInTrouble(latest, pauseAfter)) return 'trouble';
    return now() > addSeconds(movedAt, SEND_WITHIN_SECONDS) ? 'standstill' : undefined;
  }

  async function sendNext(
    { id, account, triedAt }: NonNullable<Sending['next']>,
    movedAt: Date,
  ): Promise<Next> {
    const wait = triedAt === null ? 0 : RETRY_SECONDS - secondsBetween(triedAt, now());
    if (wait > 0) return { afterSeconds: Math.min(RETRY_SECONDS, Math.ceil(wait)) };
    await takeTurn(account);
    await dispatch(id, movedAt);
    const { state } = await store.selectRequest(id);
    if (state === 'approved') await store.markTried(id, now());
    // Somebody may be sending it at this moment. Whether that was interrupted is looked at when it ought to be over.
    return state === 'sending' ? 'nothing' : 'at_once';
  }

  async function halt(id: string, why: Halt): Promise<void> {
    await store.transaction(async (records) => {
      const bulk = await records.lockBulk(id);
      if (isHalted(await records.selectBulkActs(id))) return;
      // Somebody may have stopped it meanwhile.
      if ((await records.selectSending(id, pauseAfter)).next === undefined) return;
      const nobody = { person: null, groups: [], saw: null } as const;
      await records.insertBulkAct(bulk, { act: 'pause', ...nobody, why, actedAt: now(), refusal: null });
      await records.enqueue({ name: 'announce-bulk', bulk: id });
    });
  }

  async function endTheRest(id: string, why: string): Promise<void> {
    await store.transaction(async (records) => {
      await records.lockBulk(id);
      const left = (await records.lockLines(id)).filter(({ state }) => state === 'approved');
      await endLines(records, left, 'lapsed', why, now());
    });
  }

  async function work(id: string): Promise<void> {
    const until = performance.now() + SLICE_MS;
    let next: Next = 'at_once';
    while (next === 'at_once' && performance.now() < until) next = await step(id);
    if (next === 'nothing') return store.enqueue({ name: 'announce-bulk', bulk: id });
    await store.enqueue({ name: 'dispatch-bulk', bulk: id, ...(next === 'at_once' ? {} : next) });
  }

  return (id) => store.alone(`dispatch ${id}`, () => work(id));
}

function isOld(acts: readonly BulkAct[], now: Date): boolean {
  const approval = acts.findLast(({ act, refusal }) => act === 'approve' && refusal === null);
  return approval === undefined || now > addSeconds(approval.actedAt, BULK_WITHIN_SECONDS);
}
