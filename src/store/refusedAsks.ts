/** Queries on `refused_asks`: who was turned away before there was a request. */
import type { RefusedAsk } from '../usecases/story.ts';
import type { Queryable } from './pool.ts';

export async function insertRefusedAsk(db: Queryable, refused: RefusedAsk): Promise<void> {
  const { account, payment, person, why, refusedAt } = refused;
  await db.query(
    `insert into refused_asks (account, payment, person_team, person_user, why, refused_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [account, payment, person.team, person.user, why, refusedAt],
  );
}
