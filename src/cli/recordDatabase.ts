/** The record for a command: in the operator's database, or in the embedded one while nothing else runs that. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { databaseUrls, variables } from '../config/environment.ts';
import { startEmbeddedPostgres } from '../store/embedded.ts';
import { createPool } from '../store/pool.ts';

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
  const pool = createPool(url, () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

export function dataFolder(): string {
  return variables()['COUNTERSIGN_DATA'] || '.data';
}
