/** The bare cost of the same work: hand-written SQL in one process, committed as often, and the same HTTP call. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { z } from 'zod';
import { createHttp } from '../../src/httpClient.ts';

const { DATABASE_URL = '', PAYFULL_URL = '' } = process.env;
const pool = new Pool({ connectionString: DATABASE_URL, max: 20 });
const http = createHttp({ timeoutMs: 15_000, maxBodyBytes: 100_000 });
/** As long as an entry of the record is. */
const BODY = 'x'.repeat(700);

/** How many to do, and how many at a time; each with so many commits before the call, and so many after it. */
const Word = z.object({
  count: z.number(),
  atOnce: z.number(),
  before: z.number(),
  after: z.number(),
  quietMs: z.number(),
});

await pool.query(
  `create table if not exists bare_requests (id bigint generated always as identity primary key, state text not null);
   create table if not exists bare_entries (id bigint generated always as identity primary key,
     request bigint not null references bare_requests, body text not null)`,
);

process.on('message', (message) => {
  void run(Word.parse(message));
});
process.on('disconnect', () => process.exit(0));
process.send?.({ isReady: true });

async function run({ count, atOnce, before, after, quietMs }: z.infer<typeof Word>): Promise<void> {
  const began = performance.now();
  const toWireMs: number[] = [];
  let left = count;
  async function oneAfterTheOther(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const { rows } = await pool.query<{ id: string }>(
        `insert into bare_requests (state) values ('pending') returning id`,
      );
      if (quietMs > 0) await sleep(quietMs);
      const startedAt = process.hrtime.bigint();
      for (let commit = 0; commit < before; commit += 1) await enter(rows[0]?.id ?? '');
      const { body } = await http({
        method: 'POST',
        url: `${PAYFULL_URL}/integration/api/v1`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `type=Cancel&transaction_id=bare${rows[0]?.id ?? ''}`,
      });
      toWireMs.push(
        Number(BigInt(z.object({ at: z.string() }).parse(JSON.parse(body)).at) - startedAt) / 1e6,
      );
      for (let commit = 0; commit < after; commit += 1) await enter(rows[0]?.id ?? '');
    }
  }
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
  process.send?.({ tookMs: performance.now() - began, toWireMs });
}

/** One durable commit, as an app makes it: the row is locked, an entry is written, the row moves on. */
async function enter(id: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select state from bare_requests where id = $1 for update', [id]);
    await client.query('insert into bare_entries (request, body) values ($1, $2)', [id, BODY]);
    await client.query('update bare_requests set state = $2 where id = $1', [id, 'moved on']);
    await client.query('commit');
  } finally {
    client.release();
  }
}
