import type { Pool } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectNeglected } from '../../src/store/neglected.ts';
import { selectNeglectedSummaries } from '../../src/store/neglectedSummaries.ts';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { saveAlarmPosted } from '../../src/store/notices.ts';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  type Columns,
  plantAttempt,
  plantDecision,
  plantEntry,
  plantRequest,
  suspendLaw,
} from './planting.ts';

const NOW = new Date('2026-11-19T12:00:00Z');
const ago = (seconds: number) => new Date(NOW.getTime() - seconds * 1000);

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  await suspendLaw(database.sql);
  pool = createPool(database.url, () => undefined);
});
afterAll(async () => {
  await pool.end();
  await database.stop();
});

/** A request that Slack shows as it is. */
const plantShown = (columns: Columns) =>
  plantRequest(database.sql, { requested_at: ago(3600), announced: 1, ...columns });

const plantDue = (request: string, at: Date | null) =>
  database.sql.query('insert into look_ups (request_id, due_at) values ($1, $2)', [request, at]);

const plantHeadline = (request: string, seconds: number) =>
  database.sql.query(
    `insert into messages (request_id, kind, channel, ts, version, seen_at)
     values ($1, 'headline', 'C_APPROVALS', '1.1', 1, $2)`,
    [request, ago(seconds)],
  );

describe('what was neglected', () => {
  it.each([
    [121, ['dispatch']],
    [119, []],
    // By a clock that was an hour ahead.
    [-3600, ['dispatch']],
  ])('an approval of %i seconds ago, not sent: %j', async (seconds, jobs) => {
    const request = await plantShown({ state: 'approved' });
    await plantDecision(database.sql, request, { decided_at: ago(3000) });
    await plantDecision(database.sql, request, { person_user: 'U_LENA', decided_at: ago(seconds) });
    expect(await neglectedOf(request)).toEqual(jobs);
  });

  it.each([
    [61, ['dispatch']],
    [59, []],
    [-3600, ['dispatch']],
  ])('an attempt of %i seconds ago without an outcome: %j', async (seconds, jobs) => {
    const request = await plantShown({ state: 'sending' });
    await plantDecision(database.sql, request, { decided_at: ago(3000) });
    await plantAttempt(database.sql, request, { started_at: ago(seconds) });
    expect(await neglectedOf(request)).toEqual(jobs);
  });

  it('an approval that nobody sends, though somebody tries in vain again and again', async () => {
    const request = await plantShown({ state: 'approved' });
    await plantDecision(database.sql, request, { decided_at: ago(3000) });
    const late = { person_user: 'U_TOM', refusal: 'already_decided', decided_at: ago(1) };
    await plantDecision(database.sql, request, late);
    expect(await neglectedOf(request)).toEqual(['dispatch']);
  });

  it.each([
    [31, ['look-up']],
    [29, []],
    [-600, []],
  ])('a look-up that was due %i seconds ago: %j', async (seconds, jobs) => {
    const request = await plantShown({ state: 'unknown' });
    await plantDue(request, ago(seconds));
    expect(await neglectedOf(request)).toEqual(jobs);
  });

  it('no look-up where none is to follow', async () => {
    const request = await plantShown({ state: 'unknown' });
    await plantDue(request, null);
    expect(await neglectedOf(request)).toEqual([]);
  });

  it.each([
    [61, 0, ['announce']],
    [61, 1, []],
    [59, 0, []],
  ])('a request of %i seconds ago of which Slack shows version %i: %j', async (seconds, announced, jobs) => {
    const request = await plantShown({ requested_at: ago(seconds), announced });
    expect(await neglectedOf(request)).toEqual(jobs);
  });

  it('a change of state that Slack does not show', async () => {
    const request = await plantShown({ state: 'rejected', version: 2 });
    expect(await neglectedOf(request)).toEqual(['announce']);
  });

  it.each([
    ['pending', 301, ['announce']],
    ['pending', 299, []],
    ['unknown', 301, ['announce']],
    ['cancelled', 301, []],
  ])('a request that is %s and was looked for in Slack %i seconds ago: %j', async (state, seconds, jobs) => {
    const request = await plantShown({ state });
    await plantHeadline(request, seconds);
    expect(await neglectedOf(request)).toEqual(jobs);
  });

  it('requests that were not looked for in a day, the longest neglected first and a few at a time', async () => {
    const requests: string[] = [];
    for (let n = 0; n < 16; n += 1) {
      const request = await plantShown({ state: 'pending' });
      await plantHeadline(request, 86_400 - n);
      requests.push(request);
    }
    const jobs = await selectNeglected(pool, NOW);
    const rung = new Set(jobs.flatMap((job) => (job.name === 'announce' ? [job.request] : [])));
    expect(requests.filter((request) => !rung.has(request))).toEqual(requests.slice(-1));
  });

  it.each([
    [61, null, ['2026-11-18']],
    [61, '1.1', []],
    [59, null, []],
  ])('a summary that was made %i seconds ago and posted at %j: %j', async (seconds, ts, days) => {
    await database.sql.query(
      `insert into summaries (channel, local_date, zone, since, until, figures, made_at, ts, entry)
       values ('C_FINANCE', '2026-11-18', 'UTC', '2026-11-18Z', '2026-11-19Z', '{}', $1, $2, $3)
       on conflict (channel, local_date) do update set made_at = excluded.made_at, ts = excluded.ts`,
      [ago(seconds), ts, await plantEntry(database.sql, NO_REQUEST)],
    );
    const jobs = await selectNeglectedSummaries(pool, NOW);
    expect(jobs.flatMap((job) => ('date' in job ? [job.date] : []))).toEqual(days);
  });

  it.each([
    [61, true, ['n1']],
    [59, true, []],
    [61, false, []],
  ])(
    'a report that came %i seconds ago (alarming: %j), until somebody is told: %j',
    async (seconds, alarming, ids) => {
      const account = `shop-${seconds}-${alarming}`;
      await database.sql.query(
        `insert into notices (account, id, payment, meaning, says, received_at, alarming, entry)
         values ($1, 'n1', 'p1', 'cancelled', 'Refunded.', $2, $3, $4)`,
        [account, ago(seconds), alarming, alarming ? await plantEntry(database.sql, NO_REQUEST) : null],
      );
      expect(await untoldOf(account)).toEqual(ids);
      if (alarming) await saveAlarmPosted(pool, account, 'n1', '1.1');
      expect(await untoldOf(account)).toEqual([]);
    },
  );

  it('two things of one request are two jobs', async () => {
    const request = await plantShown({ state: 'accepted', version: 3 });
    await plantDue(request, ago(60));
    expect(await neglectedOf(request)).toEqual(['announce', 'look-up']);
  });

  it.each(['pending', 'cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed'])(
    'nothing of a request that is %s and shown so, however old',
    async (state) => {
      const request = await plantShown({ state });
      expect(await neglectedOf(request)).toEqual([]);
    },
  );
});

async function neglectedOf(request: string): Promise<string[]> {
  const jobs = await selectNeglected(pool, NOW);
  return jobs.flatMap((job) => ('request' in job && job.request === request ? [job.name] : [])).toSorted();
}

async function untoldOf(account: string): Promise<string[]> {
  const jobs = await selectNeglected(pool, NOW);
  return jobs.flatMap((job) => ('notice' in job && job.account === account ? [job.notice] : []));
}
