import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from 'pg';
import { z } from 'zod';
import type { Countersign } from '../../src/countersign.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, cardSaying } from '../story/cast.ts';
import { readFigures, readReadiness } from './reading.ts';

const Line = z.looseObject({ level: z.number(), msg: z.string() });
/** Longer than any answer is kept. */
const KEPT_MS = 8_000;

/** What people wrote, and nobody who reads logs and figures should. */
const WRITTEN = ['Hush-hush reason', 'holdMedium1002', 'Hush-hush note'];

describe('what an operator sees', () => {
  let house: House;
  let other: Countersign;
  beforeAll(async () => {
    house = await openHouse('socket', { log: 'debug' });
    other = await house.startAnother();
  });
  afterAll(() => house.stop());

  const lines = () => house.logged.map((line) => Line.parse(JSON.parse(line)));
  const linesOf = (msg: string) => lines().filter((line) => line.msg === msg);
  /** Of both processes: nobody knows which one Slack and the queue chose. */
  async function sumOfBoth(name: string, labels: Readonly<Record<string, string>>): Promise<number> {
    const both = await Promise.all([house.countersign, other].map((one) => readFigures(one)));
    return both.reduce((sum, figures) => sum + (figures.sum(name, labels) ?? 0), 0);
  }

  it('is ready', async () => {
    expect((await readReadiness(house.countersign)).status).toBe(200);
    expect((await readFigures(house.countersign)).sum('countersign_slack_connected')).toBe(1);
  });

  it('of one request, each step once over all processes, and everywhere its number', async () => {
    const asked = await ask(house, 'maria', 'shop-pl', 'holdMedium1002', 'Hush-hush reason');
    const maria = house.slack.person('maria');
    await maria.presses('Approve', asked.card);
    await maria.sees.ephemeral(({ text }) => text.includes('yourself'));
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    await expect.poll(() => linesOf('the outcome of an attempt').length).toBe(1);

    expect(linesOf('asked')).toMatchObject([{ request: asked.name, account: 'shop-pl', by: 'U_MARIA' }]);
    expect(linesOf('a decision')).toMatchObject([
      { request: asked.name, act: 'approve', by: 'U_MARIA', refusal: 'own_request' },
      { request: asked.name, act: 'approve', by: 'U_PAVEL', refusal: null },
    ]);
    expect(linesOf('the outcome of an attempt')).toMatchObject([
      { request: asked.name, provider: 'sibs', attempt: 1, source: 'answer', outcome: 'cancelled' },
    ]);
    expect(linesOf('a provider was called').every(({ ms }) => typeof ms === 'number')).toBe(true);
    const done = (wanted: string) => linesOf('a job is done').filter(({ queue }) => queue === wanted);
    expect(done('dispatch')).toMatchObject([{ request: asked.name }]);
    await expect.poll(() => done('announce').length).toBeGreaterThan(1);
    expect(new Set(done('announce').map(({ request }) => request))).toEqual(new Set([asked.name]));

    expect(await sumOfBoth('countersign_attempts_total', { provider: 'sibs', outcome: 'cancelled' })).toBe(1);
    expect(await sumOfBoth('countersign_decisions_total', { act: 'approve', refusal: 'own_request' })).toBe(
      1,
    );
    expect(await sumOfBoth('countersign_decisions_total', { act: 'approve', refusal: 'none' })).toBe(1);
    expect(await sumOfBoth('countersign_time_to_decision_seconds_count', { state: 'approved' })).toBe(1);
    expect(await sumOfBoth('countersign_request_moves_total', { state: 'cancelled' })).toBe(1);
    expect(await sumOfBoth('countersign_job_seconds_count', { queue: 'dispatch', result: 'done' })).toBe(1);
    const opened = house.slack.calls.filter(({ method }) => method === 'views.open').length;
    expect(await sumOfBoth('countersign_slack_calls_total', { method: 'views.open', result: 'ok' })).toBe(
      opened,
    );
  });

  it('of a failure has the number of the request that it concerns', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1001-unpaid', 'Hush-hush reason');
    const lift = house.slack.breaks('views.update', { type: 'refused', error: 'internal_error' }, 2);
    await house.slack.person('pavel').presses('Approve', asked.card);
    const isOfFault = ({ request, level }: z.infer<typeof Line>) => request === asked.name && level === 50;
    await expect.poll(() => lines().filter(isOfFault).length, { timeout: 10_000 }).toBeGreaterThan(0);
    lift();
  });

  it('counts what Slack limits', async () => {
    house.slack.breaks('conversations.replies', { type: 'rate_limited', retryAfterSeconds: 1 });
    house.slack.breaks('chat.postMessage', { type: 'rate_limited', retryAfterSeconds: 1 });
    await ask(house, 'maria', 'shop-ua', 'order-1002-unpaid', 'Hush-hush reason');
    await expect
      .poll(() => sumOfBoth('countersign_slack_calls_total', { result: 'limited' }), { timeout: 10_000 })
      .toBeGreaterThan(0);
  });

  it('of the database is the same from every process', async () => {
    const { rows } = await house.database.sql.query<{ count: string }>(
      "select count(*) from requests where state = 'pending'",
    );
    const pending = Number(rows[0]?.count);
    expect(pending).toBeGreaterThan(0);
    await expect
      .poll(
        async () => {
          const both = await Promise.all([house.countersign, other].map((one) => readFigures(one)));
          return both.map((figures) => figures.sum('countersign_requests', { state: 'pending' }));
        },
        { timeout: KEPT_MS },
      )
      .toEqual([pending, pending]);
    const figures = await readFigures(other);
    expect(figures.sum('countersign_oldest_request_seconds', { state: 'pending' })).toBeGreaterThan(0);
    expect(figures.sum('countersign_chain_entries')).toBeGreaterThan(5);
    expect(figures.sum('countersign_queue_lag_seconds', { queue: 'dispatch' })).toBe(0);
  });

  it('holds nothing that people wrote, and no secret', async () => {
    const figures = await readFigures(house.countersign);
    const seen = [...house.logged, figures.text].join('\n');
    for (const text of [...WRITTEN, ...Object.values(house.canaries)]) expect(seen).not.toContain(text);
  });

  it('shows that the database is away, and gives no old figures for true ones', async () => {
    const name = new URL(house.database.url).pathname.slice(1);
    const admin = new Client({ connectionString: house.database.ownerUrl.replace(`/${name}`, '/postgres') });
    await admin.connect();
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    try {
      await expect
        .poll(async () => (await readFigures(house.countersign)).sum('countersign_database_up'), {
          timeout: KEPT_MS,
        })
        .toBe(0);
      const figures = await readFigures(house.countersign);
      expect(figures.sum('countersign_requests')).toBeUndefined();
      expect(figures.sum('countersign_slack_calls_total')).toBeGreaterThan(0);
      expect((await readReadiness(house.countersign)).status).toBe(503);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    await expect
      .poll(async () => (await readReadiness(house.countersign)).status, { timeout: KEPT_MS })
      .toBe(200);
  });
});
