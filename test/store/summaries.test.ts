import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Figures, tiesOut } from '../../src/domain/summary.ts';
import { createSeal } from '../../src/record/keys.ts';
import { withLedger } from '../../src/store/ledger.ts';
import { createPool, withTransaction } from '../../src/store/pool.ts';
import {
  insertSummary,
  saveSummaryPosted,
  selectFigures,
  selectUnpostedSummary,
} from '../../src/store/summaries.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { SECRET } from '../fakes/processes.ts';
import {
  type Columns,
  plantAttempt,
  plantDecision,
  plantOutcome,
  plantRequest,
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

  it('count what began and ended between its midnights, and keep every currency apart', async () => {
    const { waiting: _waiting, ...figures } = await selectFigures(pool, '2026-10-25', ZONE);
    expect(figures).toEqual({
      date: '2026-10-25',
      zone: ZONE,
      since: new Date('2026-10-24T22:00:00Z'),
      until: new Date('2026-10-25T23:00:00Z'),
      carriedIn: 3,
      opened: 8,
      ended: [
        {
          state: 'cancelled',
          count: 5,
          money: [
            { minor: 1500n, currency: 'JPY' },
            { minor: 1500n, currency: 'KWD' },
            { minor: 9007199254751043n, currency: 'PLN' },
          ],
          withoutAmount: 1,
        },
        { state: 'expired', count: 1, money: [], withoutAmount: 1 },
        { state: 'refused', count: 1, money: [{ minor: 200n, currency: 'PLN' }], withoutAmount: 0 },
        { state: 'rejected', count: 1, money: [{ minor: 300n, currency: 'EUR' }], withoutAmount: 0 },
      ],
      carriedOut: 3,
      refusedTries: 2,
      waitingCount: 2,
    });
  });

  it('tie out on every day, and each day takes over what the day before left', async () => {
    let left = 0;
    for (const date of ['2026-10-22', '2026-10-23', '2026-10-24', '2026-10-25', '2026-10-26', '2026-10-27']) {
      const figures = await selectFigures(pool, date, ZONE);
      expect(tiesOut(figures), date).toBe(true);
      expect(figures.carriedIn, date).toBe(left);
      left = figures.carriedOut;
    }
    expect(left).toBe(2);
  });

  it('come back from the record as they were, until they are posted', async () => {
    const figures = await selectFigures(pool, '2026-10-25', ZONE);
    const insert = async (channel: string, day: Figures) => {
      const { result } = await withTransaction(pool, (client) =>
        withLedger(client, createSeal(SECRET), 0, (ledger) =>
          insertSummary(client, ledger, channel, day, new Date('2026-10-26T08:00:00Z')),
        ),
      );
      return result;
    };
    expect(await insert('C_FINANCE', figures)).toBe(true);
    expect(await insert('C_FINANCE', { ...figures, opened: 0 })).toBe(false);
    expect(await insert('C_OTHER', figures)).toBe(true);

    expect(await selectUnpostedSummary(pool, 'C_FINANCE', '2026-10-25')).toEqual(figures);
    expect(await selectUnpostedSummary(pool, 'C_FINANCE', '2026-10-24')).toBeUndefined();
    await saveSummaryPosted(pool, 'C_FINANCE', '2026-10-25', '1.1');
    expect(await selectUnpostedSummary(pool, 'C_FINANCE', '2026-10-25')).toBeUndefined();
    expect(await selectUnpostedSummary(pool, 'C_OTHER', '2026-10-25')).toEqual(figures);
  });
});

describe('what a person found', () => {
  it('ends a request as what was found, once, and not as lapsed', async () => {
    await plantFound('cancelled', '2027-03-01T10:00:00Z', '2027-03-01T12:00:00Z');
    await plantFound('refused', '2027-03-01T10:00:00Z', '2027-03-01T12:00:00Z');
    const figures = await selectFigures(pool, '2027-03-01', ZONE);
    expect(figures.ended.map(({ state, count }) => [state, count])).toEqual([
      ['cancelled', 1],
      ['refused', 1],
    ]);
    expect(tiesOut(figures)).toBe(true);
  });
});

describe('what waits', () => {
  it('is shown unknown first, then accepted, then the oldest; twenty of them, and how many there are', async () => {
    for (let n = 0; n < 20; n += 1) await plantAsked('2027-01-01T10:00:00Z');
    const accepted = await plantAsked('2027-01-02T10:00:00Z', { state: 'accepted', ...money(null, null) });
    const { waiting, waitingCount } = await selectFigures(pool, '2020-02-29', ZONE);

    expect(waitingCount).toBe(23);
    expect(waiting).toHaveLength(20);
    const { rows } = await database.sql.query<{ number: string; id: string }>(
      `select number, id from requests where state in ('pending', 'accepted', 'unknown')
       order by array_position(array['unknown', 'accepted', 'pending'], state), number limit 20`,
    );
    expect(waiting.map(({ number }) => String(number))).toEqual(rows.map(({ number }) => number));
    expect(rows[1]?.id).toBe(accepted);
    expect(waiting[0]).toMatchObject({ state: 'unknown', amount: { minor: 700n, currency: 'PLN' } });
    expect(waiting[1]).toMatchObject({ state: 'accepted', amount: null });
  });
});
