/**
 * One way to read a whole record, as a process of its own, so that its memory is its own too.
 * Arguments: which way, the database, and for an export a folder that does not exist yet.
 */
import { createHash, createHmac, createSecretKey } from 'node:crypto';
import { Client } from 'pg';
import { writeExport } from '../../src/export/export.ts';
import { createKeyring } from '../../src/record/keys.ts';
import { isWhole } from '../../src/record/report.ts';
import { verify } from '../../src/record/verify.ts';
import { createPool } from '../../src/store/pool.ts';
import { withRecordSource } from '../../src/store/recordSource.ts';
import { withSnapshot } from '../../src/store/snapshot.ts';
import { SECRET } from '../../test/fakes/processes.ts';

const [way = '', url = '', folder = ''] = process.argv.slice(2);
const PAGE = 2_000;
const TABLES = ['chain', 'heads', 'requests', 'decisions', 'attempts', 'outcomes'];

/** Each gives the seconds that it took. */
const ways: Readonly<Record<string, () => Promise<number>>> = {
  verify: () => timing(verifyAll),
  export: () => timing(exportAll),
  cursor: () => timing(() => readAll(TABLES, () => undefined)),
  hash: hashAll,
};

async function timing(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1000;
}

async function verifyAll(): Promise<void> {
  const pool = createPool(url, () => undefined);
  const report = await withRecordSource(pool, (source) => verify(source, createKeyring([SECRET])));
  await pool.end();
  if (!isWhole(report)) throw new Error(JSON.stringify(report));
}

async function exportAll(): Promise<void> {
  const pool = createPool(url, () => undefined);
  const scope = { since: null, until: null, zone: 'UTC', accounts: [] };
  const about = { madeAt: new Date(), version: 'bench' };
  await withSnapshot(pool, (snapshot) => writeExport(snapshot, folder, scope, about));
  await pool.end();
}

/** As bare as it gets: a cursor, and nothing done with its rows. */
async function readAll(
  tables: readonly string[],
  take: (row: Record<string, unknown>) => void,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  for (const table of tables) {
    await client.query(`declare ${table}_rows no scroll cursor for select * from ${table}`);
    for (let count = PAGE; count === PAGE;) {
      const { rows } = await client.query<Record<string, unknown>>(`fetch ${PAGE} from ${table}_rows`);
      count = rows.length;
      for (const row of rows) take(row);
    }
  }
  await client.end();
}

/** Ready to use: made of bytes for every MAC, it would cost several times the MAC. */
const KEY = createSecretKey(Buffer.alloc(32));

/** What proves an entry, and nothing else: its MAC and its hash. Reading is not timed. */
async function hashAll(): Promise<number> {
  let pages: (() => void)[] = [];
  let seconds = 0;
  const flush = () => {
    const begun = performance.now();
    for (const hash of pages) hash();
    seconds += (performance.now() - begun) / 1000;
    pages = [];
  };
  await readAll(['chain'], ({ prev, mac, body }) => {
    if (!(prev instanceof Buffer && mac instanceof Buffer && typeof body === 'string')) return;
    pages.push(() => {
      createHmac('sha256', KEY).update(body).digest();
      createHash('sha256').update(prev).update(mac).update(body).digest();
    });
    if (pages.length === PAGE) flush();
  });
  flush();
  return seconds;
}

const seconds = await ways[way]?.();
process.send?.({ seconds, peakMiB: process.resourceUsage().maxRSS / 1024 });
process.exit(0);
