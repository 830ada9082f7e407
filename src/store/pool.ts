/** The connection pool, and transactions on it. */
import { hash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import {
  type ClientBase,
  Pool,
  type PoolClient,
  type QueryResult,
  types as pgTypes,
  TypeOverrides,
} from 'pg';
import type { z } from 'zod';
import { gathering } from './gathering.ts';

export interface Queryable {
  query(text: string, values?: unknown[]): Promise<QueryResult<Record<string, unknown>>>;
}

// A bigint column is a sequence number or an amount: neither may pass through a double.
const types = new TypeOverrides();
types.setTypeParser(pgTypes.builtins.INT8, BigInt);

/** A little longer than the server's own limit for a statement. */
const QUERY_TIMEOUT_MS = 35_000;

const CLOSE_WITHIN_MS = 2_000;

/** @param onError told of every connection that breaks; without a listener on each, one would end the process. */
export function createPool(
  url: string,
  onError: (error: Error) => void,
  queryTimeoutMs = QUERY_TIMEOUT_MS,
): Pool {
  const pool = new Pool({
    connectionString: url,
    types,
    max: 20,
    stream: gathering,
    // What is asked of one connection at once is sent at once, and answered in order.
    pipeline: true,
    // Also how long a click that Slack was answered already waits for its turn, when very many come at once.
    connectionTimeoutMillis: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    statement_timeout: 30_000,
    // A process that is frozen, or whose host is gone, keeps its session and with it an advisory lock. The pool closes
    // what it does not use after ten seconds, so only who holds a lock is ever silent for so long.
    options:
      '-c idle_session_timeout=120s -c synchronous_commit=on -c search_path=public -c plan_cache_mode=force_generic_plan',
    // The server's own limits are of no use where nothing comes from it any more.
    query_timeout: queryTimeoutMs,
    keepAliveInitialDelayMillis: 10_000,
    keepAlive: true,
    application_name: 'countersign',
  });
  // The pool listens for its idle connections only, and only to throw them away.
  pool.on('connect', (client) => client.on('error', onError));
  pool.on('error', () => undefined);
  return pool;
}

/**
 * Ends the pool, and waits until its connections are closed: pg itself only asks the server for that, and one that is still
 * open when the server stops is reported as broken. A server that does not answer is not waited for.
 */
export async function endPool(pool: Pool, end: () => Promise<void> = () => pool.end()): Promise<void> {
  let open = pool.totalCount;
  const closed = Promise.withResolvers<void>();
  if (open === 0) closed.resolve();
  pool.on('remove', () => {
    open -= 1;
    if (open === 0) closed.resolve();
  });
  await end();
  await Promise.race([closed.promise, setTimeout(CLOSE_WITHIN_MS, undefined, { ref: false })]);
}

export function countConnections({ totalCount, idleCount, waitingCount }: Pool) {
  return { busy: totalCount - idleCount, free: idleCount, waiting: waitingCount };
}

/**
 * What a connection is asked with parameters, it prepares once and then plans no more: planning takes PostgreSQL as long as
 * the rest of most statements. A statement whose result gets another shape by a migration fails from then on, so these name
 * their columns and have no `select *`.
 */
export function preparing(client: Pick<ClientBase, 'query'>): Queryable {
  return {
    query: (text, values) =>
      values === undefined ? client.query(text) : client.query({ name: nameOf(text), text, values }),
  };
}

/** PostgreSQL cuts off what is longer than 63 characters. */
function nameOf(text: string): string {
  return hash('sha256', text).slice(0, 32);
}

/**
 * @param last the transaction's last statement. The commit is sent right behind it, so that what it locks is held for
 *   no round trip more; if it fails, PostgreSQL makes a rollback of the commit.
 */
export async function withTransaction<T>(
  pool: Pool,
  work: (db: Queryable) => Promise<T>,
  last: (result: T) => Promise<void> = async () => undefined,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const begun = client.query('begin');
    // Told by whoever waits for it.
    begun.catch(() => undefined);
    const db = within(client, begun);
    const result = await work(db);
    await Promise.all([last(result), db.query('commit')]);
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('rollback failed');
    });
    throw error;
  } finally {
    // A connection that could not even roll back must not be used again.
    client.release(broken);
  }
}

/**
 * What only reads is sent along with the `begin`, to save a round trip: it does no harm should that fail, and nothing comes of
 * it. Whatever comes after the first statement that may write waits for the `begin`, and keeps its order.
 */
function within(client: PoolClient, begun: Promise<unknown>): Queryable {
  const db = preparing(client);
  let readsOnly = true;
  return {
    async query(text, values) {
      readsOnly &&= text.trimStart().startsWith('select');
      if (!readsOnly) await begun;
      const asked = db.query(text, values);
      if (readsOnly) await Promise.all([asked, begun]);
      return asked;
    },
  };
}

/** For queries outside of transactions: those that are asked at the same moment share one connection. */
export function createTogether(pool: Pool): Queryable {
  let open: Shared | undefined;

  function share(): Shared {
    // Whoever asks later does not wait behind these.
    queueMicrotask(() => (open = undefined));
    return { client: pool.connect(), asking: 0, broken: undefined };
  }

  return {
    async query(text, values) {
      const shared = (open ??= share());
      shared.asking += 1;
      const client = await shared.client;
      try {
        return await preparing(client).query(text, values);
      } catch (error) {
        shared.broken = error instanceof Error ? error : new Error('a query failed');
        throw error;
      } finally {
        shared.asking -= 1;
        if (shared.asking === 0) client.release(shared.broken);
      }
    },
  };
}

interface Shared {
  readonly client: Promise<PoolClient>;
  asking: number;
  broken: Error | undefined;
}

/** Repeats what failed, at growing distance, until it succeeds or the time is up; then the last failure is thrown. */
export async function withPatience(work: () => Promise<void>, patienceMs: number): Promise<void> {
  const end = Date.now() + patienceMs;
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() + wait > end) throw error;
      await setTimeout(wait);
    }
  }
}

export async function selectAll<Row extends z.ZodType>(
  db: Queryable,
  row: Row,
  text: string,
  values: unknown[] = [],
): Promise<z.output<Row>[]> {
  const { rows } = await db.query(text, values);
  return rows.map((one) => row.parse(one));
}

/** @throws when there is not exactly one row */
export async function selectOne<Row extends z.ZodType>(
  db: Queryable,
  row: Row,
  text: string,
  values: unknown[] = [],
): Promise<z.output<Row>> {
  const [first, ...others] = await selectAll(db, row, text, values);
  if (first === undefined || others.length > 0) throw new Error('expected exactly one row');
  return first;
}

export async function selectOptional<Row extends z.ZodType>(
  db: Queryable,
  row: Row,
  text: string,
  values: unknown[] = [],
): Promise<z.output<Row> | undefined> {
  const [first, ...others] = await selectAll(db, row, text, values);
  if (others.length > 0) throw new Error('expected at most one row');
  return first;
}
