/** Queries on `deliveries`: posts to Slack whose answers are not recorded yet. */
import { z } from 'zod';
import type { Delivery } from '../usecases/posting.ts';
import { type Queryable, selectOne, selectOptional } from './pool.ts';

const DeliveryRow = z
  .object({ id: z.string(), begun_at: z.date(), age_ms: z.number() })
  .transform(({ id, begun_at, age_ms }): Delivery => ({ id, begunAt: begun_at, ageMs: age_ms }));

const DELIVERY = 'id, begun_at, extract(epoch from now() - begun_at)::float8 * 1000 as age_ms';

export async function selectDelivery(db: Queryable, name: string): Promise<Delivery | undefined> {
  return selectOptional(db, DeliveryRow, `select ${DELIVERY} from deliveries where name = $1`, [name]);
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
