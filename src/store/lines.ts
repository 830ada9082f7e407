/** Queries on the lines of a bulk: rows of `requests` and `decisions`, many at once. */
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { describeFrozen, digestOf } from '../domain/digest.ts';
import type { Request, State } from '../domain/request.ts';
import type { DecidedLine, Line } from '../usecases/bulkPorts.ts';
import { eventOf } from './decisions.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll } from './pool.ts';
import { asFrozen, OPEN, REQUEST_COLUMNS, RequestRow } from './requests.ts';
import { Count, newSalt, toJson } from './rows.ts';

const InsertedRow = z.object({ id: z.string(), number: Count });

/** False when a payment of it has an open request. */
export async function insertLines(db: Queryable, ledger: Ledger, lines: readonly Line[]): Promise<boolean> {
  const rows = lines.map((line, place) => ({
    ...line,
    place,
    digest: digestOf(line),
    amount_minor: line.amount?.minor ?? null,
    currency: line.amount?.currency ?? null,
    requester_team: line.requester.team,
    requester_user: line.requester.user,
    requested_at: line.requestedAt,
    closes_at: line.closesAt,
    evidence_at: line.evidenceAt,
  }));
  const inserted = await selectAll(
    db,
    InsertedRow,
    `insert into requests (id, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
       requester_team, requester_user, requested_at, deadline, closes_at, evidence, evidence_at, rule, key, digest,
       ticket, follows, bulk)
     select id, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
       requester_team, requester_user, requested_at, deadline, closes_at, evidence, evidence_at, rule, key, digest,
       ticket, follows, bulk
     from jsonb_to_recordset($1::jsonb) as line (
       place int, id uuid, account text, provider text, payment text, details jsonb, partial boolean,
       amount_minor bigint, currency text, reason text, salt text, requester_team text, requester_user text,
       requested_at timestamptz, deadline timestamptz, closes_at timestamptz, evidence jsonb, evidence_at timestamptz,
       rule jsonb, key text, digest text, ticket text, follows uuid, bulk uuid)
     order by place
     on conflict (account, payment) where state in (${OPEN}) do nothing
     returning id, number`,
    [toJson(rows)],
  );
  if (inserted.length < rows.length) return false;
  const numbers = new Map(inserted.map(({ id, number }) => [id, number]));
  await ledger.nextNumbers([...numbers.keys()]);
  let last = 0;
  for (const line of rows) {
    const number = numbers.get(line.id) ?? 0;
    // Their order is that of their numbers, and the bulk's digest is over them in that order.
    if (number <= last) throw new Error('the lines of a bulk were not numbered in their order');
    last = number;
    const data = { number, digest: line.digest, frozen: describeFrozen(line) };
    await ledger.enter(line.id, line.requestedAt, { type: 'request', data });
  }
  return true;
}

/** In the order of the list. */
export async function selectLines(db: Queryable, bulk: string): Promise<readonly Request[]> {
  const text = `select ${REQUEST_COLUMNS} from requests where bulk = $1 order by number`;
  return (await selectAll(db, RequestRow, text, [bulk])).map(asFrozen);
}

export async function lockLines(db: Queryable, bulk: string): Promise<readonly Request[]> {
  const text = `select ${REQUEST_COLUMNS} from requests where bulk = $1 order by number for no key update`;
  return (await selectAll(db, RequestRow, text, [bulk])).map(asFrozen);
}

/** One decision about each of several lines, which have to be locked. */
export async function insertDecisions(
  db: Queryable,
  ledger: Ledger,
  decided: readonly DecidedLine[],
): Promise<void> {
  const numbers = await ledger.nextNumbers(decided.map(({ request }) => request.id));
  const rows = decided.map(({ request, decision }) => ({
    ...decision,
    request_id: request.id,
    requester_user: request.requester.user,
    person_team: decision.person?.team ?? null,
    person_user: decision.person?.user ?? null,
    alias_user: decision.person?.alias ?? null,
    decided_at: decision.decidedAt,
    salt: decision.note === null ? '' : newSalt(),
    entry: numbers.get(request.id),
  }));
  const inserting = db.query(
    `insert into decisions
       (request_id, requester_user, act, person_team, person_user, alias_user, groups, saw, note, decided_at, refusal, salt,
        entry)
     select request_id, requester_user, act, person_team, person_user, alias_user, groups, saw, note, decided_at, refusal,
       salt, entry
     from jsonb_to_recordset($1::jsonb) as decision (
       request_id uuid, requester_user text, act text, person_team text, person_user text, alias_user text, groups text[], saw text,
       note text, decided_at timestamptz, refusal text, salt text, entry int)`,
    [toJson(rows)],
  );
  await Promise.all([inserting, enterDecisions()]);

  /** While PostgreSQL judges them, which the statement has to be sent for. */
  async function enterDecisions(): Promise<void> {
    await setImmediate();
    for (const { request_id, salt, ...decision } of rows)
      await ledger.enter(request_id, decision.decidedAt, eventOf(decision, salt));
  }
}

export async function moveLines(db: Queryable, ids: readonly string[], state: State): Promise<void> {
  await db.query('update requests set state = $2, version = version + 1 where id = any ($1)', [ids, state]);
}
