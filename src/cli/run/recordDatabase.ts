/** The record for a command: in the operator's database, or in the embedded one while nothing else runs that. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { databaseUrls, variables } from '../../config/environment.ts';
import { keptSecret } from '../../config/recordSecret.ts';
import { SECRET } from '../../record/keys.ts';
import { startEmbeddedPostgres } from '../../store/embedded.ts';
import { createPool } from '../../store/pool.ts';

/** @throws Error with a sentence for the operator when there is no record */
export async function withRecordDatabase<T>(
  role: 'app' | 'owner',
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  if ((variables()['DATABASE_URL'] ?? '') !== '') return withPool(databaseUrls()[role], work);

  const folder = dataFolder();
  if (!existsSync(join(folder, 'postgres')))
    throw new Error(`There is no record: DATABASE_URL is not set, and ${folder} has no database.`);
  const embedded = await startEmbeddedPostgres(folder);
  try {
    return await withPool(role === 'owner' ? embedded.url : embedded.appUrl, work);
  } finally {
    await embedded.stop();
  }
}

async function withPool<T>(url: string, work: (pool: Pool) => Promise<T>): Promise<T> {
  // A long record takes its time.
  const pool = createPool(url, () => undefined, 0);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** The record's key, or the one beside an embedded database. None is made here: it would not be the one that wrote. */
export async function readRecordSecret(): Promise<string> {
  const { DATABASE_URL: url = '', COUNTERSIGN_RECORD_KEY: given = '' } = variables();
  if (given !== '') {
    if (!SECRET.test(given)) throw new Error('COUNTERSIGN_RECORD_KEY must be 64 hex digits.');
    return given;
  }
  if (url !== '' || !existsSync(join(dataFolder(), 'record-key')))
    throw new Error('set COUNTERSIGN_RECORD_KEY to the key that wrote the record.');
  return keptSecret(dataFolder());
}

function dataFolder(): string {
  return variables()['COUNTERSIGN_DATA'] || '.data';
}
