/** Statements on a connection of the pool: in a transaction, or beside one. */
import { hash } from 'node:crypto';
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { Queryable } from './pool.ts';

/**
 * What a connection is asked with parameters, it prepares once and then plans no more: planning takes PostgreSQL as long as
 * the rest of most statements. One whose result gets another shape by a migration fails from then on, so what they give is
 * named, and never all columns of a table.
 */
export function preparing(client: Pick<ClientBase, 'query'>): Queryable {
  return {
    query: (text, values) =>
      values === undefined ? client.query(text) : client.query({ name: nameOf(text), text, values }),
  };
}

/** By text. There are as many as there are statements in the code. */
const names = new Map<string, string>();

/** As `pg_prepared_statements` shows it: how it begins, and which it is. PostgreSQL cuts off what is longer than 63 bytes. */
function nameOf(text: string): string {
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `${text.trimStart().slice(0, 30)} ${hash('sha256', text).slice(0, 32)}`;
  names.set(text, name);
  return name;
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
  const prepared = preparing(client);
  const { db, end } = behind(prepared.query('begin'), prepared);
  try {
    const result = await work(db);
    const [, { command }] = await Promise.all([last(result), db.query('commit')]);
    // PostgreSQL makes a rollback, and no error, of a commit after a failure that the work did not pass on.
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
    return result;
  } catch (error) {
    end();
    await client.query('rollback').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error('rollback failed');
    });
    throw error;
  } finally {
    end();
    // A connection that could not even roll back must not be used again.
    client.release(broken);
  }
}

/**
 * For what must not happen without a first statement, a `begin` or a lock. What begins with `select` is sent along with it, to
 * save a round trip: it reads and locks, which does no harm should the first one fail, and nothing comes of it. Whatever comes
 * after the first other statement waits for that one, and keeps its order.
 */
export function behind(
  first: Promise<unknown>,
  session: Queryable,
): { readonly db: Queryable; readonly end: () => void } {
  // Told by whoever waits for it.
  first.catch(() => undefined);
  let selects = true;
  let isOver = false;

  async function ask(text: string, values?: unknown[]): ReturnType<Queryable['query']> {
    // It would be kept whatever became of the transaction, be part of somebody else's, or be done without the lock.
    if (isOver) throw new Error('the transaction, or the lock, is over');
    return session.query(text, values);
  }

  return {
    db: {
      async query(text, values) {
        selects &&= text.trimStart().startsWith('select');
        if (!selects) {
          await first;
          return ask(text, values);
        }
        const [answer] = await Promise.all([ask(text, values), first]);
        return answer;
      },
    },
    end: () => void (isOver = true),
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
