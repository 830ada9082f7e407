/** Applies `migrations/` in order under an advisory lock, and refuses when an applied file was edited. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type Pool } from 'pg';
import { z } from 'zod';
import { selectAll, selectOne } from './pool.ts';

const FOLDER = join(import.meta.dirname, '../../migrations');
const TABLE = 'migrations';

/** The oldest major version that knows all of the SQL here. */
export const OLDEST_POSTGRES = 16;

/** @returns the names of the migrations that were applied now. */
export async function migrate(databaseUrl: string, folder = FOLDER): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'countersign migrate' });
  await client.connect();
  try {
    await refuseOldServer(client);
    await refuseEditedFiles(client, folder);
    // Loaded when it is wanted: the app only asks what is missing.
    const { runner } = await import('node-pg-migrate');
    const applied = await runner({
      dbClient: client,
      dir: folder,
      migrationsTable: TABLE,
      direction: 'up',
      count: Infinity,
      singleTransaction: false,
      advisoryLockMode: 'wait',
      log: () => undefined,
    });
    await rememberFiles(client, folder);
    return applied.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

const VersionRow = z.object({ version: z.number() });

/** The server's major version. */
export async function selectVersion(db: Pool | Client): Promise<number> {
  const { version } = await selectOne(
    db,
    VersionRow,
    "select current_setting('server_version_num')::int / 10000 as version",
  );
  return version;
}

async function refuseOldServer(client: Client): Promise<void> {
  const version = await selectVersion(client);
  if (version < OLDEST_POSTGRES)
    throw new Error(`PostgreSQL ${version} is too old: Countersign needs ${OLDEST_POSTGRES} or newer.`);
}

/** The names of the migrations that this database still lacks. */
export async function pendingMigrations(db: Pool | Client): Promise<readonly string[]> {
  const applied = new Set((await appliedFiles(db)).map(({ name }) => name));
  return (await migrationFiles(FOLDER)).map(({ name }) => name).filter((name) => !applied.has(name));
}

// The runner takes no notice when a file changes after it was applied; the database would then differ from the files.
async function refuseEditedFiles(client: Client, folder: string): Promise<void> {
  const files = new Map((await migrationFiles(folder)).map(({ name, sha256 }) => [name, sha256]));
  for (const { name, sha256 } of await appliedFiles(client)) {
    if (sha256 !== null && files.get(name) !== sha256) {
      throw new Error(`migration ${name} was edited after it was applied; write a new migration instead`);
    }
  }
}

async function rememberFiles(client: Client, folder: string): Promise<void> {
  await client.query(`alter table ${TABLE} add column if not exists sha256 text`);
  for (const { name, sha256 } of await migrationFiles(folder)) {
    await client.query(`update ${TABLE} set sha256 = $2 where name = $1 and sha256 is null`, [name, sha256]);
  }
}

const AppliedRow = z.object({ name: z.string(), sha256: z.string().nullable() });

async function appliedFiles(db: Pool | Client): Promise<z.infer<typeof AppliedRow>[]> {
  const { rows } = await db.query<{ found: boolean }>(`select to_regclass('${TABLE}') is not null as found`);
  if (rows[0]?.found !== true) return [];
  // The column is added after the first run, so a database that was interrupted just then may lack it.
  return selectAll(
    db,
    AppliedRow,
    `select name, to_jsonb(m)->>'sha256' as sha256 from ${TABLE} m order by id`,
  );
}

async function migrationFiles(folder: string): Promise<{ name: string; sha256: string }[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (file) => ({
      name: file.replace(/\.sql$/, ''),
      sha256: createHash('sha256')
        .update(await readFile(join(folder, file)))
        .digest('hex'),
    })),
  );
}
