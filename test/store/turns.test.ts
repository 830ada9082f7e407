import type { Pool } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createPool } from '../../src/store/pool.ts';
import { createTurns } from '../../src/store/turns.ts';
import type { Turns } from '../../src/usecases/posting.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';

const PACE = { everyMs: 60_000, burst: 3 };
const PATIENCE_MS = 150_000;

let database: TestDatabase;
let pools: Pool[];
let processes: Turns[];
beforeAll(async () => {
  database = await createTestDatabase();
  pools = [1, 2].map(() => createPool(database.url, () => undefined));
  processes = pools.map(createTurns);
});
afterAll(async () => {
  for (const pool of pools) await pool.end();
  await database.stop();
});

/** Minutes to wait, rounded; undefined when the turn is too far away. */
async function take(process: Turns | undefined, name: string): Promise<number | undefined> {
  const turn = await process?.take(name, PACE, PATIENCE_MS);
  return turn?.isMine ? Math.round(turn.waitMs / 60_000) : undefined;
}

it('gives a few turns at once and then one by one, for all processes together, each by its name', async () => {
  const [one, other] = processes;
  const turns = await Promise.all([1, 2, 3].flatMap(() => [take(one, 'busy'), take(other, 'busy')]));
  expect(turns.map(String).toSorted()).toEqual(['0', '0', '0', '1', '2', 'undefined']);
  expect(await take(one, 'quiet')).toBe(0);
});

it('gives no turn while it holds, and says how long that is', async () => {
  const [one, other] = processes;
  await one?.hold('held', PACE, 120_000);
  expect(await take(other, 'held')).toBe(2);
  await one?.hold('held', PACE, 600_000);
  const turn = await other?.take('held', PACE, PATIENCE_MS);
  expect(turn?.isMine).toBe(false);
  expect(Math.round((turn?.waitMs ?? 0) / 60_000)).toBe(10);
});

it('tells a process whose turn was given before that it is held meanwhile', async () => {
  const [one, other] = processes;
  await take(other, 'given');
  expect(await other?.heldForMs('given')).toBe(0);
  await one?.hold('given', PACE, 120_000);
  expect(Math.round(((await other?.heldForMs('given')) ?? 0) / 60_000)).toBe(2);
});

it('does not shorten a hold by a smaller one', async () => {
  const [one, other] = processes;
  await one?.hold('longer', PACE, 600_000);
  await one?.hold('longer', PACE, 1_000);
  expect(await take(other, 'longer')).toBeUndefined();
});

it('heeds a hold of what is not counted at once where it was told, and soon everywhere', async () => {
  const [one, other] = processes;
  const uncounted = { everyMs: 0, burst: 1 };
  const isFree = async (process: Turns | undefined) => (await process?.take('edits', uncounted, 0))?.isMine;
  expect([await isFree(one), await isFree(other)]).toEqual([true, true]);
  await one?.hold('edits', uncounted, 600_000);
  expect(await isFree(one)).toBe(false);
  await vi.waitFor(async () => expect(await isFree(other)).toBe(false), { timeout: 5_000 });
});
