/** Queries on `refused_asks`: who was turned away before there was a request. */
import { NO_REQUEST } from '../record/entry.ts';
import type { RefusedAsk } from '../usecases/story.ts';
import type { Ledger } from './ledger.ts';
import type { Queryable } from './pool.ts';

export async function insertRefusedAsk(db: Queryable, ledger: Ledger, refused: RefusedAsk): Promise<void> {
  const { account, payment, person, why, refusedAt } = refused;
  await db.query(
    `insert into refused_asks (account, payment, person_team, person_user, why, refused_at, entry)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [account, payment, person.team, person.user, why, refusedAt, await ledger.nextNumber(NO_REQUEST)],
  );
  const data = { account, payment, person: { team: person.team, user: person.user }, why };
  await ledger.enter(NO_REQUEST, refusedAt, { type: 'refused_ask', data });
}
