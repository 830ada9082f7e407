/** How often the database wrote: a transaction that writes takes a number. */
import type { Client } from 'pg';
import { z } from 'zod';

const Row = z.object({ next: z.string() });

export async function commitsSoFar(sql: Client): Promise<number> {
  const { rows } = await sql.query('select pg_snapshot_xmax(pg_current_snapshot())::text as next');
  return Number(Row.parse(rows[0]).next);
}
