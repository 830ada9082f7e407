import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countsOf, type Figures, tiesOut, total } from '../../src/domain/summary.ts';
import { createSeal } from '../../src/record/keys.ts';
import { createLedger } from '../../src/store/ledger.ts';
import { createPool } from '../../src/store/pool.ts';
import { withTransaction } from '../../src/store/transaction.ts';
import { selectDay } from '../../src/store/calendar.ts';
import { selectFigures } from '../../src/store/figures.ts';
import { insertSummary, saveSummaryPosted, selectSummary } from '../../src/store/summaries.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { SECRET } from '../fakes/processes.ts';
import {
  type Columns,
  plantAttempt,
  plantDecision,
  plantOutcome,
  plantRequest,
  plantSummary,
  suspendLaw,
} from './planting.ts';

const ZONE = 'Europe/Warsaw';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  await suspendLaw(database.sql);
  pool = createPool(database.ownerUrl, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

/** What ends a request without the provider. */
const ends: Readonly<Record<string, Columns>> = {
  rejected: { act: 'reject' },
  withdrawn: { act: 'withdraw', person_user: 'U_MARIA' },
  expired: { act: 'expire', person_user: null, person_team: null },
  lapsed: { act: 'lapse', person_user: null, person_team: null },
};

async function plantEnded(state: string, asked: string, ended: string, columns: Columns = {}): Promise<void> {
  const request = await plantAsked(asked, { state, ...columns });
  const at = new Date(ended);
  if (state in ends) return plantDecision(database.sql, request, { ...ends[state], decided_at: at });
  const attempt = await plantAttempt(database.sql, request, { started_at: at });
  await plantOutcome(database.sql, attempt, { type: state, learnt_at: at });
}

/** Found by a person, who wrote the decision down a moment before the outcome. */
async function plantFound(state: 'cancelled' | 'refused', asked: string, ended: string): Promise<void> {
  const request = await plantAsked(asked, { state });
  const attempt = await plantAttempt(database.sql, request, { started_at: new Date(asked) });
  const at = new Date(ended);
  const decision = { act: `find_${state}`, note: 'I looked.', decided_at: new Date(at.getTime() - 1) };
  await plantDecision(database.sql, request, decision);
  await plantOutcome(database.sql, attempt, { source: 'person', type: state, learnt_at: at });
}

async function plantAsked(asked: string, columns: Columns = {}): Promise<string> {
  return plantRequest(database.sql, { requested_at: new Date(asked), ...columns });
}

const NOW = new Date('2027-04-01T10:00:00Z');

async function figuresOf(day: string): Promise<Figures> {
  const period = await selectDay(pool, day, ZONE);
  return selectFigures(
    pool,
    { ...period, dueAt: NOW },
    { channel: 'C_FINANCE', now: NOW, acceptedSeconds: 86_400, mute: [] },
  );
}

const money = (minor: bigint | null, currency: string | null) => ({ amount_minor: minor, currency });

describe('the figures of 25 October 2026 in Warsaw, a day of 25 hours', () => {
  beforeAll(async () => {
    // Before the day: one is carried through it, one ended just before it began.
    const open = await plantAsked('2026-10-23T10:00:00Z', money(1000n, 'PLN'));
    await plantDecision(database.sql, open, { decided_at: new Date('2026-10-25T12:00:00Z') });
    await plantEnded('rejected', '2026-10-23T10:00:00Z', '2026-10-24T21:59:59.999Z');

    // Ended in it: PLN twice, one of them more than a double can hold; KWD; JPY; and one that nobody knows.
    await plantEnded(
      'cancelled',
      '2026-10-23T10:00:00Z',
      '2026-10-24T22:00:00Z',
      money(9007199254740993n, 'PLN'),
    );
    await plantEnded('cancelled', '2026-10-24T22:00:00Z', '2026-10-25T08:00:00Z', money(10050n, 'PLN'));
    await plantEnded('cancelled', '2026-10-25T08:00:00Z', '2026-10-25T08:00:01Z', money(1500n, 'KWD'));
    await plantEnded('cancelled', '2026-10-25T08:00:00Z', '2026-10-25T08:00:01Z', money(1500n, 'JPY'));
    await plantEnded('cancelled', '2026-10-25T08:00:00Z', '2026-10-25T08:00:01Z', money(null, null));
    await plantEnded('refused', '2026-10-25T08:00:00Z', '2026-10-25T08:00:01Z', money(200n, 'PLN'));
    await plantEnded('rejected', '2026-10-24T21:59:59.999Z', '2026-10-25T22:59:59.999Z', money(300n, 'EUR'));
    await plantEnded('expired', '2026-10-25T22:30:00Z', '2026-10-25T22:40:00Z', money(null, null));

    // Opened in its last hour and ended with the next day's first moment; and one that is the next day's alone.
    await plantEnded('withdrawn', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00Z', money(400n, 'EUR'));
    await plantEnded('lapsed', '2026-10-25T23:00:00Z', '2026-10-26T09:00:00Z', money(500n, 'EUR'));

    // Sent in it, and not known: that is no end, and a try that was refused is none either.
    const unknown = await plantAsked('2026-10-25T09:00:00Z', { state: 'unknown', ...money(700n, 'PLN') });
    await plantOutcome(database.sql, await plantAttempt(database.sql, unknown), {
      type: 'unknown',
      learnt_at: new Date('2026-10-25T09:05:00Z'),
    });
    for (const at of [
      '2026-10-24T21:59:59.999Z',
      '2026-10-24T22:00:00Z',
      '2026-10-25T22:59:59.999Z',
      '2026-10-25T23:00:00Z',
    ]) {
      await plantDecision(database.sql, unknown, {
        act: 'reject',
        refusal: 'already_decided',
        decided_at: new Date(at),
      });
    }
  });

  it('count what began and ended between its midnights, and keep every account and currency apart', async () => {
    const figures = await figuresOf('2026-10-25');
    const sum = { account: 'shop-pl' };
    expect(figures).toMatchObject({
      kind: 'day',
      first: '2026-10-25',
      last: '2026-10-25',
      days: 1,
      zone: ZONE,
      since: new Date('2026-10-24T22:00:00Z'),
      until: new Date('2026-10-25T23:00:00Z'),
      dueAt: NOW,
      carriedIn: 3,
      ended: [
        { ...sum, state: 'cancelled', count: 1, money: { minor: 1500n, currency: 'JPY' } },
        { ...sum, state: 'cancelled', count: 1, money: { minor: 1500n, currency: 'KWD' } },
        { ...sum, state: 'cancelled', count: 2, money: { minor: 9007199254751043n, currency: 'PLN' } },
        { ...sum, state: 'cancelled', count: 1, money: null },
        { ...sum, state: 'expired', count: 1, money: null },
        { ...sum, state: 'refused', count: 1, money: { minor: 200n, currency: 'PLN' } },
        { ...sum, state: 'rejected', count: 1, money: { minor: 300n, currency: 'EUR' } },
      ],
      carriedOut: 3,
      late: { opened: 0, ended: 0 },
      tries: [{ why: 'already_decided', count: 2 }],
    });
    expect(total(figures.opened)).toBe(8);
  });

  it('tie out on every day, and each day takes over what the day before left', async () => {
    let left = 0;
    for (const date of ['2026-10-22', '2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27']) {
      const figures = await figuresOf(date);
      expect(tiesOut(figures), date).toBe(true);
      expect(figures.carriedIn, date).toBe(left);
      left = figures.carriedOut;
    }
    expect(left).toBe(2);
  });

  it('come back from the record as they were', async () => {
    const figures = await figuresOf('2026-10-25');
    const insert = (channel: string, day: Figures) =>
      withTransaction(pool, async (client) => {
        const ledger = createLedger(client, createSeal(SECRET), 0);
        const isNew = await insertSummary(client, ledger, channel, day, true);
        await ledger.link();
        return isNew;
      });
    expect(await insert('C_FINANCE', figures)).toBe(true);
    expect(await insert('C_FINANCE', { ...figures, carriedOut: 0 })).toBe(false);
    expect(await insert('C_OTHER', figures)).toBe(true);

    const key = { channel: 'C_FINANCE', kind: 'day', date: '2026-10-25' } as const;
    expect(await selectSummary(pool, key)).toEqual({
      channel: 'C_FINANCE',
      figures,
      ts: null,
      asksSignOff: true,
      signOff: null,
      picture: null,
      showsSignOff: false,
    });
    expect(await selectSummary(pool, { ...key, date: '2026-10-24' })).toBeUndefined();
    await saveSummaryPosted(pool, key, '1.1');
    expect(await selectSummary(pool, key)).toMatchObject({ ts: '1.1' });
    expect(await selectSummary(pool, { ...key, channel: 'C_OTHER' })).toMatchObject({ ts: null });
  });
});

describe('a summary that version 0.2 made', () => {
  const figures = {
    date: '2026-09-01',
    zone: ZONE,
    since: '2026-08-31T22:00:00.000Z',
    until: '2026-09-01T22:00:00.000Z',
    carriedIn: 1,
    opened: 3,
    ended: [
      {
        state: 'cancelled',
        count: 3,
        money: [
          { minor: '700', currency: 'EUR' },
          { minor: '500', currency: 'PLN' },
        ],
        withoutAmount: 1,
      },
      { state: 'expired', count: 1, money: [], withoutAmount: 1 },
    ],
    carriedOut: 0,
    refusedTries: 2,
    waiting: [],
    waitingCount: 0,
  };

  it('is read as what it says, asks nobody to sign it off, and is what the next is compared with', async () => {
    const { sql } = database;
    const since = new Date(figures.since);
    const made = { figures, since, first_date: null, asks_sign_off: false, channel: 'C_OLD' };
    await plantSummary(sql, '2026-09-01', made);
    const key = { channel: 'C_OLD', kind: 'day', date: '2026-09-01' } as const;
    const summary = await selectSummary(pool, key);
    if (summary === undefined) throw new Error('it is not there');
    expect(countsOf(summary.figures)).toEqual({ opened: 3, ended: { cancelled: 3, expired: 1 } });
    expect(tiesOut(summary.figures)).toBe(true);
    expect(summary).toMatchObject({ asksSignOff: false, signOff: null });

    const day = await selectDay(pool, '2026-09-02', ZONE);
    const wanted = { channel: 'C_OLD', now: NOW, acceptedSeconds: 86_400, mute: [] };
    const next = await selectFigures(pool, { ...day, dueAt: NOW }, wanted);
    expect(next.compared.before).toEqual({ opened: 3, ended: { cancelled: 3, expired: 1 } });
    expect([tiesOut(next), next.unsigned]).toEqual([true, []]);
  });
});

describe('what a person found', () => {
  it('ends a request as what was found, once, and not as lapsed', async () => {
    await plantFound('cancelled', '2027-03-01T10:00:00Z', '2027-03-01T12:00:00Z');
    await plantFound('refused', '2027-03-01T10:00:00Z', '2027-03-01T12:00:00Z');
    const figures = await figuresOf('2027-03-01');
    expect(countsOf(figures).ended).toEqual({ cancelled: 1, refused: 1 });
    expect(tiesOut(figures)).toBe(true);
  });
});

describe('what waits', () => {
  it('is unknown first, then accepted for too long, then pending past half of its time; twenty of each', async () => {
    for (let n = 0; n < 22; n += 1) await plantAsked('2027-04-01T05:00:00Z');
    await plantAsked('2027-04-01T09:00:00Z');
    const accepted = await plantAsked('2027-01-02T10:00:00Z', { state: 'accepted', ...money(null, null) });
    const lately = await plantAsked('2027-01-02T10:00:00Z', { state: 'accepted' });
    for (const [request, at] of [
      [accepted, '2027-03-31T09:59:59Z'],
      [lately, '2027-03-31T10:00:01Z'],
    ] as const)
      await plantOutcome(database.sql, await plantAttempt(database.sql, request), {
        type: 'accepted',
        learnt_at: new Date(at),
      });

    const { waiting } = await figuresOf('2020-02-29');
    expect(waiting.map(({ why, count, items, more }) => [why, count, items.length, more])).toEqual([
      ['unknown', 1, 1, 0],
      ['accepted', 1, 1, 0],
      ['pending', 23, 20, 3],
    ]);
    expect(waiting[0]?.items[0]).toMatchObject({
      account: 'shop-pl',
      lines: 1,
      money: [{ minor: 700n, currency: 'PLN' }],
      withoutAmount: 0,
      since: new Date('2026-10-25T09:05:00Z'),
    });
    expect(waiting[1]?.items[0]).toMatchObject({
      money: [],
      withoutAmount: 1,
      since: new Date('2027-03-31T09:59:59Z'),
    });
  });
});
