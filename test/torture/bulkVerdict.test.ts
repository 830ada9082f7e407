import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { type Columns, plantAttempt, plantDecision, plantFreeze, plantLift } from '../store/planting.ts';
import { HALT, plantBulk, plantBulkAct, type PlantedBulk } from '../store/plantingBulks.ts';
import { disarm } from './disarm.ts';
import { judge } from './model.ts';
import { readRecord } from './record.ts';
import type { Gesture, Told } from './witness.ts';

const PAYMENTS = { account: 'shop-pl', payment: 'p1\np2' };
const LATE = new Date('2026-11-20T12:00:00Z');
const LENA = { person_user: 'U_LENA' };
const MARIA = { person_user: 'U_MARIA' };
const TOM = { person_user: 'U_TOM' };

/** Everybody did everything, so that only the record can be wrong. */
const everything: readonly Gesture[] = ['U_MARIA', 'U_PAVEL', 'U_LENA', 'U_TOM'].flatMap((person) => [
  ...(['ask', 'approve', 'reject', 'withdraw', 'go_on', 'stop'] as const).map((act) => ({
    person,
    act,
    ...PAYMENTS,
  })),
  { person, act: 'lift' as const, what: '' },
  ...['all', 'shop-pl', 'U_PAVEL', 'U_TOM'].map((what) => ({ person, act: 'freeze' as const, what })),
]);

/** As in verdict.test.ts: the law of bulks and freezes is really broken, by somebody whom no trigger stops. */
describe('the verdict on a record of bulks and freezes', () => {
  let database: TestDatabase;
  let bulk: PlantedBulk;
  beforeAll(async () => {
    database = await createTestDatabase();
    await disarm(database);
    bulk = await plantBulk(database.sql, [{ payment: 'p1' }, { payment: 'p2' }]);
  });
  afterAll(() => database.stop());

  type Step = () => Promise<unknown>;
  const act =
    (columns: Columns = {}): Step =>
    () =>
      plantBulkAct(database.sql, bulk.id, columns);
  const decided =
    (columns: Columns = {}): Step =>
    async () => {
      for (const line of bulk.lines) await plantDecision(database.sql, line, columns);
    };
  const become =
    (state: string): Step =>
    () =>
      database.sql.query('update requests set state = $1', [state]);
  const sent: Step = async () => {
    const [line = ''] = bulk.lines;
    await plantAttempt(database.sql, line);
    await database.sql.query("update requests set state = 'sending' where id = $1", [line]);
  };
  const freeze =
    (columns: Columns = {}): Step =>
    () =>
      plantFreeze(database.sql, columns);
  const lift =
    (columns: Columns = {}): Step =>
    () =>
      plantLift(database.sql, 1, columns);
  const approved = [act(), decided(), become('approved')];
  const stop = act({ act: 'stop', saw: null });
  const ofPerson = (user: string) => freeze({ scope: 'person', frozen_users: [user] });

  async function breaksOf(
    steps: readonly Step[],
    seen: { readonly gestures?: readonly Gesture[]; readonly told?: readonly Told[] } = {},
  ): Promise<string[]> {
    const { gestures = everything, told = [] } = seen;
    await database.sql.query('begin');
    try {
      for (const step of steps) await step();
      const breaks = judge(await readRecord(database.sql), { effects: () => 0, gestures, told });
      return breaks.map(({ name, says }) => `${name}: ${says}`);
    } finally {
      await database.sql.query('rollback');
    }
  }

  it.each<[string, Step[]]>([
    ['approved, halted, let go on and sent', [...approved, act(HALT), act({ act: 'go_on' }), sent]],
    ['stopped while one was sent', [...approved, sent, stop]],
    ['frozen after it was sent', [...approved, sent, freeze()]],
    ['sent when two had lifted it', [freeze(), lift(), lift(LENA), ...approved, sent]],
    ['sent while somebody else was frozen', [ofPerson('U_TOM'), ...approved, sent]],
    ['withdrawn by who was frozen', [ofPerson('U_MARIA'), act({ ...MARIA, act: 'withdraw', saw: null })]],
  ])('is clean for one that was %s', async (_what, steps) => {
    const told: Told = { name: 'B-1001', person: 'U_PAVEL', acts: ['approve'], counted: true };
    const isApproved = steps.includes(approved[0] ?? sent);
    const gestures = [...everything, { person: 'U_PAVEL', act: 'freeze', what: 'U_MARIA' } as const];
    expect(await breaksOf(steps, { gestures, told: isApproved ? [told] : [] })).toEqual([]);
  });

  it.each<[string, Step[], string]>([
    ['its approval by whoever asked', [act(MARIA)], 'B-1001: the requester did what takes a second person'],
    [
      'a "go on" by whoever asked',
      [...approved, act(HALT), act({ ...MARIA, act: 'go_on' })],
      'B-1001: the requester did what takes a second person',
    ],
    ['two approvals by one person', [act(), act()], 'B-1001: one person counts twice'],
    [
      'an approval of something else',
      [act({ saw: 'ab'.repeat(32) })],
      'B-1001: what counts is of something else',
    ],
    ['a late approval', [act({ acted_at: LATE })], 'B-1001: a late act counts'],
    ['a withdrawal by another', [act({ act: 'withdraw' })], 'B-1001: somebody else withdrew'],
    [
      'an act after its end',
      [...approved, stop, act({ act: 'go_on' })],
      'B-1001: something counts after its end',
    ],
    [
      'a "go on" of what was not halted',
      [...approved, act({ act: 'go_on' })],
      'B-1001: it was told to go on and had not been halted',
    ],
    [
      'a line that was approved alone',
      [decided()],
      'C-1001: U_PAVEL is on record for approve, and not with its bulk',
    ],
    [
      'a line that was sent without its bulk’s approval',
      [decided(), become('approved'), sent],
      'C-1001: it was sent without the approvals that its bulk needs',
    ],
    [
      'a line that was sent after its bulk was stopped',
      [...approved, stop, sent],
      'C-1001: it was sent after its bulk was stopped',
    ],
    [
      'a line that was sent under a freeze',
      [...approved, freeze(), sent],
      'C-1001: it was sent under the freeze F-1',
    ],
    [
      'a line that was sent when one had lifted it',
      [...approved, freeze(), lift(), sent],
      'C-1001: it was sent under the freeze F-1',
    ],
    [
      'a line that was sent when its approver was frozen',
      [...approved, ofPerson('U_PAVEL'), sent],
      'C-1001: it was sent under the freeze F-1',
    ],
    [
      'a line that was sent at an account that was frozen',
      [...approved, freeze({ scope: 'account', account: 'shop-pl' }), sent],
      'C-1001: it was sent under the freeze F-1',
    ],
    ['an approval under a freeze', [freeze(), act()], 'B-1001: approve counts under the freeze F-1'],
    [
      'a "go on" under a freeze',
      [...approved, act(HALT), freeze(), act({ act: 'go_on' })],
      'B-1001: go_on counts under the freeze F-1',
    ],
    [
      'a rejection by somebody who was frozen',
      [ofPerson('U_PAVEL'), act({ act: 'reject', saw: null })],
      'B-1001: reject counts under the freeze F-1',
    ],
    [
      'a freeze by somebody who was frozen',
      [ofPerson('U_TOM'), freeze(TOM)],
      'F-2: whoever was frozen froze',
    ],
    [
      'a lift by somebody who was frozen',
      [ofPerson('U_TOM'), lift(TOM)],
      'F-1: whoever was frozen lifted it',
    ],
    ['two lifts by one person', [freeze(), lift(), lift()], 'F-1: one person lifted it alone'],
    ['a third lift', [freeze(), lift(), lift(LENA), lift(TOM)], 'F-1: it was lifted after it was lifted'],
    ['a gap', [freeze({ number: 2 })], 'F-2: the freezes are not numbered without a gap'],
  ])('names %s', async (_what, steps, says) => {
    expect(await breaksOf(steps)).toContain(says);
  });

  it.each<[string, Step[], readonly Gesture['act'][], string]>([
    ['an act on a bulk', approved, ['ask'], 'B-1001: U_PAVEL is on record for approve and never did it'],
    ['a freeze', [freeze()], ['ask'], 'F-1: U_PAVEL is on record for it and never did it'],
    [
      'a lift',
      [freeze(), lift()],
      ['ask', 'freeze'],
      'F-1: U_PAVEL is on record for lifting it and never did',
    ],
  ])('names %s that nobody did', async (_what, steps, acts, says) => {
    const gestures = everything.filter(({ act: done }) => acts.includes(done));
    expect(await breaksOf(steps, { gestures })).toContain(says);
  });

  it.each<[string, Gesture['act']]>([
    ['B-1001', 'approve'],
    ['F-1', 'freeze'],
    ['F-1', 'lift'],
  ])('names what was told of %s and is gone: %s', async (name, done) => {
    const told: Told = { name, person: 'U_TOM', acts: [done], counted: true };
    const says = `${name}: U_TOM was told of ${done}, which is not on record`;
    expect(await breaksOf([...approved, freeze(), lift()], { told: [told] })).toEqual([says]);
  });
});
