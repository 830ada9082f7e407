/** Somebody has a halted bulk go on, or ends what is not sent of it: locked, judged and recorded in one transaction. */
import { type Bulk, type BulkState, bulkStateOf } from '../domain/bulk.ts';
import { freezeAgainstSteer, isHalted, isStopped, judgeSteer, type Steer } from '../domain/bulkAct.ts';
import type { Refusal } from '../domain/decide.ts';
import type { Freeze } from '../domain/freeze.ts';
import { asKnown, type Person } from '../domain/person.ts';
import { STOPPED } from '../language/bulkCourse.ts';
import { approvalsOf, partiesOfBulk } from './decideOnBulk.ts';
import { endLines } from './endLines.ts';
import type { World } from './ports.ts';

interface Steered {
  /** Why it does not count; undefined when it does. */
  readonly refusal: Refusal | undefined;
  readonly bulk: Bulk;
  /** Where the bulk stood before. */
  readonly state: BulkState;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  /** What stands against it, where that is the reason. */
  readonly freeze: Freeze | undefined;
}

export type SteerBulk = (id: string, steer: Steer, person: Person) => Promise<Steered>;

export function createSteerBulk({
  store,
  people,
  aliases,
  now,
}: Pick<World, 'store' | 'people' | 'aliases' | 'now'>): SteerBulk {
  return async (id, steer, clicked) => {
    const { rule } = await store.selectBulk(id);
    const among = rule.needs.map(({ group }) => group);
    const membership = await people.membershipOf(clicked, { among });
    return store.transaction(async (records) => {
      await records.lockFreezes();
      const bulk = await records.lockBulk(id);
      const lines = await records.lockLines(id);
      const at = now();
      const acts = await records.selectBulkActs(id);
      const approvals = approvalsOf(acts);
      const person = asKnown(clicked, partiesOfBulk(bulk, approvals), aliases);
      // A line may still be under way after the end.
      const state = isStopped(acts) ? 'ended' : bulkStateOf(lines, isHalted(acts));
      const freeze = freezeAgainstSteer(await records.selectFreezes(), steer, person, bulk, approvals);
      const refusal = judgeSteer(bulk, state, steer, { person, membership }) ?? (freeze && 'frozen');
      await records.insertBulkAct(bulk, {
        act: steer.type,
        person,
        groups: membership.live ? membership.groups : [],
        saw: steer.type === 'go_on' ? steer.saw : null,
        why: null,
        actedAt: at,
        refusal: refusal ?? null,
      });
      if (refusal === undefined && steer.type === 'stop') {
        const left = lines.filter((line) => line.state === 'approved');
        await endLines(records, left, 'lapsed', STOPPED, at);
      }
      if (refusal === undefined && steer.type === 'go_on')
        await records.enqueue({ name: 'dispatch-bulk', bulk: id });
      await records.enqueue({ name: 'announce-bulk', bulk: id });
      return { refusal, bulk, state, why: membership.live ? undefined : membership.why, freeze };
    });
  };
}
