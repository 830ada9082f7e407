/** Queries on `bulks` and `bulk_acts`. */
import { z } from 'zod';
import { bulkDigestOf, bulkNameOf, type Bulk, describeBulk, type FrozenBulk } from '../domain/bulk.ts';
import { type BulkAct, bulkActs, halts, type NewBulkAct } from '../domain/bulkAct.ts';
import { refusals } from '../domain/decide.ts';
import type { Line } from '../usecases/bulkPorts.ts';
import type { Ledger } from './ledger.ts';
import { insertLines } from './lines.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { Count, describePerson, Id, RuleJson, toJson } from './rows.ts';

const BulkRow = z
  .object({
    id: z.string(),
    number: Count,
    account: z.string(),
    requester_team: z.string(),
    requester_user: z.string(),
    requested_at: z.date(),
    deadline: z.date(),
    rule: RuleJson,
    digest: z.string(),
    lines: z.array(z.string()),
  })
  .transform(({ requester_team, requester_user, requested_at, ...row }): Bulk => ({
    ...row,
    requester: { team: requester_team, user: requester_user },
    requestedAt: requested_at,
  }));

const BULK = `
  select id, number, account, requester_team, requester_user, requested_at, deadline, rule, digest,
    array(select digest from requests where bulk = b.id order by number) as lines
  from bulks b`;

const NumberRow = z.object({ number: Count });

/** Undefined when a payment of it got an open request meanwhile; then nothing of it may be kept. */
export async function insertBulk(
  db: Queryable,
  ledger: Ledger,
  frozen: FrozenBulk,
  lines: readonly Line[],
): Promise<Bulk | undefined> {
  const digest = bulkDigestOf(frozen);
  const { number } = await selectOne(
    db,
    NumberRow,
    `insert into bulks (id, account, requester_team, requester_user, requested_at, deadline, rule, digest)
     values ($1, $2, $3, $4, $5, $6, $7, $8) returning number`,
    [
      frozen.id,
      frozen.account,
      frozen.requester.team,
      frozen.requester.user,
      frozen.requestedAt,
      frozen.deadline,
      toJson(frozen.rule),
      digest,
    ],
  );
  // Before its lines, so that whoever reads the chain knows the list when they come.
  const data = { number, digest, frozen: describeBulk(frozen) };
  await ledger.enter(frozen.id, frozen.requestedAt, { type: 'bulk', data });
  const areAllNew = await insertLines(db, ledger, lines);
  return areAllNew ? { ...frozen, number, digest } : undefined;
}

/** Whoever acts on all of it holds this, and then its lines; whoever works on one line never asks for this. */
export async function lockBulk(db: Queryable, id: string): Promise<Bulk> {
  await db.query('select from bulks where id = $1 for no key update', [id]);
  return selectBulk(db, id);
}

export async function selectBulk(db: Queryable, id: string): Promise<Bulk> {
  return asFrozen(await selectOne(db, BulkRow, `${BULK} where b.id = $1`, [id]));
}

/** For lists, in no order. Not held against their digests, so that one that was tampered with hides no others. */
export async function selectBulks(db: Queryable, ids: readonly string[]): Promise<readonly Bulk[]> {
  return selectAll(db, BulkRow, `${BULK} where b.id = any($1)`, [ids]);
}

export async function selectOptionalBulk(db: Queryable, number: number): Promise<Bulk | undefined> {
  const bulk = await selectOptional(db, BulkRow, `${BULK} where b.number = $1`, [number]);
  return bulk && asFrozen(bulk);
}

/** What is shown or decided on is what the digest says. */
function asFrozen(bulk: Bulk): Bulk {
  if (bulkDigestOf(bulk) !== bulk.digest)
    throw new Error(`the list of ${bulkNameOf(bulk)} is not what was asked: run "countersign verify"`);
  return bulk;
}

const OverdueRow = z.object({ id: z.string() });

/** Bulks of which lines wait though the deadline is over. */
export async function selectOverdueBulks(db: Queryable, now: Date): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    OverdueRow,
    `select distinct bulk as id from requests
     where state = 'pending' and deadline <= $1 and bulk is not null limit 100`,
    [now],
  );
  return rows.map(({ id }) => id);
}

export async function insertBulkAct(
  db: Queryable,
  ledger: Ledger,
  bulk: Bulk,
  { act, person, groups, saw, why, actedAt, refusal }: NewBulkAct,
): Promise<void> {
  await db.query(
    `insert into bulk_acts
       (bulk_id, requester_user, act, person_team, person_user, alias_user, groups, saw, why, acted_at, refusal, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      bulk.id,
      bulk.requester.user,
      act,
      person?.team ?? null,
      person?.user ?? null,
      person?.alias ?? null,
      groups,
      saw,
      why,
      actedAt,
      refusal,
      await ledger.nextNumber(bulk.id),
    ],
  );
  const who = person && describePerson(person);
  const data = { act, person: who, groups: [...groups], saw, why, refusal };
  await ledger.enter(bulk.id, actedAt, { type: 'bulk_act', data });
}

const ActRow = z
  .object({
    id: Id,
    bulk_id: z.string(),
    act: z.enum(bulkActs),
    person_team: z.string().nullable(),
    person_user: z.string().nullable(),
    groups: z.array(z.string()),
    saw: z.string().nullable(),
    why: z.enum(halts).nullable(),
    note: z.string().nullable(),
    acted_at: z.date(),
    refusal: z.enum(refusals).nullable(),
  })
  .transform(({ bulk_id, person_team, person_user, acted_at, ...row }) => ({
    bulk: bulk_id,
    act: {
      ...row,
      person: person_team === null || person_user === null ? null : { team: person_team, user: person_user },
      actedAt: acted_at,
    } satisfies BulkAct,
  }));

export async function selectBulkActs(db: Queryable, bulk: string): Promise<readonly BulkAct[]> {
  return (await selectActsOf(db, [bulk])).get(bulk) ?? [];
}

/** The decision on a line that is part of an act. The first line has it mostly, and `offset 0` keeps from reading on. */
const DECISION = `from decisions d
  where d.request_id = r.id and d.act = a.act and d.person_user = a.person_user and d.refusal is null`;

/** By bulk, in the order in which they were done; those to which nobody did anything are not among them. */
export async function selectActsOf(
  db: Queryable,
  bulks: readonly string[],
): Promise<ReadonlyMap<string, readonly BulkAct[]>> {
  // Of one it is asked as of one: for any number PostgreSQL would make a new plan each time.
  const one = bulks.length === 1 ? bulks[0] : undefined;
  const rows = await selectAll(
    db,
    ActRow,
    `select id, bulk_id, act, person_team, person_user, groups, saw, why, acted_at, refusal,
       case when act in ('approve', 'reject') and refusal is null then (
         select (select note ${DECISION}) from requests r
         where bulk = a.bulk_id and exists (select ${DECISION} offset 0) order by number limit 1
       ) end as note
     from bulk_acts a where bulk_id ${one === undefined ? '= any($1)' : '= $1'} order by id`,
    [one ?? bulks],
  );
  const acts = new Map<string, readonly BulkAct[]>();
  for (const { bulk, act } of rows) acts.set(bulk, [...(acts.get(bulk) ?? []), act]);
  return acts;
}
