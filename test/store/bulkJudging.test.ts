/** What PostgreSQL judges of acts on bulks, and of what is done to their lines, whoever writes. */
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { type Columns, plantAttempt, plantDecision } from './planting.ts';
import { HALT, NOON, plantBulk, plantBulkAct, type PlantedBulk } from './plantingBulks.ts';

const MIDNIGHT = new Date('2026-11-20T00:00:00Z');

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.stop());

/** Planted as psql would plant it, in this order. */
type Step = (bulk: PlantedBulk) => Promise<unknown>;
async function play(bulk: PlantedBulk, steps: readonly Step[]): Promise<void> {
  for (const step of steps) await step(bulk);
}
const act =
  (columns: Columns = {}): Step =>
  ({ id }) =>
    plantBulkAct(database.sql, id, columns);
const onLines =
  (columns: Columns = {}): Step =>
  async ({ lines }) => {
    for (const line of lines) await plantDecision(database.sql, line, columns);
  };
const becomes =
  (state: string): Step =>
  ({ id }) =>
    database.sql.query('update requests set state = $2 where bulk = $1', [id, state]);
const approved = [act(), onLines(), becomes('approved')];
const stopped = act({ act: 'stop', saw: null });
const byLena = { person_user: 'U_LENA' };

describe('the law of bulks', () => {
  it.each<[string, readonly Step[]]>([
    ['approved', approved],
    ['halted and let go on', [...approved, act(HALT), act({ act: 'go_on' }), act(HALT)]],
    ['stopped by whoever asked', [...approved, act({ act: 'stop', person_user: 'U_MARIA', groups: [] })]],
    ['withdrawn', [act({ act: 'withdraw', person_user: 'U_MARIA', groups: [], saw: null })]],
  ])('lets one be %s', async (_what, steps) => {
    await expect(play(await plantBulk(database.sql), steps)).resolves.toBeUndefined();
  });

  it.each<[string, readonly Step[], string]>([
    ['approved when it was approved', [...approved, act(byLena)], 'the bulk takes no approve now'],
    [
      'withdrawn when it was approved',
      [...approved, act({ act: 'withdraw', person_user: 'U_MARIA', saw: null })],
      'the bulk takes no withdraw now',
    ],
    ['approved too late', [act({ acted_at: MIDNIGHT })], 'the deadline of the bulk is over'],
    ['rejected too late', [act({ act: 'reject', acted_at: MIDNIGHT })], 'the deadline of the bulk is over'],
    ['approved as something else', [act({ saw: 'ab'.repeat(32) })], 'is not what was asked'],
    ['approved by a stranger', [act({ groups: ['sales'] })], 'does not name a group'],
    ['rejected by a stranger', [act({ act: 'reject', groups: ['sales'] })], 'does not name a group'],
    ['halted before it is approved', [act(HALT)], 'the bulk takes no pause now'],
    ['halted twice', [...approved, act(HALT), act(HALT)], 'the bulk takes no pause now'],
    ['let go on when it was not halted', [...approved, act({ act: 'go_on' })], 'the bulk takes no go_on now'],
    [
      'let go on by a stranger',
      [...approved, act(HALT), act({ act: 'go_on', groups: ['sales'] })],
      'does not name a group',
    ],
    [
      'let go on as something else',
      [...approved, act(HALT), act({ act: 'go_on', saw: 'ab'.repeat(32) })],
      'is not what was asked',
    ],
    ['stopped before it is approved', [stopped], 'the bulk takes no stop now'],
    ['stopped by a stranger', [...approved, act({ act: 'stop', groups: [] })], 'does not name a group'],
    ['stopped twice', [...approved, stopped, stopped], 'the bulk was stopped'],
    ['halted when it was stopped', [...approved, stopped, act(HALT)], 'the bulk was stopped'],
  ])('does not let one be %s', async (_what, steps, says) => {
    const one = await plantBulk(database.sql);
    await play(one, steps.slice(0, -1));
    await expect(play(one, steps.slice(-1))).rejects.toThrow(says);
  });

  it.each<[string, Step[]]>([
    ['by nobody who decided on all of it', [onLines()]],
    ['by another person', [act(), onLines(byLena)]],
    ['at another time', [act(), onLines({ decided_at: NOON })]],
    ['as of other groups', [act(), onLines({ groups: ['finance', 'risk'] })]],
    ['otherwise', [act(), onLines({ act: 'reject', saw: null })]],
    ['after what did not count', [act({ refusal: 'not_confirmed' }), onLines()]],
  ])('does not let a line be decided on %s', async (_what, steps) => {
    const one = await plantBulk(database.sql);
    await play(one, steps.slice(0, -1));
    await expect(play(one, steps.slice(-1))).rejects.toThrow('a line is decided on with its bulk');
  });

  it('lets nothing be sent after it was stopped', async () => {
    const one = await plantBulk(database.sql);
    await play(one, approved);
    const [first = '', second = ''] = one.lines;
    await plantAttempt(database.sql, first);
    await stopped(one);
    await expect(plantAttempt(database.sql, second)).rejects.toThrow('the bulk of this line was stopped');
  });
});

describe('whoever has the app’s password', () => {
  let app: Client;
  beforeAll(async () => {
    app = new Client({ connectionString: database.url });
    await app.connect();
  });
  afterAll(() => app.end());

  it('can neither approve their own bulk, nor its lines', async () => {
    const { id, lines } = await plantBulk(database.sql);
    const own = { person_user: 'U_MARIA' };
    await expect(plantBulkAct(app, id, own)).rejects.toThrow('bulk_acts_second_person');
    await plantBulkAct(app, id);
    await expect(plantDecision(app, lines[0] ?? '', own)).rejects.toThrow(
      /a line is decided on with its bulk/,
    );
    await database.sql.query('alter table decisions disable trigger decisions_on_lines_are_their_bulks');
    await expect(plantDecision(app, lines[0] ?? '', own)).rejects.toThrow(
      'decisions_approver_is_second_person',
    );
    await database.sql.query(
      'alter table decisions enable always trigger decisions_on_lines_are_their_bulks',
    );
  });

  it.each([
    'alter table bulk_acts disable trigger all',
    'alter table decisions disable trigger all',
    'set session_replication_role = replica',
  ])('can’t have it their way by: %s', async (statement) => {
    await expect(app.query(statement)).rejects.toThrow(/must be owner|permission denied/);
  });
});
