import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  asReplica,
  ENDS,
  plantDecision,
  plantAttempt,
  plantOutcome,
  plantRequest,
  plantRequestIn,
} from './planting.ts';

/** What nobody can quietly change, a superuser with psql included. */
let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
});
afterAll(() => database.stop());

describe('the record', () => {
  let request: string;
  beforeAll(async () => {
    request = await plantRequestIn(sql, 'approved');
    await plantOutcome(sql, await plantAttempt(sql, request));
  });

  const changes = {
    decisions: "update decisions set refusal = 'already_decided'",
    attempts: "update attempts set started_at = started_at - interval '1 day'",
    outcomes: "update outcomes set type = 'refused'",
  };

  describe.each(Object.entries(changes))('of %s', (table, update) => {
    it.each([update, `delete from ${table}`, `truncate ${table}`, `truncate ${table} cascade`])(
      'refuses "%s"',
      async (statement) => {
        // Where a foreign key points at the table, Postgres refuses before the trigger has its turn.
        const refusal =
          /is append-only: (update|delete|truncate) is refused|cannot truncate a table referenced/;
        await expect(sql.query(statement)).rejects.toThrow(refusal);
        await expect(asReplica(sql, () => sql.query(statement))).rejects.toThrow(refusal);
      },
    );
  });

  it.each(['delete from requests', 'truncate requests cascade'])('refuses "%s"', async (statement) => {
    await expect(sql.query(statement)).rejects.toThrow(/is append-only: (delete|truncate) is refused/);
    await expect(asReplica(sql, () => sql.query(statement))).rejects.toThrow(/is append-only/);
  });

  it('refuses to empty everything at once', async () => {
    await expect(
      asReplica(sql, () =>
        sql.query(
          'truncate requests, decisions, attempts, outcomes, look_ups, messages, home_news, watchers, bulk_tries',
        ),
      ),
    ).rejects.toThrow('is append-only');
  });

  it('still has everything', async () => {
    const { rows } = await sql.query(
      `select (select count(*)::int from decisions where request_id = $1 and refusal is null) as decisions,
         (select count(*)::int from attempts where request_id = $1) as attempts,
         (select count(*)::int from outcomes o join attempts a on a.id = o.attempt_id
          where a.request_id = $1 and o.type = 'cancelled') as outcomes`,
      [request],
    );
    expect(rows).toEqual([{ decisions: 1, attempts: 1, outcomes: 1 }]);
  });
});

describe('a request', () => {
  it('keeps every column but its state, its version and what Slack shows', async () => {
    const request = await plantRequest(sql);
    const other = {
      id: "'00000000-0000-4000-8000-000000000000'",
      account: "'other'",
      provider: "'payfull'",
      payment: "'other'",
      details: `'{"ticket": "1"}'`,
      partial: 'true',
      amount_minor: 'amount_minor - 1',
      currency: "'EUR'",
      reason: "'Other'",
      requester_team: "'T_OTHER'",
      requester_user: "'U_TOM'",
      requested_at: "requested_at - interval '1 microsecond'",
      deadline: "deadline + interval '1 microsecond'",
      closes_at: 'deadline',
      evidence: "'{}'",
      evidence_at: "evidence_at + interval '1 microsecond'",
      rule: "'{}'",
      key: "'other'",
      entry: '2',
      salt: "''",
      ticket: "'HELP-7'",
      follows: "'00000000-0000-4000-8000-000000000000'",
      bulk: "'00000000-0000-4000-8000-000000000000'",
      digest: `'${'cd'.repeat(32)}'`,
    };
    for (const [column, value] of Object.entries(other)) {
      const change = `update requests set ${column} = ${value}, version = version + 1 where id = $1`;
      await expect(sql.query(change, [request]), column).rejects.toThrow('a request is frozen');
      await expect(
        asReplica(sql, () => sql.query(change, [request])),
        column,
      ).rejects.toThrow('a request is frozen');
    }

    const { rows } = await sql.query<{ column: string }>(
      `select attname as column from pg_attribute
       where attrelid = 'requests'::regclass and attnum > 0 and not attisdropped and attidentity = ''`,
    );
    const free = ['state', 'version', 'announced'];
    expect(rows.map(({ column }) => column).toSorted()).toEqual([...Object.keys(other), ...free].toSorted());
  });

  it('keeps its number', async () => {
    await expect(sql.query('update requests set number = default')).rejects.toThrow('a request is frozen');
  });

  it('changes its state, its version and what Slack shows', async () => {
    const request = await plantRequestIn(sql, 'approved');
    await plantDecision(sql, request, ENDS['lapsed']);
    const { rows } = await sql.query(
      `update requests set state = 'lapsed', version = 2, announced = 1 where id = $1
       returning state, version, announced`,
      [request],
    );
    expect(rows).toEqual([{ state: 'lapsed', version: 2, announced: 1 }]);
  });

  it.each(['pending', 'approved', 'sending', 'accepted', 'unknown'])(
    'that is %s keeps others from asking for the same payment',
    async (state) => {
      const payment = `twice-${state}`;
      await plantRequestIn(sql, state, { payment });
      await expect(plantRequest(sql, { payment, requester_user: 'U_TOM' })).rejects.toThrow(
        'requests_one_open_per_payment',
      );
      await plantRequest(sql, { payment, account: 'other-shop' });
    },
  );

  it.each(['cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed'])(
    'that is %s lets others ask for the same payment',
    async (state) => {
      const payment = `again-${state}`;
      const first = await plantRequestIn(sql, state, { payment });
      await expect(plantRequest(sql, { payment })).resolves.not.toBe(first);
    },
  );
});
