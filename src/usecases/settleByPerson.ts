/** Somebody says what they found at the provider: locked, judged, recorded and settled, in one transaction. */
import type { Refusal } from '../domain/decide.ts';
import { type Find, judgeFind, outcomeOf } from '../domain/find.ts';
import { type Freeze, freezeAgainst } from '../domain/freeze.ts';
import { asKnown, type Person } from '../domain/person.ts';
import { partiesOf } from './parties.ts';
import type { World } from './ports.ts';
import type { Story } from './story.ts';
import { recordFinding } from './recordFinding.ts';

export interface Found {
  /** Why it does not count; undefined when it does. */
  readonly refusal: Refusal | undefined;
  /** The request as it stands afterwards. */
  readonly story: Story;
  /** When it was judged. */
  readonly at: Date;
  /** Why the person is no live member, where that is the reason. */
  readonly why: string | undefined;
  /** What stands against it, where that is the reason. */
  readonly freeze: Freeze | undefined;
}

/** What does not count is recorded all the same; a `find` that would count is not, for nothing was said yet. */
export type SettleByPerson = (id: string, find: Find, person: Person) => Promise<Found>;

export function createSettleByPerson({
  store,
  people,
  aliases,
  now,
}: Pick<World, 'store' | 'people' | 'aliases' | 'now'>): SettleByPerson {
  return async (id, find, clicked) => {
    const { rule } = await store.selectRequest(id);
    const among = rule.needs.map(({ group }) => group);
    // Asked before the lock: nobody waits for Slack while holding a request.
    const membership = await people.membershipOf(clicked, { among, lately: find.type === 'find' });

    return store.transaction(async (records) => {
      await records.lockFreezes();
      const before = await records.lockStory(id);
      const { request } = before;
      const person = asKnown(clicked, partiesOf(before), aliases);
      const at = now();
      const freeze = freezeAgainst(before.standing, find.type, person, request, []);
      const refusal =
        judgeFind(request, find, { person, membership }, at) ?? (freeze === undefined ? undefined : 'frozen');
      const said = find.type === 'find' ? undefined : find;

      if (said !== undefined || refusal !== undefined) {
        await records.insertDecision(request, {
          act: find.type,
          person,
          groups: membership.live ? membership.groups : [],
          saw: find.saw,
          note: said?.note ?? null,
          decidedAt: at,
          refusal: refusal ?? null,
        });
      }
      if (said !== undefined && refusal === undefined) {
        const attempt = await records.selectLastAttempt(id);
        if (attempt === undefined) throw new Error(`request ${id} is ${request.state} without an attempt`);
        const finding = { source: 'person', outcome: outcomeOf(said), learntAt: at } as const;
        await recordFinding(records, request, attempt, finding);
      }
      const why = membership.live ? undefined : membership.why;
      return { refusal, story: await records.selectStory(id), at, why, freeze };
    });
  };
}
