/** The database as the doctor looks it over, as the app's role. */
import { Client, DatabaseError } from 'pg';
import { z } from 'zod';
import { failure, type Finding, ok, warning } from '../doctor/finding.ts';
import { NO_REQUEST, readBody } from '../record/entry.ts';
import type { Keyring } from '../record/keys.ts';
import { OLDEST_POSTGRES, pendingMigrations, selectVersion } from './migrate.ts';
import { selectAll, selectOne } from './pool.ts';
import { protections } from './protection.ts';

/** What PostgreSQL says to whoever may not. */
const NO_RIGHT = '42501';
const WRONG_PASSWORD = '28P01';

/** Deadlines go by the process's clock, and an attempt that is 15 s old is not sent any more. */
const SKEW_MS = { warning: 1_000, failure: 10_000 };

/** @param url the app's. @param keyring of the keys that the configuration has. */
export async function checkDatabase(
  url: string,
  keyring: Keyring,
  now: () => Date,
): Promise<readonly Finding[]> {
  const client = new Client({
    connectionString: url,
    application_name: 'countersign doctor',
    options: '-c search_path=public',
    connectionTimeoutMillis: 5_000,
    query_timeout: 10_000,
  });
  // A connection that breaks shows at the next query.
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    return [failure(`PostgreSQL cannot be reached at DATABASE_URL: ${reasonOf(error)}.${remedyFor(error)}`)];
  }
  const run = (check: Check) => check(client).catch(sayNotChecked);
  try {
    const server = [await run(checkServer), await run(checkClock(now))];
    const migrations = await run(checkMigrations);
    if (migrations.level === 'failure') return [...server, migrations];
    const findings: Finding[] = [];
    for (const check of [...protections, checkKeys(keyring)]) findings.push(await run(check));
    return [...server, migrations, ...findings];
  } finally {
    await client.end();
  }
}

/** It says the same of a role that is missing. */
function remedyFor(error: unknown): string {
  if (!(error instanceof DatabaseError) || error.code !== WRONG_PASSWORD) return '';
  return (
    ' "npx countersign migrate" makes a role that is missing; one that is there keeps its password, ' +
    'and has to be given that of DATABASE_URL by "alter role".'
  );
}

type Check = (client: Client) => Promise<Finding>;

function sayNotChecked(error: unknown): Finding {
  const mayNot = error instanceof DatabaseError && error.code === NO_RIGHT;
  const remedy = mayNot ? ' Run "npx countersign migrate", which gives the app its rights.' : '';
  return failure(`The database could not be asked: ${reasonOf(error)}.${remedy}`);
}

/** Where the host has several addresses, the reasons are in a list and the error itself says nothing. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

const UnsafeRow = z.object({ unsafe: z.string() });

async function checkServer(client: Client): Promise<Finding> {
  const version = await selectVersion(client);
  const { unsafe } = await selectOne(
    client,
    UnsafeRow,
    `select coalesce(string_agg(name, ' and '), '') as unsafe
     from pg_settings where name in ('fsync', 'full_page_writes') and setting = 'off'`,
  );
  if (version < OLDEST_POSTGRES)
    return failure(`PostgreSQL ${version} is too old: Countersign needs ${OLDEST_POSTGRES} or newer.`);
  if (unsafe !== '')
    return warning(
      `PostgreSQL runs with ${unsafe} off, so it can forget in a crash what it confirmed, and something could be sent twice: switch it on.`,
    );
  return ok(`PostgreSQL ${version} keeps what it confirms.`);
}

const ClockRow = z.object({ at: z.date() });

function checkClock(now: () => Date): Check {
  return async (client) => {
    const before = now().getTime();
    const { at } = await selectOne(client, ClockRow, 'select clock_timestamp() as at');
    const after = now().getTime();
    // Its answer was made at some moment in between.
    const skewMs = Math.max(before - at.getTime(), at.getTime() - after, 0);
    if (skewMs < SKEW_MS.warning) return ok("This machine's clock and the database's agree.");
    const says = `This machine's clock and the database's differ by ${(skewMs / 1000).toFixed(1)} s: have both set by NTP.`;
    return skewMs < SKEW_MS.failure ? warning(says) : failure(says);
  };
}

async function checkMigrations(client: Client): Promise<Finding> {
  const pending = await pendingMigrations(client);
  return pending.length === 0
    ? ok('Every migration is applied.')
    : failure(`The database lacks ${pending.join(', ')}: run "npx countersign migrate".`);
}

/** Whether whatever sealed the record is at hand. */
function checkKeys(keyring: Keyring): Check {
  return async (client) => {
    const introduced = await selectKeys(client);
    if (introduced.length === 0) return ok('The record is empty as yet.');
    const absent = introduced.filter((id) => !keyring.keys.includes(id));
    if (absent.length === 0) return ok('The keys that sealed the record are those of the configuration.');
    return failure(
      `The configuration lacks ${absent.length === 1 ? 'a key that' : 'keys that'} sealed the record (${absent.join(', ')}), so what ` +
        'they sealed can neither be sent nor verified: put them back into COUNTERSIGN_RECORD_KEY or COUNTERSIGN_RECORD_OLD_KEYS.',
    );
  };
}

const BodyRow = z.object({ body: z.string() });

async function selectKeys(client: Client): Promise<readonly string[]> {
  const rows = await selectAll(client, BodyRow, 'select body from chain where request_id = $1', [NO_REQUEST]);
  const bodies = rows.map(({ body }) => readBody(body));
  return bodies.flatMap((body) => (body?.type === 'key' ? [body.data.id] : []));
}
