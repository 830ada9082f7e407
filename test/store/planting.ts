/** Rows written as psql would write them: plausible by default, and whatever a test wants different. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { z } from 'zod';
import { NO_REQUEST } from '../../src/record/entry.ts';

export type Columns = Readonly<Record<string, unknown>>;

export const DIGEST = 'ab'.repeat(32);
const SALT = '0f'.repeat(16);
const NOON = new Date('2026-11-19T12:00:00Z');

function minutesAfter(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}

export async function plantRequest(sql: Client, columns: Columns = {}): Promise<string> {
  const { requested_at: requestedAt = NOON } = columns;
  const id = randomUUID();
  await plant(sql, 'requests', {
    id,
    entry: await plantEntry(sql, id),
    account: 'shop-pl',
    provider: 'sibs',
    payment: `payment-${randomBytes(4).toString('hex')}`,
    details: '{}',
    partial: false,
    amount_minor: 5000,
    currency: 'PLN',
    reason: 'Paid twice',
    salt: SALT,
    requester_team: 'T_HOME',
    requester_user: 'U_MARIA',
    requested_at: requestedAt,
    deadline: requestedAt instanceof Date ? minutesAfter(requestedAt, 480) : requestedAt,
    evidence: '{"standing": "cancellable", "says": "On hold.", "amount": null, "madeAt": null, "facts": {}}',
    evidence_at: requestedAt,
    rule: '{"policy": "p1", "needs": [{"group": "finance", "count": 1}]}',
    key: `c${randomBytes(12).toString('hex')}`,
    digest: DIGEST,
    ...columns,
  });
  return id;
}

/** What ends a request without the provider: an act of Pavel, of Maria, or of the clock. */
export const ENDS: Readonly<Record<string, Columns>> = {
  rejected: { act: 'reject', person_user: 'U_PAVEL', saw: null },
  withdrawn: { act: 'withdraw', person_user: 'U_MARIA', saw: null },
  expired: {
    act: 'expire',
    person_user: null,
    person_team: null,
    saw: null,
    decided_at: minutesAfter(NOON, 480),
  },
  lapsed: { act: 'lapse', person_user: null, person_team: null, saw: null },
};

/** A request that came into this state as the law wants it; Pavel approved where that was needed. */
export async function plantRequestIn(sql: Client, state: string, columns: Columns = {}): Promise<string> {
  const request = await plantRequest(sql, columns);
  const become = (next: string) => sql.query('update requests set state = $2 where id = $1', [request, next]);
  if (state === 'pending') return request;

  await plantDecision(sql, request, ENDS[state]);
  await become(state in ENDS ? state : 'approved');
  if (state in ENDS || state === 'approved') return request;

  const attempt = await plantAttempt(sql, request);
  await become('sending');
  if (state === 'sending') return request;
  await plantOutcome(sql, attempt, { type: state });
  await become(state);
  return request;
}

/** An approval by Pavel that counts. */
export async function plantDecision(sql: Client, request: string, columns: Columns = {}): Promise<void> {
  await plant(sql, 'decisions', {
    request_id: request,
    entry: await plantEntry(sql, request),
    salt: '',
    requester_user: 'U_MARIA',
    act: 'approve',
    person_team: 'T_HOME',
    person_user: 'U_PAVEL',
    groups: ['finance'],
    saw: DIGEST,
    decided_at: minutesAfter(NOON, 1),
    ...columns,
  });
}

export async function plantAttempt(sql: Client, request: string, columns: Columns = {}): Promise<string> {
  const attempt = await plant(sql, 'attempts', {
    request_id: request,
    entry: columns['entry'] ?? (await plantEntry(sql, request)),
    n: 1,
    started_at: minutesAfter(NOON, 2),
    ...columns,
  });
  return z.string().parse(attempt['id']);
}

export async function plantOutcome(sql: Client, attempt: string, columns: Columns = {}): Promise<void> {
  const { rows } = await sql.query<{ request_id: string }>('select request_id from attempts where id = $1', [
    attempt,
  ]);
  const request = z.string().parse(rows[0]?.request_id);
  await plant(sql, 'outcomes', {
    attempt_id: attempt,
    request_id: request,
    entry: await plantEntry(sql, request),
    salt: SALT,
    source: 'answer',
    type: 'cancelled',
    says: 'Cancelled.',
    learnt_at: minutesAfter(NOON, 3),
    ...columns,
  });
}

/** Pavel freezes all. Gives the number. */
export async function plantFreeze(sql: Client, columns: Columns = {}): Promise<number> {
  const { rows } = await sql.query<{ next: number }>(
    'select coalesce(max(number), 0) + 1 as next from freezes',
  );
  const freeze = await plant(sql, 'freezes', {
    id: randomUUID(),
    number: rows[0]?.next,
    scope: 'all',
    reason: 'Suspicious night',
    salt: SALT,
    person_team: 'T_HOME',
    person_user: 'U_PAVEL',
    groups: ['finance'],
    frozen_at: NOON,
    entry: await plantEntry(sql, NO_REQUEST),
    ...columns,
  });
  return z.number().nullable().parse(freeze['number']) ?? 0;
}

/** A posted summary of a day in Warsaw that was quiet; finance is asked to sign it off. */
export async function plantSummary(sql: Client, date: string, columns: Columns = {}): Promise<void> {
  const noon = new Date(`${date}T12:00:00Z`);
  const [since, until] = [minutesAfter(noon, -13 * 60), minutesAfter(noon, 11 * 60)];
  await plant(sql, 'summaries', {
    channel: 'C_FINANCE',
    local_date: date,
    first_date: date,
    zone: 'Europe/Warsaw',
    since,
    until,
    figures: { date, zone: 'Europe/Warsaw', since, until, carriedIn: 0, opened: 0, ended: [], carriedOut: 0 },
    ts: '1.1',
    made_at: minutesAfter(noon, 20 * 60),
    asks_sign_off: true,
    entry: await plantEntry(sql, NO_REQUEST),
    ...columns,
  });
}

/** Lena signs it off. */
export async function plantSignOff(sql: Client, date: string, columns: Columns = {}): Promise<void> {
  await plant(sql, 'sign_offs', {
    channel: 'C_FINANCE',
    local_date: date,
    person_team: 'T_HOME',
    person_user: 'U_LENA',
    groups: ['finance'],
    signed_at: new Date(`${date}T12:00:00Z`),
    entry: await plantEntry(sql, NO_REQUEST),
    ...columns,
  });
}

/** Pavel agrees to lift it. */
export async function plantLift(sql: Client, freeze: number, columns: Columns = {}): Promise<void> {
  await plant(sql, 'lifts', {
    freeze_number: freeze,
    person_team: 'T_HOME',
    person_user: 'U_PAVEL',
    groups: ['finance'],
    agreed_at: minutesAfter(NOON, 5),
    entry: await plantEntry(sql, NO_REQUEST),
    ...columns,
  });
}

/** An entry of the chain that says nothing; rows can't be without one. Gives its number. */
export async function plantEntry(sql: Client, request: string, more: object = {}): Promise<number> {
  const { rows } = await sql.query<{ n: number }>(
    'select coalesce(max(n), 0) + 1 as n from chain where request_id = $1',
    [request],
  );
  const n = z.number().parse(rows[0]?.n);
  await sql.query('select append_entries(array[$1::uuid], array[$2::int], array[$3], array[$4::bytea])', [
    request,
    n,
    JSON.stringify({ ...more, request, n }),
    Buffer.alloc(32),
  ]);
  return n;
}

/** Lets rows be planted that could not have come about, in tests of what reads them. */
export async function suspendLaw(sql: Client): Promise<void> {
  for (const table of ['requests', 'decisions', 'attempts', 'bulk_acts']) {
    await sql.query(`alter table ${table} disable trigger ${table}_follow_the_law`);
  }
  await sql.query('alter table decisions disable trigger decisions_on_lines_are_their_bulks');
}

/** Works with ordinary triggers and foreign keys switched off, as a superuser can. */
export async function asReplica<T>(sql: Client, work: () => Promise<T>): Promise<T> {
  await sql.query('set session_replication_role = replica');
  try {
    return await work();
  } finally {
    await sql.query('set session_replication_role = default');
  }
}

export async function plant(sql: Client, table: string, columns: Columns): Promise<Record<string, unknown>> {
  const names = Object.keys(columns);
  const { rows } = await sql.query<Record<string, unknown>>(
    `insert into ${table} (${names.join(', ')}) values (${names.map((_name, i) => `$${i + 1}`).join(', ')})
     returning *`,
    Object.values(columns),
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`nothing was inserted into ${table}`);
  return row;
}
