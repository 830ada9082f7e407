/** Queries on `deliveries`: posts to Slack whose answers are not recorded yet. */
import { z } from 'zod';
import type { Delivery } from '../usecases/posting.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';

const DeliveryRow = z
  .object({ id: z.string(), begun_at: z.date(), age_ms: z.number() })
  .transform(({ id, begun_at, age_ms }): Delivery => ({ id, begunAt: begun_at, ageMs: age_ms }));

const DELIVERY = 'id, begun_at, extract(epoch from now() - begun_at)::float8 * 1000 as age_ms';

const NamedRow = z.object({ name: z.string() }).and(DeliveryRow);

export async function selectDeliveries(
  db: Queryable,
  names: readonly string[],
): Promise<ReadonlyMap<string, Delivery>> {
  // Each is a parameter: of a list PostgreSQL would not know how long it is, and plan anew each time.
  const asked = names.map((_name, n) => `$${n + 1}`).join(', ');
  const text = `select name, ${DELIVERY} from deliveries where name in (${asked})`;
  const rows = await selectAll(db, NamedRow, text, [...names]);
  return new Map(rows.map(({ name, ...delivery }) => [name, delivery]));
}

export async function beginDelivery(db: Queryable, name: string, id: string): Promise<Delivery | undefined> {
  const standing = await selectOne(
    db,
    DeliveryRow,
    // Touched without a change, because only then PostgreSQL returns the row that was there.
    `insert into deliveries (name, id) values ($1, $2)
     on conflict (name) do update set name = excluded.name returning ${DELIVERY}`,
    [name, id],
  );
  return standing.id === id ? undefined : standing;
}

export async function replaceDelivery(db: Queryable, name: string, id: string): Promise<void> {
  await db.query(
    `insert into deliveries (name, id) values ($1, $2)
     on conflict (name) do update set id = excluded.id, begun_at = excluded.begun_at`,
    [name, id],
  );
}

export async function endDelivery(db: Queryable, name: string): Promise<void> {
  await db.query('delete from deliveries where name = $1', [name]);
}

export async function giveUpDelivery(db: Queryable, name: string, id: string): Promise<void> {
  await db.query('delete from deliveries where name = $1 and id = $2', [name, id]);
}
