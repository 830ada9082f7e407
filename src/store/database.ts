/** The database that the configuration names: the operator's own, or an embedded one. */
import type { Pool } from 'pg';
import { startEmbeddedPostgres } from './embedded.ts';
import { pendingMigrations } from './migrate.ts';
import { createPool, endPool } from './pool.ts';
import { prepareDatabase } from './roles.ts';

export interface Database {
  /** As the app. */
  readonly url: string;
  /** As the owner, where the database is embedded; else the app's too. */
  readonly ownerUrl: string;
  readonly pool: Pool;
  stop(): Promise<void>;
}

interface Log {
  info(message: string): void;
  error(details: object, message: string): void;
}

/** @throws Error with a sentence for the operator */
export async function openDatabase(
  where: { readonly url: string } | { readonly embeddedIn: string },
  log: Log,
): Promise<Database> {
  const onIdleError = (error: Error) => log.error({ err: error }, 'a database connection broke');
  if ('url' in where) {
    const pool = createPool(where.url, onIdleError);
    try {
      await pool.query('select').catch((error: unknown) => {
        // Where the host has several addresses, the reasons are in a list and the error itself says nothing.
        const why = String(error instanceof AggregateError ? error.errors : error);
        throw new Error(`PostgreSQL cannot be reached at DATABASE_URL: ${why}`, { cause: error });
      });
      await refusePending(pool);
    } catch (error) {
      await pool.end();
      throw error;
    }
    return { url: where.url, ownerUrl: where.url, pool, stop: () => endPool(pool) };
  }

  log.info(`DATABASE_URL is not set, so an embedded PostgreSQL keeps the record in ${where.embeddedIn}`);
  const embedded = await startEmbeddedPostgres(where.embeddedIn);
  try {
    await prepareDatabase(embedded.url, embedded.appUrl);
  } catch (error) {
    await embedded.stop();
    throw error;
  }
  const pool = createPool(embedded.appUrl, onIdleError);
  return {
    url: embedded.appUrl,
    ownerUrl: embedded.url,
    pool,
    async stop() {
      await endPool(pool);
      await embedded.stop();
    },
  };
}

// The operator decides when the schema of their database changes.
async function refusePending(pool: Pool): Promise<void> {
  const pending = await pendingMigrations(pool);
  if (pending.length > 0) {
    throw new Error(`The database lacks ${pending.length} migrations; run "npx countersign migrate" first.`);
  }
}
