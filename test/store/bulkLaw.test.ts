/** What PostgreSQL refuses of bulks, whoever writes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { asReplica, type Columns, plantRequest } from './planting.ts';
import { HALT, NOON, plantBulk, plantBulkAct, type PlantedBulk } from './plantingBulks.ts';

let database: TestDatabase;
let bulk: PlantedBulk;
beforeAll(async () => {
  database = await createTestDatabase();
  bulk = await plantBulk(database.sql);
});
afterAll(() => database.stop());

describe('a bulk', () => {
  it.each([
    ['of another account', { account: 'shop-tr' }, 'requests_line_fits_its_bulk'],
    ['by another requester', { requester_user: 'U_TOM' }, 'requests_line_fits_its_bulk'],
    [
      'with another deadline',
      { deadline: new Date(NOON.getTime() + 3_600_000) },
      'requests_line_fits_its_bulk',
    ],
    ['asked at another time', { requested_at: new Date(NOON.getTime() + 1) }, 'requests_line_fits_its_bulk'],
    [
      'by a looser rule',
      { rule: '{"policy": "p1", "needs": [{"group": "anybody", "count": 1}]}' },
      'together with its bulk, and by its rule',
    ],
  ])('has no line %s', async (_what, line: Columns, says) => {
    await expect(plantBulk(database.sql, [{}, line])).rejects.toThrow(says);
  });

  it('gets no line later', async () => {
    await expect(plantRequest(database.sql, { bulk: bulk.id })).rejects.toThrow('together with its bulk');
  });

  it.each([
    ["update bulks set digest = repeat('ab', 32)", 'a bulk is frozen'],
    ["update bulks set deadline = deadline + interval '1 day'", 'a bulk is frozen'],
    ["update bulks set rule = '{}'", 'a bulk is frozen'],
    ['delete from bulks', 'is append-only'],
    ['truncate bulks cascade', 'is append-only'],
    ["update bulk_acts set refusal = 'expired'", 'is append-only'],
    ['delete from bulk_acts', 'is append-only'],
    ['truncate bulk_acts', 'is append-only'],
  ])('refuses: %s', async (statement, says) => {
    const { sql } = database;
    await plantBulkAct(sql, bulk.id, { act: 'reject', refusal: 'expired' });
    await expect(asReplica(sql, () => sql.query(statement))).rejects.toThrow(says);
  });

  it('may be marked as shown', async () => {
    const { rowCount } = await database.sql.query('update bulks set announced = 3');
    expect(rowCount).toBeGreaterThan(0);
  });
});

describe('an act on a bulk that counts', () => {
  beforeAll(() => database.sql.query('alter table bulk_acts disable trigger bulk_acts_follow_the_law'));
  afterAll(() => database.sql.query('alter table bulk_acts enable always trigger bulk_acts_follow_the_law'));

  it.each([
    ['no approval by the requester', { person_user: 'U_MARIA' }, 'bulk_acts_second_person'],
    ['no rejection by the requester', { act: 'reject', person_user: 'U_MARIA' }, 'bulk_acts_second_person'],
    ['no "go on" by the requester', { act: 'go_on', person_user: 'U_MARIA' }, 'bulk_acts_second_person'],
    [
      'no withdrawal by somebody else',
      { act: 'withdraw', person_user: 'U_LENA' },
      'bulk_acts_only_the_requester_withdraws',
    ],
    ['no approval of something unseen', { saw: null }, 'bulk_acts_name_what_was_seen'],
    ['no "go on" by nobody’s group', { act: 'go_on', groups: [] }, 'bulk_acts_name_what_was_seen'],
    ['no pause by a person', { act: 'pause', why: 'trouble' }, 'bulk_acts_are_by_a_person_or_a_halt'],
    ['no pause without a reason', { ...HALT, why: null }, 'bulk_acts_are_by_a_person_or_a_halt'],
    ['no stop by nobody', { ...HALT, act: 'stop', why: null }, 'bulk_acts_are_by_a_person_or_a_halt'],
    [
      'no approval with the account of whoever asked',
      { alias_user: 'U_MARIA' },
      'bulk_acts_alias_is_another',
    ],
    ['no other account that is the same', { alias_user: 'U_PAVEL' }, 'bulk_acts_alias_is_another'],
    ['no lie about who asked', { requester_user: 'U_TOM' }, 'bulk_acts_bulk_id_requester_user_fkey'],
  ])('is %s', async (_what, columns: Columns, constraint) => {
    await expect(plantBulkAct(database.sql, bulk.id, columns)).rejects.toThrow(constraint);
  });

  it('is no second approval by the same person', async () => {
    const other = await plantBulk(database.sql);
    await plantBulkAct(database.sql, other.id);
    await expect(plantBulkAct(database.sql, other.id)).rejects.toThrow('bulk_acts_one_person_approves_once');
  });
});
