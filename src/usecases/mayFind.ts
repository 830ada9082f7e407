/** Whether somebody could say now what became of a request: no button is offered to whoever could not. */
import { judgeFind } from '../domain/find.ts';
import { freezeAgainst } from '../domain/freeze.ts';
import { asKnown, type Person } from '../domain/person.ts';
import { isUnsettled } from '../domain/request.ts';
import { partiesOf } from './parties.ts';
import type { World } from './ports.ts';
import type { Course } from './story.ts';

export type MayFind = (
  course: Pick<Course, 'request' | 'approvals' | 'standing'>,
  reader: Person,
) => Promise<boolean>;

export function createMayFind({ people, aliases, now }: Pick<World, 'people' | 'aliases' | 'now'>): MayFind {
  return async ({ request, approvals, standing }, reader) => {
    if (!isUnsettled(request.state)) return false;
    const among = request.rule.needs.map(({ group }) => group);
    // Who was in a group in the last minutes is enough: whatever is pressed is judged by who is in it then.
    const membership = await people.membershipOf(reader, { among, lately: true });
    const person = asKnown(reader, partiesOf({ request, approvals }), aliases);
    return (
      judgeFind(request, { type: 'find', saw: request.digest }, { person, membership }, now()) ===
        undefined && freezeAgainst(standing, 'find', person, request, []) === undefined
    );
  };
}
