import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  asReplica,
  ENDS,
  plantAttempt,
  plantDecision,
  plantEntry,
  plantOutcome,
  plantRequest,
  plantRequestIn,
} from './planting.ts';
import { somebodyWaitsFor } from './waiting.ts';

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
    await expect(plantDecision(sql, await plantRequest(sql))).resolves.toBeUndefined();
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
    ['an approval with something else for a digest', { saw: 'looked fine' }, 'is not what was asked'],
    ['an approval by somebody of no group', { groups: [] }, 'does not name a group of this person'],
    [
      'an approval by nobody',
      { person_user: null, person_team: null },
      'decisions_are_by_a_person_or_the_clock',
    ],
    [
      'an approval with the account of whoever asked',
      { alias_user: 'U_MARIA' },
      'decisions_alias_is_another',
    ],
    ['an approval by half a person', { person_team: null }, 'decisions_are_by_a_person_or_the_clock'],
    [
      'a withdrawal by someone else',
      { act: 'withdraw', person_user: 'U_PAVEL' },
      'decisions_only_the_requester_withdraws',
    ],
    [
      'an expiry by a person',
      { ...ENDS['expired'], person_user: 'U_PAVEL', person_team: 'T_HOME' },
      'decisions_are_by_a_person_or_the_clock',
    ],
    ['an act that there is no word for', { act: 'wave_through' }, 'decisions_act_check'],
  ])('refuses %s', async (_what, columns, complaint) => {
    const request = await plantRequest(sql);
    await expect(plantDecision(sql, request, columns)).rejects.toThrow(complaint);
  });

  it('refuses an approval by the requester also where foreign keys are off', async () => {
    const request = await plantRequest(sql);
    await expect(
      asReplica(sql, () => plantDecision(sql, request, { person_user: 'U_MARIA' })),
    ).rejects.toThrow('decisions_approver_is_second_person');
  });

  it('refuses the same person a second time, and takes another one', async () => {
    const request = await plantRequest(sql);
    await plantDecision(sql, request);
    await expect(plantDecision(sql, request, { groups: ['finance', 'risk'] })).rejects.toThrow(
      'decisions_one_person_approves_once',
    );
    await plantDecision(sql, request, { person_user: 'U_LENA' });
  });

  it.each(Object.entries(ENDS))('refuses a second end after it is %s', async (_state, act) => {
    const request = await plantRequest(sql);
    await plantDecision(sql, request, act);
    for (const second of Object.values(ENDS)) {
      await expect(plantDecision(sql, request, second)).rejects.toThrow('decisions_one_ends_the_request');
    }
  });

  it('records refused tries: a self-approval, a withdrawal by someone else, the same person again', async () => {
    const request = await plantRequest(sql);
    await plantDecision(sql, request);
    await plantDecision(sql, request, ENDS['rejected']);

    await plantDecision(sql, request, { person_user: 'U_MARIA', refusal: 'own_request' });
    await plantDecision(sql, request, { act: 'withdraw', refusal: 'not_the_requester' });
    await plantDecision(sql, request, { refusal: 'already_approved' });
    await plantDecision(sql, request, { ...ENDS['rejected'], refusal: 'already_decided' });
    const { rows } = await sql.query(
      'select count(*)::int as tries from decisions where request_id = $1 and refusal is not null',
      [request],
    );
    expect(rows).toEqual([{ tries: 4 }]);
  });
});

describe('an attempt', () => {
  it.each(['cancelled', 'accepted', 'refused', 'unknown'])(
    'that may have been sent (%s) is the last one',
    async (type) => {
      const request = await plantRequestIn(sql, 'approved');
      await plantOutcome(sql, await plantAttempt(sql, request), { type });
      await expect(plantAttempt(sql, request, { n: 2 })).rejects.toThrow('may have been sent');
      await expect(asReplica(sql, () => plantAttempt(sql, request, { n: 2 }))).rejects.toThrow(
        'may have been sent',
      );
    },
  );

  it('without any outcome is the last one', async () => {
    const request = await plantRequestIn(sql, 'approved');
    await plantAttempt(sql, request);
    await expect(plantAttempt(sql, request, { n: 2 })).rejects.toThrow('may have been sent');
  });

  it('that surely was not sent may be followed by another, and only by one', async () => {
    const request = await plantRequestIn(sql, 'approved');
    await plantOutcome(sql, await plantAttempt(sql, request), { type: 'not_sent' });
    await plantAttempt(sql, request, { n: 2 });
    await expect(plantAttempt(sql, request, { n: 3 })).rejects.toThrow('may have been sent');
  });

  describe('that another connection has begun and not yet committed', () => {
    let request: string;
    let rival: Client;
    let entries: number[];
    beforeEach(async () => {
      request = await plantRequestIn(sql, 'approved');
      // The chain takes one writer at a time, and here two are to meet.
      entries = [await plantEntry(sql, request), await plantEntry(sql, request)];
      rival = new Client({ connectionString: database.ownerUrl });
      await rival.connect();
      await sql.query('begin');
      await plantAttempt(sql, request, { entry: entries[0] });
    });
    afterEach(async () => {
      await sql.query('rollback');
      await rival.end();
    });

    it.each([1, 2])('is the only one, and a rival of number %i waits to hear so', async (n) => {
      const [tried] = await Promise.allSettled([
        plantAttempt(rival, request, { n, entry: entries[1] }),
        somebodyWaitsFor(sql, 'transactionid').then(() => sql.query('commit')),
      ]);
      expect(String(tried.status === 'rejected' && tried.reason)).toContain('may have been sent');
    });
  });
});
