/** Queries on `shortages`: groups in which too few people are left. */
import { z } from 'zod';
import type { Shortage } from '../usecases/shortage.ts';
import { type Queryable, selectAll } from './pool.ts';
import { Id } from './rows.ts';

const ShortageRow = z
  .object({ id: Id, group: z.string(), tiers: z.array(z.string()), ended_at: z.date().nullable() })
  .transform(({ ended_at, ...row }): Shortage => ({ ...row, endedAt: ended_at }));

export async function selectLastingShortages(db: Queryable): Promise<readonly Shortage[]> {
  return selectAll(
    db,
    ShortageRow,
    'select id, "group", tiers, ended_at from shortages where ended_at is null order by id',
    [],
  );
}

/** Those of which the finance channel has to be told that they began, or that they ended. */
export async function selectUntoldShortages(db: Queryable): Promise<readonly Shortage[]> {
  return selectAll(
    db,
    ShortageRow,
    `select id, "group", tiers, ended_at from shortages
     where case when ended_at is null then alarm_ts is null else alarm_ts is not null and all_clear_ts is null end
     order by id`,
    [],
  );
}

export async function beginShortage(
  db: Queryable,
  group: string,
  tiers: readonly string[],
  at: Date,
): Promise<void> {
  await db.query(
    'insert into shortages ("group", tiers, began_at) values ($1, $2, $3) on conflict do nothing',
    [group, tiers, at],
  );
}

export async function endShortage(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('update shortages set ended_at = $2 where id = $1 and ended_at is null', [id, at]);
}

export async function saveShortageTold(
  db: Queryable,
  id: string,
  what: 'alarm' | 'all-clear',
  ts: string,
): Promise<void> {
  const column = what === 'alarm' ? 'alarm_ts' : 'all_clear_ts';
  await db.query(`update shortages set ${column} = $2 where id = $1`, [id, ts]);
}
