/** Statements on a connection of the pool: in a transaction, or beside one. */
import { hash } from 'node:crypto';
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { Queryable } from './pool.ts';

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
    const [, { command }] = await Promise.all([last(result), db.query('commit')]);
    // PostgreSQL makes a rollback, and no error, of a commit after a failure that the work did not pass on.
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
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
