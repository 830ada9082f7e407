/** Queries on `attempts`, `outcomes` and `look_ups`. */
import { z } from 'zod';
import { commitmentTo } from '../domain/commitment.ts';
import type { Answer, Attempt, Finding, LookUps } from '../usecases/story.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { DateJson, Id, newSalt } from './rows.ts';

const AttemptRow = z
  .object({ id: Id, request_id: z.string(), n: z.number(), started_at: z.date() })
  .transform(({ request_id, started_at, ...row }): Attempt => ({
    ...row,
    request: request_id,
    startedAt: started_at,
  }));

const OutcomeRow = z.discriminatedUnion('type', [
  z.object({ type: z.enum(['cancelled', 'accepted']), reference: z.string().nullable(), says: z.string() }),
  z.object({ type: z.literal('refused'), code: z.string(), says: z.string() }),
  z.object({ type: z.enum(['unknown', 'not_sent']), says: z.string() }),
]);

const FindingJson = z
  .looseObject({
    id: z.number().transform(String),
    request_id: z.string(),
    source: z.enum(['answer', 'look_up', 'interruption', 'web_hook', 'person']),
    learnt_at: DateJson,
  })
  .transform(({ id, request_id, source, learnt_at, ...row }) => ({
    request: request_id,
    finding: { id, source, outcome: OutcomeRow.parse(row), learntAt: learnt_at } satisfies Finding,
  }));

export async function insertAttempt(
  db: Queryable,
  ledger: Ledger,
  request: string,
  startedAt: Date,
): Promise<Attempt> {
  const attempt = await selectOne(
    db,
    AttemptRow,
    `insert into attempts (request_id, n, started_at, entry)
     select $1, coalesce(max(n), 0) + 1, $2, $3 from attempts where request_id = $1
     returning id, request_id, n, started_at`,
    [request, startedAt, ledger.foreseen(request)],
  );
  await ledger.enter(request, startedAt, { type: 'attempt', data: { attempt: attempt.n } });
  return attempt;
}

/** As they were begun. */
export async function selectAttempts(db: Queryable, request: string): Promise<readonly Attempt[]> {
  return selectAll(
    db,
    AttemptRow,
    'select id, request_id, n, started_at from attempts where request_id = $1 order by n',
    [request],
  );
}

export async function selectLastAttempt(db: Queryable, request: string): Promise<Attempt | undefined> {
  return selectOptional(
    db,
    AttemptRow,
    'select id, request_id, n, started_at from attempts where request_id = $1 order by n desc limit 1',
    [request],
  );
}

export async function insertFinding(
  db: Queryable,
  ledger: Ledger,
  attempt: Attempt,
  { source, outcome, learntAt }: Omit<Finding, 'id'>,
): Promise<void> {
  const { says } = outcome;
  const code = outcome.type === 'refused' ? outcome.code : null;
  const reference = 'reference' in outcome ? outcome.reference : null;
  const salt = newSalt();
  const { rowCount } = await db.query(
    `insert into outcomes
       (attempt_id, request_id, source, type, code, reference, says, learnt_at, salt, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (attempt_id) where source = 'answer' do nothing`,
    [
      attempt.id,
      attempt.request,
      source,
      outcome.type,
      code,
      reference,
      says,
      learntAt,
      salt,
      ledger.foreseen(attempt.request),
    ],
  );
  if (rowCount === 0) return;
  await ledger.enter(attempt.request, learntAt, {
    type: 'outcome',
    data: {
      attempt: attempt.n,
      source,
      outcome: outcome.type,
      code,
      reference,
      says: commitmentTo(salt, says),
    },
  });
}

/** What was learnt of the requests, in order, as JSON. @param are which they are, such as `= any($1)` */
export const findingsOf = (are: string): string => `
  (select coalesce(json_agg(o order by o.id), '[]') from (
     select id, request_id, source, type, code, reference, says, learnt_at
     from outcomes where request_id ${are}) o)`;
export const FindingsJson = z.array(FindingJson);

/** @param dueAt null when no look-up is to follow; most requests are settled without any, and get no row. */
export async function scheduleLookUp(db: Queryable, request: string, dueAt: Date | null): Promise<void> {
  if (dueAt === null) {
    await db.query('update look_ups set due_at = null where request_id = $1', [request]);
    return;
  }
  await db.query(
    `insert into look_ups (request_id, due_at) values ($1, $2)
     on conflict (request_id) do update set due_at = excluded.due_at`,
    [request, dueAt],
  );
}

/** Whoever moved the date of the next look-up meanwhile had a reason. */
export async function finishLookUp(
  db: Queryable,
  request: string,
  { says, at, isUsable }: Answer,
  nextAt: Date | null,
  leaseUntil: Date,
): Promise<void> {
  await db.query(
    `update look_ups
     set said = $2,
       silent_since = case when $6 then null else coalesce(silent_since, asked_at) end,
       due_at = case when due_at = $4 then $3 else due_at end,
       ended_at = case when due_at = $4 and $3::timestamptz is null then coalesce(ended_at, $5) else ended_at end
     where request_id = $1`,
    [request, says, nextAt, leaseUntil, at, isUsable],
  );
}

const LookUpJson = z
  .object({
    request_id: z.string(),
    said: z.string().nullable(),
    asked_at: DateJson.nullable(),
    ended_at: DateJson.nullable(),
  })
  .transform(({ request_id, said, asked_at, ended_at }) => ({
    request: request_id,
    lookUps: {
      last: said === null || asked_at === null ? null : { says: said, at: asked_at },
      endedAt: ended_at,
    } satisfies LookUps,
  }));

export const NEVER_ASKED: LookUps = { last: null, endedAt: null };

/** How far asking about the requests has come, as JSON; those that nothing was asked about are not among them. */
export const lookUpsOf = (are: string): string => `
  (select coalesce(json_agg(l), '[]') from (
     select request_id, said, asked_at, ended_at from look_ups where request_id ${are}) l)`;
export const LookUpsJson = z.array(LookUpJson);

export async function bringLookUpForward(db: Queryable, request: string, now: Date): Promise<void> {
  await db.query(
    `update look_ups
     set due_at = greatest($2, asked_at + interval '1 minute'), made = greatest(made - 1, 0)
     where request_id = $1`,
    [request, now],
  );
}

const ClaimedRow = z.object({ before: z.number() });

export async function claimLookUp(
  db: Queryable,
  request: string,
  now: Date,
  leaseUntil: Date,
): Promise<number | undefined> {
  const [claimed] = await selectAll(
    db,
    ClaimedRow,
    `update look_ups set made = made + 1, asked_at = $2, due_at = $3
     where request_id = $1 and due_at <= $2
     returning made - 1 as before`,
    [request, now, leaseUntil],
  );
  return claimed?.before;
}
