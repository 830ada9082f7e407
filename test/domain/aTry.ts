/** Somebody tries to decide on a request, to be changed in the one thing that a test is about. */
import { type Act, type Approval, decide, type Verdict } from '../../src/domain/decide.ts';
import type { Membership, Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import { aRequest, pavel } from './aRequest.ts';

export const request = aRequest();
export const stranger: Membership = { live: true, groups: [] };
export const gone: Membership = { live: false, why: 'deactivated' };

export const approve = { type: 'approve', saw: request.digest, note: null } as const satisfies Act;
export const reject = { type: 'reject', note: 'It was captured already.' } as const satisfies Act;
export const withdraw = { type: 'withdraw' } as const satisfies Act;

export interface Try {
  readonly request: Request;
  readonly act: Act;
  readonly person: Person;
  readonly membership: Membership;
  readonly approvals: readonly Approval[];
  readonly now: Date;
}

/** Pavel of finance approves Maria's request in time, unless something is changed. */
export function tryIt(changes: Partial<Try> = {}): Verdict {
  const { person, membership, ...rest }: Try = {
    request,
    act: approve,
    person: pavel,
    membership: { live: true, groups: ['finance'] },
    approvals: [],
    now: new Date('2026-11-19T09:00:00.000Z'),
    ...changes,
  };
  return decide(rest.request, rest.act, { person, membership }, rest.approvals, rest.now);
}
