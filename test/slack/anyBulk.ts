/** Any bulk with any story, and any list before it is one. */
import * as fc from 'fast-check';
import type { Bulk } from '../../src/domain/bulk.ts';
import { type BulkAct, bulkActs, halts } from '../../src/domain/bulkAct.ts';
import { refusals } from '../../src/domain/decide.ts';
import { states } from '../../src/domain/request.ts';
import type { BulkCourse, BulkStory, LineStory } from '../../src/usecases/bulkStory.ts';
import type { ListFaults } from '../../src/usecases/beginDraft.ts';
import type { Draft, DraftView } from '../../src/usecases/draft.ts';
import { aRequest } from '../domain/aRequest.ts';
import { turnedAway } from './anyForm.ts';
import {
  digest,
  few,
  freeze,
  group,
  money,
  name,
  number,
  orNull,
  person,
  request,
  rule,
  text,
  time,
} from './anything.ts';

export const bulk: fc.Arbitrary<Bulk> = fc.record({
  id: fc.uuid(),
  number,
  account: name,
  requester: person,
  requestedAt: time,
  deadline: time,
  rule,
  digest,
  lines: fc.array(digest, { minLength: 1, maxLength: 3 }),
});

export const act: fc.Arbitrary<BulkAct> = fc
  .record({
    id: fc.integer({ min: 1, max: 9999 }).map(String),
    act: fc.constantFrom(...bulkActs),
    person,
    groups: fc.array(group, few),
    saw: orNull(digest),
    why: fc.constantFrom(...halts),
    note: orNull(text(500)),
    actedAt: time,
    refusal: orNull(fc.constantFrom(...refusals)),
  })
  .map((one) => (one.act === 'pause' ? { ...one, person: null, refusal: null } : { ...one, why: null }));

const line = fc.record({
  changes: request,
  says: orNull(text(300)),
  code: orNull(text(100)),
  reference: orNull(text(300)),
  lookUpsEndedAt: orNull(time),
});

/** As many lines as there may be, of which few differ: what is shown of each is of any length all the same. */
const lines: fc.Arbitrary<readonly LineStory[]> = fc
  .tuple(fc.array(line, { minLength: 1, maxLength: 6 }), fc.constantFrom(1, 3, 1000))
  .map(([some, times]) => {
    const stories = some.map(({ changes, ...learnt }) => ({ request: aRequest(changes), ...learnt }));
    return Array.from({ length: times }, () => stories)
      .flat()
      .slice(0, 1000);
  });

export const anyBulk: fc.Arbitrary<BulkStory> = fc.record({
  bulk,
  acts: fc.array(act, { maxLength: 20 }),
  lines,
  standing: fc.array(freeze, few),
  freezeNews: fc.integer({ min: 0, max: 99 }),
});

/** As lists show it. */
export const anyCourse: fc.Arbitrary<BulkCourse> = fc.record({
  bulk,
  acts: fc.array(act, { maxLength: 20 }),
  standing: fc.array(freeze, few),
  place: number,
  reason: text(500),
  counts: fc
    .array(fc.tuple(fc.constantFrom(...states), fc.integer({ min: 1, max: 1000 })), { minLength: 1 })
    .map((counts) => new Map(counts)),
  totals: fc.record({ money: fc.array(money, { maxLength: 40 }), withoutAmount: fc.nat(1000) }),
});

const draft: fc.Arbitrary<Draft> = fc.record({
  id: fc.uuid(),
  account: name,
  reason: text(500),
  ticket: fc.constant(null),
  requester: person,
  begunAt: time,
  askedAt: orNull(time),
  bulk: fc.constant(null),
  message: fc.constant(null),
});

/** What is wrong with a line is told by an adapter, which may quote what was typed. */
const faults = fc
  .tuple(fc.record({ payment: text(3000), says: text(600) }), fc.constantFrom(1, 11, 1000))
  .map(([fault, times]) => Array.from({ length: times }, (_one, n) => ({ place: n + 1, ...fault })));

export const draftView: fc.Arbitrary<DraftView> = fc
  .tuple(
    draft,
    fc.oneof(
      fc.record({ type: fc.constant('looking'), done: fc.nat(1000), of: fc.constant(1000) }),
      fc.record({ type: fc.constant('faulty'), faults, others: fc.nat(999) }),
      fc.record({ type: fc.constant('turned_away'), turnedAway }),
      fc.record({ type: fc.constant('made'), bulk }),
      fc.record({ type: fc.constantFrom('left', 'too_old') }),
    ),
  )
  .map(([of, view]) => ({ draft: of, ...view }));

export const listFaults: fc.Arbitrary<ListFaults> = fc.record({
  faults: fc.dictionary(fc.constantFrom('list', 'reason'), text(200)),
  lines: fc.oneof(fc.constant([]), faults),
});
