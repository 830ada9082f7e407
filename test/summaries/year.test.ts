/**
 * Days of three zones, with processes that die, Slack that is away, days without any process, and facts that come late.
 * By default those around each change of the clocks; `YEAR=whole npx vitest run test/summaries/year.test.ts` takes whole
 * years, which need two minutes. `YEAR_SEED=2` has other things happen.
 */
import * as fc from 'fast-check';
import type { Client } from 'pg';
import { expect, it } from 'vitest';
import { addSeconds, DAY_SECONDS } from '../../src/domain/clock.ts';
import { type Figures, total } from '../../src/domain/summary.ts';
import { StoredFigures } from '../../src/store/figuresJson.ts';
import { createTestDatabase } from '../fakes/database.ts';
import { plantDecision, plantRequest } from '../store/planting.ts';
import { plantHistory } from '../store/plantingHistory.ts';
import { daysOf } from './localDays.ts';
import { deaths, startReporter } from './reporter.ts';
import { readTables } from './tables.ts';

const SEED = Number(process.env['YEAR_SEED'] ?? 1);
const TRACKS = [
  { kind: 'day', weekday: null },
  { kind: 'week', weekday: 1 },
  { kind: 'month', weekday: null },
] as const;
const HOUR = 3600;

/** What happens on a day: mostly nothing. */
const aDay = fc.record({
  isDown: fc.integer({ min: 0, max: 29 }).map((n) => n === 0),
  awayHours: fc.integer({ min: 0, max: 99 }).map((n) => (n < 4 ? 1 : n < 6 ? 20 : 0)),
  death: fc.option(fc.constantFrom(...deaths), { freq: 4 }),
  processes: fc.constantFrom(1, 1, 1, 1, 2, 3),
  isLate: fc.integer({ min: 0, max: 14 }).map((n) => n === 0),
});
type Day = typeof aDay extends fc.Arbitrary<infer One> ? One : never;
const QUIET: Day = { isDown: false, awayHours: 0, death: null, processes: 1, isLate: false };

const years = [
  ['Europe/Warsaw', '02:30', '2024-01-01', '2025-01-01'],
  ['America/Sao_Paulo', '00:30', '2018-01-01', '2019-01-01'],
  ['Asia/Almaty', '09:00', '2024-01-01', '2025-01-01'],
] as const;
const changes = [
  // A leap day, and an hour that is skipped; an hour that comes twice.
  ['Europe/Warsaw', '02:30', '2024-02-26', '2024-04-02'],
  ['Europe/Warsaw', '02:30', '2024-10-22', '2024-11-03'],
  // One day goes back to eleven in the evening; one begins at one o'clock.
  ['America/Sao_Paulo', '00:30', '2018-02-13', '2018-02-24'],
  ['America/Sao_Paulo', '00:30', '2018-10-30', '2018-11-10'],
  // It moved to another zone.
  ['Asia/Almaty', '09:00', '2024-02-24', '2024-03-06'],
] as const;

it.each<readonly [string, string, string, string]>(process.env['YEAR'] === 'whole' ? years : changes)(
  'in %s, each day has one summary, at %s, and it adds up (%s to %s)',
  simulate,
  300_000,
);

async function simulate(zone: string, time: string, start: string, end: string): Promise<void> {
  const database = await createTestDatabase();
  const eve = new Date(Date.parse(start) - DAY_SECONDS * 1000);
  const [before, ...days] = daysOf(zone, eve.toISOString().slice(0, 10), end);
  const [from, until] = [addSeconds(eve, -7 * DAY_SECONDS), addSeconds(new Date(end), 5 * DAY_SECONDS)];
  await plantHistory(database.sql, { requests: 3 * days.length, from, until });
  const reporter = await startReporter(database, { time, zone, tracks: TRACKS });
  const plans = fc.sample(aDay, { seed: SEED, numRuns: days.length });
  plans.splice(0, 1, QUIET);
  plans.splice(-1, 1, QUIET);

  const due = new Map(days.map((day) => [day.date, day.firstShowing(time)]));
  for (const [index, { date }] of days.entries()) {
    const { isDown, awayHours, death, processes, isLate } = plans[index] ?? QUIET;
    const at = due.get(date) ?? from;
    const later = [...(death === null ? [] : [420]), ...(awayHours === 0 ? [] : [9 * HOUR])];
    for (const after of isDown ? [] : [-1, 0, ...later]) {
      const isAway = awayHours > 0 && after < awayHours * HOUR;
      await reporter.tick(addSeconds(at, after), { processes, death: after === 0 ? death : null, isAway });
    }
    if (isLate) await plantLate(database.sql, at);
  }

  // Every day is in one of them, by the clocks on its walls.
  const made = await readTables(database.sql);
  const known = [...(before === undefined ? [] : [before]), ...days].slice(0, -1);
  const ofDays = made.filter(({ kind }) => kind === 'day');
  expect(
    ofDays.flatMap(({ first, date }) => known.filter((day) => first <= day.date && day.date <= date)),
  ).toEqual(known);
  for (const { first, date, ...span } of ofDays) {
    expect(known.find((day) => day.date === first)?.begins).toEqual(span.since);
    expect(known.find((day) => day.date === date)?.ends).toEqual(span.until);
  }

  // Each was posted once, as it is kept.
  expect(reporter.posted.map(({ figures }) => keyOf(figures)).toSorted()).toEqual(
    made.map(({ kind, date }) => `${kind} ${date}`).toSorted(),
  );
  const kept = new Map(
    made.map(({ kind, date, figures }) => [`${kind} ${date}`, StoredFigures.parse(figures)]),
  );
  for (const { figures } of reporter.posted) expect(figures).toEqual(kept.get(keyOf(figures)));

  // None came before its time, and where nothing was in the way, it came then.
  for (const [index, { date }] of days.entries()) {
    const { isDown, awayHours, death } = plans[index] ?? QUIET;
    const eveOfIt = known[index]?.date;
    const ofEve = reporter.posted.find(({ figures }) => keyOf(figures) === `day ${eveOfIt}`);
    if (ofEve === undefined) continue;
    expect(ofEve.at.getTime()).toBeGreaterThanOrEqual(due.get(date)?.getTime() ?? 0);
    if (isDown || awayHours > 0 || death !== null) continue;
    expect([ofEve.at, ofEve.figures.days]).toEqual([due.get(date), 1]);
  }

  // All of it adds up, and is what the tables say.
  for (const { kind, date, figures, since: _since, until: _until, first: _first, ...expected } of made) {
    const { opened, ended, carriedIn, carriedOut } = StoredFigures.parse(figures);
    const told = { opened: total(opened), ended: total(ended), carriedIn, carriedOut, sums: sumsOf(ended) };
    expect(told, `${kind} ${date}`).toEqual(expected);
    expect(carriedIn + told.opened, `${kind} ${date}`).toBe(told.ended + carriedOut);
  }
  await reporter.stop();
  await database.stop();
}

function keyOf({ kind, last }: Pick<Figures, 'kind' | 'last'>): string {
  return `${kind} ${last}`;
}

function sumsOf(ended: Figures['ended']) {
  return ended
    .map(({ state, account, count, money }) => [
      state,
      account,
      money?.currency ?? null,
      count,
      money?.minor.toString() ?? null,
    ])
    .toSorted((a, b) => (a.slice(0, 3).join() < b.slice(0, 3).join() ? -1 : 1));
}

/** Recorded after the summary of their days was made: one that was asked for and withdrawn, and one that is open. */
async function plantLate(sql: Client, now: Date): Promise<void> {
  const withdrawn = await plantRequest(sql, {
    requested_at: addSeconds(now, -40 * HOUR),
    state: 'withdrawn',
  });
  await plantDecision(sql, withdrawn, {
    act: 'withdraw',
    person_user: 'U_MARIA',
    decided_at: addSeconds(now, -30 * HOUR),
  });
  await plantRequest(sql, { requested_at: addSeconds(now, -40 * HOUR) });
}
