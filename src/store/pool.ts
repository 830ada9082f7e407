/** The connection pool, and how rows are read from it. */
import { setTimeout } from 'node:timers/promises';
import { Pool, type QueryResult, types as pgTypes, TypeOverrides } from 'pg';
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

/** A server from which nothing comes any more is given up after this, whatever it was asked. */
export const NOT_FOR_EVER = {
  statement_timeout: 30_000,
  // The server's own limits are of no use where nothing comes from it any more.
  query_timeout: QUERY_TIMEOUT_MS,
  keepAliveInitialDelayMillis: 10_000,
  keepAlive: true,
};

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
    ...NOT_FOR_EVER,
    max: 20,
    stream: gathering,
    // What is asked of one connection at once is sent at once, and answered in order.
    pipeline: true,
    // Also how long a click that Slack was answered already waits for its turn, when very many come at once.
    connectionTimeoutMillis: 15_000,
    idle_in_transaction_session_timeout: 30_000,
    // A process that is frozen, or whose host is gone, keeps its session and with it an advisory lock. The pool closes
    // what it does not use after ten seconds, so only who holds a lock is ever silent for so long.
    options: '-c idle_session_timeout=120s -c synchronous_commit=on -c search_path=public',
    query_timeout: queryTimeoutMs,
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
