import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { states, unsettledStates } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { asReplica, type Columns, plantDecision, plantOutcome, plantRequestIn } from './planting.ts';

/** What Postgres itself refuses of what a person says they found, to a superuser as to Countersign. */
let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
});
afterAll(() => database.stop());

/** Pavel found it cancelled, and that counts. */
const found = { act: 'find_cancelled', note: 'The hold is gone.' };

/** A request of which nobody knows what became of it, and its attempt. */
async function plantUnknown(): Promise<{ request: string; attempt: string }> {
  const request = await plantRequestIn(sql, 'unknown');
  const { rows } = await sql.query<{ id: string }>('select id from attempts where request_id = $1', [
    request,
  ]);
  return { request, attempt: rows[0]?.id ?? '' };
}

describe('a decision that says what was found', () => {
  it.each(['find_cancelled', 'find_refused'])('is taken by a second person as %s, and once', async (act) => {
    const { request } = await plantUnknown();
    await plantDecision(sql, request, { ...found, act });
    for (const second of [found, { ...found, act: 'find_refused', person_user: 'U_LENA' }]) {
      await expect(plantDecision(sql, request, second)).rejects.toThrow('decisions_one_ends_the_request');
    }
  });

  it.each(unsettledStates)('is taken when the request is %s', async (state) => {
    await expect(plantDecision(sql, await plantRequestIn(sql, state), found)).resolves.toBeUndefined();
  });

  it.each(states.filter((state) => state !== 'unknown' && state !== 'accepted'))(
    'is refused when the request is %s',
    async (state) => {
      const request = await plantRequestIn(sql, state);
      for (const act of ['find_cancelled', 'find_refused'])
        await expect(plantDecision(sql, request, { ...found, act })).rejects.toThrow(
          `a request that is ${state} takes no ${act}`,
        );
    },
  );

  it('is refused by the requester also where foreign keys are off', async () => {
    const { request } = await plantUnknown();
    for (const act of ['find_cancelled', 'find_refused']) {
      const own = { ...found, act, person_user: 'U_MARIA' };
      await expect(asReplica(sql, () => plantDecision(sql, request, own))).rejects.toThrow(
        'decisions_finder_is_second_person',
      );
    }
  });

  it.each([
    ['a finding by the requester', { ...found, person_user: 'U_MARIA' }, 'decisions_finder_is_second_person'],
    [
      'a finding that lies about who asked',
      { ...found, requester_user: 'U_TOM', person_user: 'U_MARIA' },
      /violates foreign key constraint/,
    ],
    [
      'a finding by nobody',
      { ...found, person_user: null, person_team: null },
      'decisions_are_by_a_person_or_the_clock',
    ],
    ['a finding by somebody of no group', { ...found, groups: [] }, 'does not name a group of this person'],
    [
      'a finding by somebody of another group',
      { ...found, groups: ['sales'] },
      'does not name a group of this person',
    ],
    ['a finding about something else', { ...found, saw: 'cd'.repeat(32) }, 'is not what was asked'],
    ['a finding that names no digest', { ...found, saw: null }, 'decisions_finding_says_of_what_and_why'],
    ['a finding without a note', { ...found, note: null }, 'decisions_finding_says_of_what_and_why'],
    [
      'a finding with a note of nothing',
      { ...found, note: ' \n\t' },
      'decisions_finding_says_of_what_and_why',
    ],
    ['a finding that does not say what', { ...found, act: 'find' }, 'decisions_finding_says_what'],
  ])('is refused as %s', async (_what, columns, complaint) => {
    const { request } = await plantUnknown();
    await expect(plantDecision(sql, request, columns)).rejects.toThrow(complaint);
  });

  it.each<[string, Columns]>([
    ['by the requester', { ...found, person_user: 'U_MARIA', refusal: 'own_request' }],
    ['by somebody of no group', { ...found, groups: [], refusal: 'not_an_approver' }],
    ['before anything was said', { act: 'find', person_user: 'U_MARIA', refusal: 'own_request' }],
    ['after somebody else', { ...found, person_user: 'U_LENA', refusal: 'already_settled' }],
  ])('is on record as a try that did not count: %s', async (_what, columns) => {
    const { request } = await plantUnknown();
    await plantDecision(sql, request, found);
    await expect(plantDecision(sql, request, columns)).resolves.toBeUndefined();
  });
});

describe('an outcome that a person found', () => {
  it.each([
    ['cancelled', 'find_cancelled'],
    ['refused', 'find_refused'],
  ])('is taken as %s after %s, and once', async (type, act) => {
    const { request, attempt } = await plantUnknown();
    await plantDecision(sql, request, { ...found, act });
    await plantOutcome(sql, attempt, { source: 'person', type });
    await sql.query('update requests set state = $2 where id = $1', [request, type]);
    await expect(plantOutcome(sql, attempt, { source: 'person', type })).rejects.toThrow(
      'outcomes_one_person_found_it',
    );
  });

  it.each<[string, string, Columns]>([
    ['cancelled', 'nobody looked', { act: 'reject', refusal: 'already_decided' }],
    ['cancelled', 'the opposite was found', { ...found, act: 'find_refused' }],
    ['refused', 'the opposite was found', found],
    ['cancelled', 'the finding did not count', { ...found, refusal: 'own_request' }],
    ['cancelled', 'nothing was said', { ...found, act: 'find', refusal: 'not_an_approver' }],
    ['accepted', 'something else was found', found],
    ['unknown', 'something else was found', found],
    ['not_sent', 'something else was found', found],
  ])('is refused as %s where %s', async (type, _why, decision) => {
    const { request, attempt } = await plantUnknown();
    await plantDecision(sql, request, decision);
    const planted = { source: 'person', type };
    await expect(plantOutcome(sql, attempt, planted)).rejects.toThrow('nobody who may has found that');
    await expect(asReplica(sql, () => plantOutcome(sql, attempt, planted))).rejects.toThrow(
      'nobody who may has found that',
    );
  });

  it('is refused where it was found of another request', async () => {
    await plantDecision(sql, (await plantUnknown()).request, found);
    const { attempt } = await plantUnknown();
    await expect(plantOutcome(sql, attempt, { source: 'person' })).rejects.toThrow(
      'nobody who may has found that',
    );
  });
});
