/** Figures as they are kept: they are read back as they were made, also those that an older version made. */
import { z } from 'zod';
import { states } from '../domain/request.ts';
import { type Figures, kinds, waits } from '../domain/summary.ts';
import { ActivityJson } from './activity.ts';
import { DateJson, MoneyJson } from './rows.ts';
import { ItemJson } from './standing.ts';

const CountsJson = z.object({ opened: z.number(), ended: z.partialRecord(z.enum(states), z.number()) });

const ScopeJson = z.discriminatedUnion('type', [
  z.object({ type: z.literal('all') }),
  z.object({ type: z.literal('account'), account: z.string() }),
  z.object({ type: z.literal('person'), users: z.array(z.string()) }),
]);

const listed = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item), more: z.number() });

const FiguresJson = ActivityJson.extend({
  kind: z.enum(kinds),
  first: z.iso.date(),
  last: z.iso.date(),
  days: z.number(),
  zone: z.string(),
  since: DateJson,
  until: DateJson,
  dueAt: DateJson,
  madeAt: DateJson,
  head: z.object({ seq: z.number(), hash: z.string() }).nullable(),
  carriedIn: z.number(),
  carriedOut: z.number(),
  compared: z.object({
    before: CountsJson.nullable(),
    usual: CountsJson.extend({ of: z.number() }).nullable(),
  }),
  waiting: z.array(listed(ItemJson).extend({ why: z.enum(waits), count: z.number() })),
  freezes: listed(z.object({ number: z.number(), scope: ScopeJson, frozenAt: DateJson })),
  halted: listed(z.object({ name: z.string(), account: z.string(), lines: z.number(), haltedAt: DateJson })),
  silent: z.array(z.object({ account: z.string(), count: z.number(), since: DateJson })),
  unsigned: z.array(z.iso.date()),
}) satisfies z.ZodType<Figures>;

/** What version 0.2 kept. It did not tell the accounts apart, nor how many of a way's requests each currency had. */
const OldFiguresJson = z
  .object({
    date: z.iso.date(),
    zone: z.string(),
    since: DateJson,
    until: DateJson,
    carriedIn: z.number(),
    opened: z.number(),
    ended: z.array(
      z.object({
        state: z.enum(states),
        count: z.number(),
        money: z.array(MoneyJson),
        withoutAmount: z.number(),
      }),
    ),
    carriedOut: z.number(),
  })
  .transform(({ date, opened, ended, ...rest }): Figures => {
    const account = '–';
    const listedNone = { items: [], more: 0 };
    return {
      ...rest,
      kind: 'day',
      first: date,
      last: date,
      days: 1,
      dueAt: rest.until,
      madeAt: rest.until,
      head: null,
      opened: [{ account, count: opened, money: null }],
      ended: ended.flatMap(({ state, count, money, withoutAmount }) => [
        ...money.map((sum, n) => ({
          state,
          account,
          money: sum,
          count: n === 0 ? count - withoutAmount : 0,
        })),
        { state, account, money: null, count: money.length === 0 ? count : withoutAmount },
      ]),
      late: { opened: 0, ended: 0 },
      approved: [],
      decided: null,
      refusals: [],
      tries: [],
      largest: [],
      compared: { before: null, usual: null },
      waiting: [],
      freezes: listedNone,
      halted: listedNone,
      silent: [],
      unsigned: [],
    };
  });

export const StoredFigures = z.union([FiguresJson, OldFiguresJson]);
