/** A bulk as lists show it, to be changed in the one thing that a test is about. */
import { bulkDigestOf } from '../../src/domain/bulk.ts';
import type { BulkAct } from '../../src/domain/bulkAct.ts';
import type { State } from '../../src/domain/request.ts';
import type { BulkCourse } from '../../src/usecases/bulkStory.ts';
import { aRequest } from '../domain/aRequest.ts';

export const aHalt: BulkAct = {
  id: '7',
  act: 'pause',
  person: null,
  groups: [],
  saw: null,
  why: 'trouble',
  note: null,
  actedAt: new Date('2026-11-19T08:30:00.000Z'),
  refusal: null,
};

/** Asked by Maria, with a line in each of these states. */
export function aBulkCourse(lines: readonly State[], changes: Partial<BulkCourse> = {}): BulkCourse {
  const { account, requester, requestedAt, deadline, rule, digest, reason } = aRequest();
  const frozen = {
    id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d0b1',
    account,
    requester,
    requestedAt,
    deadline,
    rule,
    lines: lines.map(() => digest),
  };
  const counts = Map.groupBy(lines, (state) => state);
  return {
    bulk: { ...frozen, number: 1001, digest: bulkDigestOf(frozen) },
    acts: [],
    standing: [],
    place: 1042,
    reason,
    counts: new Map(Array.from(counts, ([state, some]) => [state, some.length])),
    totals: { money: [{ minor: 15_000n, currency: 'PLN' }], withoutAmount: 1 },
    ...changes,
  };
}
