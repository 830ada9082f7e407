import * as fc from 'fast-check';
import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endedOn, type Fortnight, openAfterDays } from '../../src/domain/fortnight.ts';
import { endStates } from '../../src/domain/request.ts';
import { countsOf, type Figures, total } from '../../src/domain/summary.ts';
import { countOpenAt } from '../../src/store/activity.ts';
import { selectDay } from '../../src/store/calendar.ts';
import { selectFigures } from '../../src/store/figures.ts';
import { selectFortnight } from '../../src/store/fortnight.ts';
import { createPool } from '../../src/store/pool.ts';
import { selectDetail } from '../../src/store/summaryDetail.ts';
import type { Detail } from '../../src/usecases/summaryFiles.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ENDS, plantAttempt, plantDecision, plantOutcome, plantRequest, suspendLaw } from './planting.ts';

const HOUR_MS = 3_600_000;
/** Clocks went back in Warsaw and forward in São Paulo of old around these days. */
const BEGIN = Date.parse('2026-10-15T00:00:00Z');
const DAYS = ['2026-10-24', '2026-10-25', '2026-10-26', '2026-11-01'];
const ZONES = ['Europe/Warsaw', 'America/Sao_Paulo', 'Asia/Almaty'];

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = createPool(database.ownerUrl, () => undefined);
  await suspendLaw(database.sql);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

const anyLife = fc.record({
  askedHours: fc.nat(20 * 24),
  lastsHours: fc.nat(72),
  end: fc.option(fc.constantFrom(...endStates)),
  money: fc.option(fc.tuple(fc.bigInt(1n, 10n ** 12n), fc.constantFrom('PLN', 'JPY', 'KWD'))),
});
type Life = typeof anyLife extends fc.Arbitrary<infer T> ? T : never;

async function plantLife({ askedHours, lastsHours, end, money }: Life): Promise<void> {
  const { sql } = database;
  const askedAt = new Date(BEGIN + askedHours * HOUR_MS);
  const endsAt = new Date(askedAt.getTime() + lastsHours * HOUR_MS);
  const [minor, currency] = money ?? [null, null];
  const request = await plantRequest(sql, {
    requested_at: askedAt,
    state: end ?? 'pending',
    amount_minor: minor,
    currency,
  });
  if (end === null) return;
  if (end in ENDS) return plantDecision(sql, request, { ...ENDS[end], decided_at: endsAt });
  await plantDecision(sql, request, { decided_at: askedAt });
  const attempt = await plantAttempt(sql, request, { started_at: askedAt });
  await plantOutcome(sql, attempt, { type: end, code: 'E1', learnt_at: endsAt });
}

async function figuresOf(day: string, zone: string): Promise<Figures> {
  const period = await selectDay(pool, day, zone);
  const wanted = { channel: 'C_FINANCE', now: new Date(), acceptedSeconds: 86_400, mute: [] };
  return selectFigures(pool, { ...period, dueAt: wanted.now }, wanted);
}

/** What was cancelled, in minor units by currency. */
function cancelledIn({ ended }: Pick<Figures, 'ended'>): Record<string, bigint> {
  const sums: Record<string, bigint> = {};
  for (const { state, money } of ended)
    if (state === 'cancelled' && money !== null)
      sums[money.currency] = (sums[money.currency] ?? 0n) + money.minor;
  return sums;
}

describe('days of random requests', () => {
  const lives = fc.sample(anyLife, { numRuns: 120, seed: 20_261_119 });
  beforeAll(async () => {
    for (const life of lives) await plantLife(life);
  });

  const days = DAYS.flatMap((day) => ZONES.map((zone) => [day, zone] as const));

  it.each(days)('the fortnight up to %s in %s ends with the figures of that day', async (day, zone) => {
    const figures = await figuresOf(day, zone);
    const fortnight = await selectFortnight(pool, figures);
    const last = fortnight.days.at(-1);
    expect(fortnight.days).toHaveLength(14);
    expect(last).toMatchObject({ date: day, opened: total(figures.opened), ended: countsOf(figures).ended });
    expect(Object.fromEntries(last?.cancelled.map(({ minor, currency }) => [currency, minor]) ?? [])).toEqual(
      cancelledIn(figures),
    );
    const open = openAfterDays(fortnight);
    for (const [index, { date }] of fortnight.days.entries()) {
      const { until } = await selectDay(pool, date, zone);
      expect(open[index], date).toBe(await countOpenAt(pool, until));
    }
  });

  it.each(days)(
    'every request of %s in %s has a line, and the lines add up to the figures',
    async (day, zone) => {
      const figures = await figuresOf(day, zone);
      const { lines, of } = await selectDetail(pool, 'C_FINANCE', figures);
      expect(of).toBe(figures.carriedIn + total(figures.opened));
      expect(lines).toHaveLength(of);
      expect(lines.filter(({ isOpened }) => isOpened)).toHaveLength(total(figures.opened));
      expect(lines.filter(({ ended }) => ended === null)).toHaveLength(figures.carriedOut);
      for (const state of endStates) {
        const ended = figures.ended.filter((one) => one.state === state);
        expect(lines.filter((line) => line.ended?.state === state)).toHaveLength(total(ended));
      }
      const ended = lines.flatMap(({ ended: end, amount }) =>
        end === null ? [] : [{ account: '', count: 1, state: end.state, money: amount }],
      );
      expect(cancelledIn({ ended })).toEqual(cancelledIn(figures));
    },
  );

  it('a line names who approved, who ended it, and why it was refused', async () => {
    const asked = { askedHours: 30 * 24, lastsHours: 1, money: null };
    for (const end of ['refused', 'cancelled', 'withdrawn'] as const) await plantLife({ ...asked, end });
    const { lines } = await selectDetail(pool, 'C_FINANCE', await figuresOf('2026-11-14', 'UTC'));
    const ended = (state: string) => lines.find((line) => line.ended?.state === state);
    expect(ended('refused')).toMatchObject({ approvers: ['U_PAVEL'], endedBy: null, refusal: 'E1' });
    expect(ended('cancelled')).toMatchObject({ approvers: ['U_PAVEL'], refusal: null });
    expect(ended('withdrawn')).toMatchObject({ approvers: [], endedBy: 'U_MARIA', requester: 'U_MARIA' });
  });

  it('what was recorded after the figures changes neither, whatever its time', async () => {
    const figures = await figuresOf('2026-10-24', 'UTC');
    const read = async (): Promise<[Fortnight, Omit<Detail, 'state'>]> => [
      await selectFortnight(pool, figures),
      await selectDetail(pool, 'C_FINANCE', figures),
    ];
    const before = await read();
    await plantLife({ askedHours: 220, lastsHours: 3, end: 'cancelled', money: [100n, 'PLN'] });
    await plantLife({ askedHours: 225, lastsHours: 0, end: null, money: null });
    expect(await read()).toEqual(before);
    expect(
      endedOn((await selectFortnight(pool, await figuresOf('2026-10-24', 'UTC'))).days[13] ?? never()),
    ).toBe(endedOn(before[0].days[13] ?? never()) + 1);
  });
});

function never(): never {
  throw new Error('a fortnight has fourteen days');
}
