/** Slack takes the message of any summary, however much happened, and nothing in it pings, links or formats. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { states } from '../../src/domain/request.ts';
import { type Figures, kinds, waits } from '../../src/domain/summary.ts';
import { inReadersZone, inZone } from '../../src/slack/look.ts';
import { summaryMessage } from '../../src/slack/summary.ts';
import { FIGURES } from '../domain/someFigures.ts';
import { liveIn, shown, textsOf } from './aStory.ts';

/** What Slack takes in one message is documented nowhere; this is less than was ever refused. */
const ALL_TEXT_MAX = 11_000;

const hostile = fc.constantFrom(
  '<!channel>',
  '<@U_EVE>',
  '`*_~',
  '\u202eevil',
  '<https://e.vil|safe>',
  'line\nline',
  '💥',
);
const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 300 }),
  fc.constant('n'.repeat(300)),
  fc.constant('&'.repeat(300)),
  hostile,
);
const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const count = fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 10_000_000 }));
const money = fc.record({
  minor: fc.oneof(fc.constant(999_999_999_999_999_999n), fc.bigInt({ min: 1n, max: 10n ** 12n })),
  currency: fc.constantFrom('PLN', 'JPY', 'KWD', 'CLF', 'EUR', 'UZS'),
});
const date = time.map((day) => day.toISOString().slice(0, 10));
const many = <T>(one: fc.Arbitrary<T>) =>
  fc.oneof(fc.array(one, { maxLength: 3 }), fc.array(one, { minLength: 40, maxLength: 60 }));
const listed = <T>(one: fc.Arbitrary<T>) =>
  fc.record({ items: fc.array(one, { maxLength: 20 }), more: count });
const number = fc.integer({ min: 1, max: 999_999_999_999 });
const sum = fc.record({ account: name, count, money: fc.option(money, { nil: null }) });
const item = fc.record({
  name: number.map((n) => `C-${n}`),
  account: name,
  lines: count,
  money: fc.array(money, { maxLength: 8 }),
  withoutAmount: count,
  since: time,
  deadline: time,
});
const state = fc.constantFrom(...states);
const counts = fc.record({ opened: count, ended: fc.dictionary(state, count) });
const user = fc.stringMatching(/^U_[A-Z0-9]{2,12}$/);
const scope = fc.oneof(
  fc.record({ type: fc.constant('all' as const) }),
  fc.record({ type: fc.constant('account' as const), account: name }),
  fc.record({ type: fc.constant('person' as const), users: fc.array(user, { minLength: 1, maxLength: 5 }) }),
);

const figures: fc.Arbitrary<Figures> = fc.record({
  kind: fc.constantFrom(...kinds),
  first: date,
  last: date,
  days: count,
  zone: fc.constantFrom('Europe/Warsaw', 'America/Argentina/ComodRivadavia'),
  since: time,
  until: time,
  dueAt: time,
  madeAt: time,
  head: fc.constantFrom(FIGURES.head, null),
  carriedIn: count,
  opened: many(sum),
  ended: many(fc.tuple(sum, state).map(([one, way]) => ({ ...one, state: way }))),
  carriedOut: count,
  late: fc.record({ opened: count, ended: count }),
  approved: many(sum),
  decided: fc.option(
    fc.record({
      count,
      medianSeconds: count,
      slowest: fc.record({ name: fc.constant('C-1'), seconds: count }),
    }),
    { nil: null },
  ),
  refusals: many(fc.record({ account: name, code: name, count })),
  tries: many(
    fc.record({ why: fc.oneof(fc.constantFrom('own_request', 'not_live', 'unheard_of'), name), count }),
  ),
  largest: many(fc.record({ name: fc.constant('C-1'), account: name, state, amount: money })),
  compared: fc.record({
    before: fc.option(counts, { nil: null }),
    usual: fc.option(
      fc.tuple(counts, count).map(([one, of]) => ({ ...one, of })),
      { nil: null },
    ),
  }),
  waiting: fc.tuple(
    ...waits.map((why) =>
      fc.record({ why: fc.constant(why), count, items: fc.array(item, { maxLength: 20 }), more: count }),
    ),
  ),
  freezes: listed(fc.record({ number, scope, frozenAt: time })),
  halted: listed(fc.record({ name: fc.constant('B-1001'), account: name, lines: count, haltedAt: time })),
  silent: many(fc.record({ account: name, count, since: time })),
  unsigned: fc.oneof(fc.array(date, { maxLength: 3 }), fc.array(date, { minLength: 300, maxLength: 400 })),
});

it.each([
  ['the reader’s own zone', inReadersZone],
  ['one zone', inZone('Europe/Warsaw')],
])('of any summary, with times in %s', (_what, showTime) => {
  fc.assert(
    fc.property(figures, fc.boolean(), (drawn, isSigned) => {
      const signOff = isSigned
        ? { person: { team: 'T_HOME', user: 'U_LENA' }, signedAt: drawn.madeAt }
        : null;
      const message = summaryMessage(
        {
          channel: 'C_FINANCE',
          figures: drawn,
          ts: null,
          asksSignOff: true,
          signOff,
          picture: null,
          showsSignOff: false,
        },
        showTime,
      );
      shown(message);
      expect(liveIn(message)).toEqual([]);
      expect(Array.from(message.text).length).toBeLessThanOrEqual(4_000);
      const all = textsOf(message.blocks).reduce((length, { text }) => length + Array.from(text).length, 0);
      expect(all).toBeLessThanOrEqual(ALL_TEXT_MAX);
      // What nobody may miss stands in both.
      const hash = drawn.head?.hash ?? '';
      expect([message.text.includes(hash), shown(message).split('---\n')[1]?.includes(hash)]).toEqual([
        true,
        true,
      ]);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
