/** Any summary, of a day or of several, whatever waits and whatever the days brought. */
import * as fc from 'fast-check';
import { states } from '../../src/domain/request.ts';
import { type Counts, type Figures, kinds, LISTED, waits } from '../../src/domain/summary.ts';
import type { Summary } from '../../src/usecases/summaries.ts';
import { FIGURES } from '../domain/someFigures.ts';
import { count, few, freeze, money, name, number, orNull, person, text, time } from './anything.ts';

const state = fc.constantFrom(...states);
const requestName = number.map((n) => `C-${n}`);
const many = { maxLength: 40 };

function listed<Item>(item: fc.Arbitrary<Item>) {
  return fc.record({ items: fc.array(item, { maxLength: LISTED }), more: count });
}

const sum = fc.record({ account: name, count, money: orNull(money) });
const item = fc.record({
  name: requestName,
  account: name,
  lines: count,
  money: fc.array(money, few),
  withoutAmount: count,
  since: time,
  deadline: time,
});
const counts: fc.Arbitrary<Counts> = fc.record({
  opened: count,
  ended: fc.dictionary(state, count, { maxKeys: states.length }),
});

const figures: fc.Arbitrary<Figures> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    days: fc.integer({ min: 1, max: 400 }),
    zone: fc.constantFrom('Europe/Warsaw', 'America/Argentina/ComodRivadavia'),
    since: time,
    until: time,
    dueAt: time,
    madeAt: time,
    head: orNull(fc.constant({ seq: Number.MAX_SAFE_INTEGER, hash: 'ab'.repeat(32) })),
    carriedIn: count,
    opened: fc.array(sum, many),
    ended: fc.array(
      fc.tuple(sum, state).map(([one, as]) => ({ ...one, state: as })),
      many,
    ),
    carriedOut: count,
    late: fc.record({ opened: count, ended: count }),
    approved: fc.array(sum, many),
    decided: orNull(
      fc.record({ count, medianSeconds: count, slowest: fc.record({ name: requestName, seconds: count }) }),
    ),
    refusals: fc.array(fc.record({ account: name, code: text(100), count }), many),
    tries: fc.array(fc.record({ why: fc.constantFrom('own_request', 'not_an_approver', 'not_live'), count })),
    largest: fc.array(fc.record({ name: requestName, account: name, state, amount: money }), many),
    compared: fc.record({
      before: orNull(counts),
      usual: orNull(fc.tuple(counts, count).map(([one, of]) => ({ ...one, of }))),
    }),
    waiting: fc.uniqueArray(
      fc
        .tuple(fc.constantFrom(...waits), count, listed(item))
        .map(([why, all, list]) => ({ why, count: all, ...list })),
      { selector: ({ why }) => why },
    ),
    freezes: listed(freeze.map(({ number: n, scope, frozenAt }) => ({ number: n, scope, frozenAt }))),
    halted: listed(fc.record({ name: requestName, account: name, lines: count, haltedAt: time })),
    silent: fc.array(fc.record({ account: name, count, since: time }), many),
    unsigned: fc.array(fc.constant('2026-11-17'), { maxLength: 400 }),
  })
  .map((any) => ({ ...FIGURES, ...any }));

export const anySummary: fc.Arbitrary<Summary> = fc.record({
  channel: fc.constant('C_FINANCE'),
  figures,
  ts: fc.constant(null),
  asksSignOff: fc.boolean(),
  signOff: orNull(fc.record({ person, signedAt: time })),
  picture: orNull(
    fc.record({ slackId: fc.constant('F0123456789'), address: fc.constant(null), altText: text(2000) }),
  ),
  showsSignOff: fc.boolean(),
});
