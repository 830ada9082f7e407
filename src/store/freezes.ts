/** Queries on `freezes` and `lifts`. */
import { z } from 'zod';
import { commitmentTo } from '../domain/commitment.ts';
import type { Freeze, Scope, TriedFreeze, TriedLift } from '../domain/freeze.ts';
import { type Request, states } from '../domain/request.ts';
import { NO_REQUEST } from '../record/entry.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { Count, DateJson, describePerson, newSalt } from './rows.ts';

const LiftJson = z
  .object({ team: z.string(), user: z.string(), at: z.iso.datetime({ offset: true }) })
  .transform(({ team, user, at }) => ({ person: { team, user }, agreedAt: new Date(at) }));

export const ScopeRow = z.discriminatedUnion('scope', [
  z.object({ scope: z.literal('all') }).transform((): Scope => ({ type: 'all' })),
  z
    .object({ scope: z.literal('account'), account: z.string() })
    .transform(({ account }): Scope => ({ type: 'account', account })),
  z
    .object({ scope: z.literal('person'), frozen_users: z.array(z.string()) })
    .transform(({ frozen_users }): Scope => ({ type: 'person', users: frozen_users })),
]);

const FreezeRow = z
  .object({
    id: z.string(),
    number: z.number(),
    reason: z.string(),
    person_team: z.string(),
    person_user: z.string(),
    frozen_at: DateJson,
    lifts: z.array(LiftJson),
  })
  .transform(({ person_team, person_user, frozen_at, ...row }) => ({
    ...row,
    person: { team: person_team, user: person_user },
    frozenAt: frozen_at,
  }));

const Row = z
  .looseObject({})
  .transform((row): Freeze => ({ ...FreezeRow.parse(row), scope: ScopeRow.parse(row) }));

/** Freezes that counted, each with the agreements that counted. */
const COUNTED = `
  (select id, number, scope, account, frozen_users, reason, person_team, person_user, frozen_at,
     array(select jsonb_build_object('team', l.person_team, 'user', l.person_user, 'at', l.agreed_at)
           from lifts l where l.freeze_number = freezes.number and l.refusal is null order by l.id) as lifts
   from freezes where refusal is null) counted`;

/** Until the transaction ends, no freeze comes or goes. @param alone for whoever is about to change that. */
export async function lockFreezes(db: Queryable, alone: boolean): Promise<void> {
  await db.query('select lock_freezes($1)', [alone]);
}

const STANDS = 'cardinality(lifts) < 2';

/** The freezes that stand, the oldest first, as JSON. */
export const STANDING = `
  (select coalesce(json_agg(counted order by number), '[]') from ${COUNTED} where ${STANDS})`;
export const StandingJson = z.array(Row);

/** The oldest first. @param since those too that were lifted later than this */
export async function selectFreezes(db: Queryable, since: Date | null): Promise<readonly Freeze[]> {
  return selectAll(
    db,
    Row,
    `select * from ${COUNTED}
     where ${STANDS} or (lifts[2]->>'at')::timestamptz > $1::timestamptz order by number`,
    [since],
  );
}

export async function selectFreeze(db: Queryable, id: string): Promise<Freeze> {
  return selectOne(db, Row, `select * from ${COUNTED} where id = $1`, [id]);
}

export async function selectOptionalFreeze(db: Queryable, number: number): Promise<Freeze | undefined> {
  return selectOptional(db, Row, `select * from ${COUNTED} where number = $1`, [number]);
}

const NumberRow = z.object({ number: z.number().nullable() });

/** To be called with the freezes locked alone. */
export async function insertFreeze(db: Queryable, ledger: Ledger, freeze: TriedFreeze): Promise<void> {
  const { id, scope, reason, person, groups, frozenAt, refusal } = freeze;
  const salt = newSalt();
  const account = scope.type === 'account' ? scope.account : null;
  const users = scope.type === 'person' ? scope.users : [];
  const { number } = await selectOne(
    db,
    NumberRow,
    `insert into freezes
       (id, number, scope, account, frozen_users, reason, salt, person_team, person_user, groups, frozen_at, refusal, entry)
     values ($1, case when $11::text is null then (select coalesce(max(number), 0) + 1 from freezes) end,
       $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     returning number`,
    [
      id,
      scope.type,
      account,
      users,
      reason,
      salt,
      person.team,
      person.user,
      groups,
      frozenAt,
      refusal,
      await ledger.nextNumber(NO_REQUEST),
    ],
  );
  const data = {
    freeze: number,
    scope: scope.type,
    account,
    users: [...users],
    person: { team: person.team, user: person.user },
    groups: [...groups],
    refusal,
    reason: commitmentTo(salt, reason),
  };
  await ledger.enter(NO_REQUEST, frozenAt, { type: 'freeze', data });
}

/** To be called with the freezes locked alone. */
export async function insertLift(db: Queryable, ledger: Ledger, lift: TriedLift): Promise<void> {
  const { freeze, person, groups, agreedAt, refusal } = lift;
  await db.query(
    `insert into lifts (freeze_number, person_team, person_user, alias_user, groups, agreed_at, refusal, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      freeze,
      person.team,
      person.user,
      person.alias ?? null,
      groups,
      agreedAt,
      refusal,
      await ledger.nextNumber(NO_REQUEST),
    ],
  );
  const data = {
    freeze,
    person: describePerson(person),
    groups: [...groups],
    refusal,
  };
  await ledger.enter(NO_REQUEST, agreedAt, { type: 'lift', data });
}

const StoppedRow = z.object({ id: z.string(), state: z.enum(states) });

export async function touchStopped(
  db: Queryable,
  { scope }: Pick<Freeze, 'scope'>,
): Promise<readonly Pick<Request, 'id' | 'state'>[]> {
  return selectAll(
    db,
    StoppedRow,
    `update requests r set version = version + 1
     from (
       select id from requests
       where state in ('pending', 'approved') and bulk is null
         and ($1 = 'all' or account = $2 or requester_user = any ($3)
           or exists (select from decisions d where d.request_id = requests.id and d.act = 'approve'
                      and d.refusal is null and d.person_user = any ($3)))
       order by id for no key update
     ) stopped
     where r.id = stopped.id
     returning r.id, r.state`,
    [scope.type, scope.type === 'account' ? scope.account : null, scope.type === 'person' ? scope.users : []],
  );
}

const StoppedBulkRow = z.object({ id: z.string() });

/** The bulks of which lines wait and that the freeze stops, or stopped until now. */
export async function selectStoppedBulks(
  db: Queryable,
  { scope }: Pick<Freeze, 'scope'>,
): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    StoppedBulkRow,
    `select id from bulks b
     where exists (select from requests r where r.bulk = b.id and r.state in ('pending', 'approved'))
       and ($1 = 'all' or account = $2 or requester_user = any ($3)
         or exists (select from bulk_acts a where a.bulk_id = b.id and a.act = 'approve'
                    and a.refusal is null and a.person_user = any ($3)))`,
    [scope.type, scope.type === 'account' ? scope.account : null, scope.type === 'person' ? scope.users : []],
  );
  return rows.map(({ id }) => id);
}

export async function markFreezeAnnounced(db: Queryable, id: string, version: number): Promise<boolean> {
  const { rowCount } = await db.query('update freezes set announced = $2 where id = $1 and announced < $2', [
    id,
    version,
  ]);
  return rowCount === 1;
}

const NewsRow = z.object({ count: Count });

/** How many freezes and agreements to lift them counted. */
export async function countFreezeNews(db: Queryable): Promise<number> {
  const { count } = await selectOne(
    db,
    NewsRow,
    `select (select count(*) from freezes where refusal is null)
       + (select count(*) from lifts where refusal is null) as count`,
  );
  return count;
}
