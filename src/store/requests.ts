/** Queries on `requests`. */
import { z } from 'zod';
import { describeFrozen, digestOf } from '../domain/digest.ts';
import { providerNames } from '../domain/provider.ts';
import { type Frozen, nameOf, openStates, type Request, type State, states } from '../domain/request.ts';
import type { KnownPayment } from '../usecases/ports.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { columnsOf, Count, EvidenceJson, RuleJson, toJson } from './rows.ts';

export const RequestRow = z
  .object({
    id: z.string(),
    number: Count,
    account: z.string(),
    provider: z.enum(providerNames),
    payment: z.string(),
    details: z.record(z.string(), z.string()),
    partial: z.boolean(),
    amount_minor: z.bigint().nullable(),
    currency: z.string().nullable(),
    reason: z.string(),
    ticket: z.string().nullable(),
    follows: z.string().nullable(),
    bulk: z.string().nullable(),
    salt: z.string(),
    requester_team: z.string(),
    requester_user: z.string(),
    requested_at: z.date(),
    deadline: z.date(),
    closes_at: z.date().nullable(),
    evidence: EvidenceJson,
    evidence_at: z.date(),
    rule: RuleJson,
    key: z.string(),
    digest: z.string(),
    state: z.enum(states),
    version: z.number(),
  })
  .transform(
    ({
      amount_minor,
      currency,
      requester_team,
      requester_user,
      requested_at,
      closes_at,
      evidence_at,
      ...row
    }): Request => ({
      ...row,
      amount: amount_minor === null || currency === null ? null : { minor: amount_minor, currency },
      requester: { team: requester_team, user: requester_user },
      requestedAt: requested_at,
      closesAt: closes_at,
      evidenceAt: evidence_at,
    }),
  );

export const REQUEST_COLUMNS = columnsOf(RequestRow);

export const OPEN = openStates.map((state) => `'${state}'`).join(', ');

export async function insertRequest(
  db: Queryable,
  ledger: Ledger,
  frozen: Frozen,
  digest: string,
): Promise<Request | undefined> {
  const inserting = selectOptional(
    db,
    RequestRow,
    `insert into requests (id, account, provider, payment, details, partial, amount_minor, currency, reason,
       salt, requester_team, requester_user, requested_at, deadline, closes_at, evidence, evidence_at, rule, key, digest,
       ticket, follows, bulk)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
     on conflict (account, payment) where state in (${OPEN}) do nothing
     returning ${REQUEST_COLUMNS}`,
    [
      frozen.id,
      frozen.account,
      frozen.provider,
      frozen.payment,
      toJson(frozen.details),
      frozen.partial,
      frozen.amount?.minor ?? null,
      frozen.amount?.currency ?? null,
      frozen.reason,
      frozen.salt,
      frozen.requester.team,
      frozen.requester.user,
      frozen.requestedAt,
      frozen.deadline,
      frozen.closesAt,
      toJson(frozen.evidence),
      frozen.evidenceAt,
      toJson(frozen.rule),
      frozen.key,
      digest,
      frozen.ticket,
      frozen.follows,
      frozen.bulk,
    ],
  );
  const [request] = await Promise.all([inserting, ledger.foresee(frozen.id)]);
  if (request !== undefined) {
    const data = { number: request.number, digest, frozen: describeFrozen(frozen) };
    await ledger.enter(frozen.id, frozen.requestedAt, { type: 'request', data });
  }
  return request;
}

/** No lock on the key: whoever only refers to the request, as a message does, is no hindrance. */
const LOCKED = 'for no key update';

export async function lockRequest(db: Queryable, id: string): Promise<Request> {
  return asFrozen(
    await selectOne(db, RequestRow, `select ${REQUEST_COLUMNS} from requests where id = $1 ${LOCKED}`, [id]),
  );
}

/** For those who read it afterwards. */
export async function holdRequest(db: Queryable, id: string): Promise<void> {
  await db.query(`select from requests where id = $1 ${LOCKED}`, [id]);
}

export async function selectRequest(db: Queryable, id: string): Promise<Request> {
  return asFrozen(
    await selectOne(db, RequestRow, `select ${REQUEST_COLUMNS} from requests where id = $1`, [id]),
  );
}

/** What is shown, looked up or decided on is what the digest says, unless its text was erased since. */
export function asFrozen(request: Request): Request {
  if (request.salt !== '' && digestOf(request) !== request.digest)
    throw new Error(`the row of ${nameOf(request)} is not what was asked: run "countersign verify"`);
  return request;
}

export async function selectOptionalRequest(db: Queryable, number: number): Promise<Request | undefined> {
  return selectOptional(db, RequestRow, `select ${REQUEST_COLUMNS} from requests where number = $1`, [
    number,
  ]);
}

const KnownPaymentRow = z.object({ account: z.string(), payment: z.string() });

export async function selectKnownPayments(
  db: Queryable,
  words: readonly string[],
): Promise<readonly KnownPayment[]> {
  return selectAll(
    db,
    KnownPaymentRow,
    'select distinct account, payment from requests where payment = any($1) order by payment, account',
    [words],
  );
}

export async function selectOpenRequest(
  db: Queryable,
  account: string,
  payment: string,
): Promise<Request | undefined> {
  return selectOptional(
    db,
    RequestRow,
    `select ${REQUEST_COLUMNS} from requests where account = $1 and payment = $2 and state in (${OPEN})`,
    [account, payment],
  );
}

export async function selectOpenRequestByKey(
  db: Queryable,
  account: string,
  key: string,
): Promise<Request | undefined> {
  return selectOptional(
    db,
    RequestRow,
    `select ${REQUEST_COLUMNS} from requests where account = $1 and key = $2 and state in (${OPEN})`,
    [account, key],
  );
}

const SumRow = z.object({ sum: z.string().transform(BigInt) });

export async function sumCancelled(db: Queryable, account: string, payment: string): Promise<bigint> {
  const { sum } = await selectOne(
    db,
    SumRow,
    `select coalesce(sum(amount_minor), 0)::text as sum from requests
     where account = $1 and payment = $2 and state in ('cancelled', 'accepted', 'unknown')`,
    [account, payment],
  );
  return sum;
}

const MovedRow = z.object({ version: z.number() });

export async function moveRequest(db: Queryable, request: Request, state: State): Promise<Request> {
  const { version } = await selectOne(
    db,
    MovedRow,
    'update requests set state = $2, version = version + 1 where id = $1 returning version',
    [request.id, state],
  );
  return { ...request, state, version };
}

const OverdueRow = z.object({ id: z.string() });

export async function selectOverdue(db: Queryable, now: Date): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    OverdueRow,
    `select id from requests where state = 'pending' and deadline <= $1 and bulk is null order by deadline limit 1000`,
    [now],
  );
  return rows.map(({ id }) => id);
}
