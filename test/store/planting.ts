/** Rows written as psql would write them: plausible by default, and whatever a test wants different. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { z } from 'zod';

export type Columns = Readonly<Record<string, unknown>>;

const DIGEST = 'ab'.repeat(32);
const NOON = new Date('2026-11-19T12:00:00Z');

function minutesAfter(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * 60_000);
}

export async function plantRequest(sql: Client, columns: Columns = {}): Promise<string> {
  const { requested_at: requestedAt = NOON } = columns;
  const { id } = await plant(sql, 'requests', {
    id: randomUUID(),
    account: 'shop-pl',
    provider: 'sibs',
    payment: `payment-${randomBytes(4).toString('hex')}`,
    details: '{}',
    partial: false,
    amount_minor: 5000,
    currency: 'PLN',
    reason: 'Paid twice',
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
  return z.string().parse(id);
}

/** An approval by Pavel that counts. */
export async function plantDecision(sql: Client, request: string, columns: Columns = {}): Promise<void> {
  await plant(sql, 'decisions', {
    request_id: request,
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
    n: 1,
    started_at: minutesAfter(NOON, 2),
    ...columns,
  });
  return z.string().parse(attempt['id']);
}

export async function plantOutcome(sql: Client, attempt: string, columns: Columns = {}): Promise<void> {
  await plant(sql, 'outcomes', {
    attempt_id: attempt,
    source: 'answer',
    type: 'cancelled',
    says: 'Cancelled.',
    learnt_at: minutesAfter(NOON, 3),
    ...columns,
  });
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

async function plant(sql: Client, table: string, columns: Columns): Promise<Record<string, unknown>> {
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
