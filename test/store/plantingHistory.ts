/** A database that is years old, and which of its tables a query reads from end to end. */
import type { Client, Pool } from 'pg';
import { z } from 'zod';
import type { Queryable } from '../../src/store/pool.ts';
import { asReplica, suspendLaw } from './planting.ts';

/** Many that ended long ago, as the years bring them. */
export async function plantHistory(sql: Client, count: number): Promise<void> {
  await suspendLaw(sql);
  await sql.query('alter table attempts disable trigger user');
  await asReplica(sql, async () => {
    await sql.query(
      `insert into requests (id, account, provider, payment, details, partial, reason, salt, requester_team,
         requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, state, ticket)
       select gen_random_uuid(), 'shop-pl', 'sibs', 'old-' || n, '{}', false, 'Paid twice', repeat('0f', 16), 'T_HOME',
         'U_' || n % 50, timestamptz '2025-01-01Z' + n * interval '5 minutes',
         timestamptz '2025-01-02Z' + n * interval '5 minutes',
         '{"standing": "cancellable", "says": "", "amount": null, "madeAt": null, "facts": {}}', now(),
         '{"policy": "p1", "needs": [{"group": "finance", "count": 1}]}', 'c' || n, repeat('ab', 32), 'rejected', 'OLD-' || n
       from generate_series(1, $1) n`,
      [count],
    );
    await sql.query(
      `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, decided_at, salt, entry)
       select id, requester_user, 'reject', 'T_HOME', 'U_PAVEL', '{finance}', requested_at, '', 2 from requests`,
    );
    await sql.query(
      'insert into attempts (request_id, entry, n, started_at) select id, 3, 1, requested_at from requests',
    );
    await sql.query(
      `insert into outcomes (attempt_id, request_id, entry, salt, source, type, says, learnt_at)
       select id, request_id, 4, repeat('0f', 16), 'look_up', 'cancelled', '', started_at from attempts`,
    );
    await sql.query(`insert into look_ups (request_id) select id from requests`);
  });
  await sql.query('analyze');
}

const Plan = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  get Plans() {
    return z.array(Plan).default([]);
  },
});
type Plan = z.infer<typeof Plan>;

/** Of these there are a few, however many requests there are. */
const EMERGENCIES = ['freezes', 'lifts'];

function scansIn(plan: Plan): string[] {
  const table = plan['Relation Name'] ?? '';
  const own = plan['Node Type'] === 'Seq Scan' && !EMERGENCIES.includes(table) ? [table] : [];
  return [...own, ...plan.Plans.flatMap(scansIn)];
}

/** Notes which tables each query reads from end to end. */
export function explaining(pool: Pool, scans: string[]): Queryable {
  return {
    async query(text, values) {
      const { rows } = await pool.query<{ 'QUERY PLAN': unknown }>(`explain (format json) ${text}`, values);
      const [plan] = z.array(z.object({ Plan })).parse(rows[0]?.['QUERY PLAN']);
      if (plan !== undefined) scans.push(...scansIn(plan.Plan));
      return pool.query(text, values);
    },
  };
}
