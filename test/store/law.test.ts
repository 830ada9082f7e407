import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  DIGEST,
  minutesAfter,
  NOON,
  plantAttempt,
  plantDecision,
  plantOutcome,
  plantRequest,
} from './planting.ts';

/** What Postgres itself refuses, to a superuser with psql as to Countersign. */
let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
});
afterAll(() => database.stop());

describe('the four-eyes law', () => {
  it('is put to a superuser here', async () => {
    const { rows } = await sql.query('select rolsuper from pg_roles where rolname = current_user');
    expect(rows).toEqual([{ rolsuper: true }]);
  });

  it('takes an approval by a second person', async () => {
    await plantDecision(sql, await plantRequest(sql));
  });

  it.each([
    ['an approval by the requester', { person_user: 'U_MARIA' }, 'decisions_approver_is_second_person'],
    ['a decision that lies about who asked', { requester_user: 'U_TOM' }, /violates foreign key constraint/],
    [
      'a self-approval that lies about who asked',
      { requester_user: 'U_TOM', person_user: 'U_MARIA' },
      /violates foreign key constraint/,
    ],
    ['an approval that names no digest', { saw: null }, 'decisions_approval_names_what_was_seen'],
    ['an approval with something else for a digest', { saw: 'looked fine' }, 'decisions_saw_check'],
    ['an approval by somebody of no group', { groups: [] }, 'decisions_approval_names_what_was_seen'],
    [
      'an approval by nobody',
      { person_user: null, person_team: null },
      'decisions_are_by_a_person_or_the_clock',
    ],
    ['an approval by half a person', { person_team: null }, 'decisions_are_by_a_person_or_the_clock'],
    [
      'a withdrawal by someone else',
      { act: 'withdraw', person_user: 'U_PAVEL' },
      'decisions_only_the_requester_withdraws',
    ],
    [
      'an expiry by a person',
      { act: 'expire', person_user: 'U_PAVEL' },
      'decisions_are_by_a_person_or_the_clock',
    ],
    ['an act that there is no word for', { act: 'wave_through' }, 'decisions_act_check'],
  ])('refuses %s', async (_what, columns, complaint) => {
    const request = await plantRequest(sql);
    await expect(plantDecision(sql, request, columns)).rejects.toThrow(complaint);
  });

  it('refuses an approval by the requester also where foreign keys are off', async () => {
    const request = await plantRequest(sql);
    await expect(asReplica(() => plantDecision(sql, request, { person_user: 'U_MARIA' }))).rejects.toThrow(
      'decisions_approver_is_second_person',
    );
  });

  it('refuses the same person a second time, and takes another one', async () => {
    const request = await plantRequest(sql);
    await plantDecision(sql, request);
    await expect(plantDecision(sql, request, { groups: ['risk'] })).rejects.toThrow(
      'decisions_one_person_approves_once',
    );
    await plantDecision(sql, request, { person_user: 'U_LENA' });
  });

  it.each(['reject', 'withdraw', 'expire', 'lapse'])('refuses a second end after %s', async (act) => {
    const request = await plantRequest(sql);
    await plantDecision(sql, request, end(act));
    for (const second of ['reject', 'withdraw', 'expire', 'lapse']) {
      await expect(plantDecision(sql, request, end(second))).rejects.toThrow(
        'decisions_one_ends_the_request',
      );
    }
  });

  it('records refused tries: a self-approval, a withdrawal by someone else, the same person again', async () => {
    const request = await plantRequest(sql);
    await plantDecision(sql, request);
    await plantDecision(sql, request, end('reject'));

    await plantDecision(sql, request, { person_user: 'U_MARIA', refusal: 'own_request' });
    await plantDecision(sql, request, { act: 'withdraw', refusal: 'not_the_requester' });
    await plantDecision(sql, request, { refusal: 'already_approved' });
    await plantDecision(sql, request, { ...end('reject'), refusal: 'already_decided' });
    const { rows } = await sql.query(
      'select count(*)::int as tries from decisions where request_id = $1 and refusal is not null',
      [request],
    );
    expect(rows).toEqual([{ tries: 4 }]);
  });
});

describe('the record', () => {
  let request: string;
  beforeAll(async () => {
    request = await plantRequest(sql);
    await plantDecision(sql, request);
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
        await expect(asReplica(() => sql.query(statement))).rejects.toThrow(refusal);
      },
    );
  });

  it.each(['delete from requests', 'truncate requests cascade'])('refuses "%s"', async (statement) => {
    await expect(sql.query(statement)).rejects.toThrow(/is append-only: (delete|truncate) is refused/);
    await expect(asReplica(() => sql.query(statement))).rejects.toThrow(/is append-only/);
  });

  it('refuses to empty everything at once', async () => {
    await expect(
      asReplica(() => sql.query('truncate requests, decisions, attempts, outcomes, look_ups, messages')),
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
      evidence: "'{}'",
      evidence_at: "evidence_at + interval '1 microsecond'",
      rule: "'{}'",
      key: "'other'",
      digest: `'${'cd'.repeat(32)}'`,
    };
    for (const [column, value] of Object.entries(other)) {
      const change = `update requests set ${column} = ${value}, version = version + 1 where id = $1`;
      await expect(sql.query(change, [request]), column).rejects.toThrow('a request is frozen');
      await expect(
        asReplica(() => sql.query(change, [request])),
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
    const request = await plantRequest(sql);
    const { rows } = await sql.query(
      `update requests set state = 'approved', version = 2, announced = 1 where id = $1
       returning state, version, announced`,
      [request],
    );
    expect(rows).toEqual([{ state: 'approved', version: 2, announced: 1 }]);
  });

  it.each(['pending', 'approved', 'sending', 'accepted', 'unknown'])(
    'that is %s keeps others from asking for the same payment',
    async (state) => {
      const payment = `twice-${state}`;
      await plantRequest(sql, { payment, state });
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
      const first = await plantRequest(sql, { payment });
      await sql.query('update requests set state = $2 where id = $1', [first, state]);
      await plantRequest(sql, { payment });
    },
  );
});

describe('an attempt', () => {
  it.each(['cancelled', 'accepted', 'refused', 'unknown'])(
    'that may have been sent (%s) is the last one',
    async (type) => {
      const request = await plantRequest(sql);
      await plantOutcome(sql, await plantAttempt(sql, request), { type });
      await expect(plantAttempt(sql, request, { n: 2 })).rejects.toThrow('may have been sent');
      await expect(asReplica(() => plantAttempt(sql, request, { n: 2 }))).rejects.toThrow(
        'may have been sent',
      );
    },
  );

  it('without any outcome is the last one', async () => {
    const request = await plantRequest(sql);
    await plantAttempt(sql, request);
    await expect(plantAttempt(sql, request, { n: 2 })).rejects.toThrow('may have been sent');
  });

  it('that surely was not sent may be followed by another, and only by one', async () => {
    const request = await plantRequest(sql);
    await plantOutcome(sql, await plantAttempt(sql, request), { type: 'not_sent' });
    await plantAttempt(sql, request, { n: 2 });
    await expect(plantAttempt(sql, request, { n: 3 })).rejects.toThrow('may have been sent');
  });

  it.each([1, 2])('is one only, when a rival begins one as number %i at the same moment', async (n) => {
    const request = await plantRequest(sql);
    const rival = new Client({ connectionString: database.url });
    await rival.connect();
    try {
      await sql.query('begin');
      await plantAttempt(sql, request);
      const tried = plantAttempt(rival, request, { n }).then(
        () => 'begun',
        () => 'refused',
      );
      await sql.query('commit');
      expect(await tried).toBe('refused');
    } finally {
      await rival.end();
    }
  });
});

/** Does what a superuser can do to switch ordinary triggers and foreign keys off. */
async function asReplica(work: () => Promise<unknown>): Promise<unknown> {
  await sql.query('set session_replication_role = replica');
  try {
    return await work();
  } finally {
    await sql.query('set session_replication_role = default');
  }
}

function end(act: string) {
  const person = act === 'withdraw' ? 'U_MARIA' : act === 'reject' ? 'U_PAVEL' : null;
  const team = person === null ? null : 'T_HOME';
  return { act, person_user: person, person_team: team, saw: null };
}
