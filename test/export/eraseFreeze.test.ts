/** What people wrote of freezes and bulks is erased, and the record still proves all else. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../src/store/pool.ts';
import { withSnapshot } from '../../src/store/snapshot.ts';
import { askInBulk, expectWhole } from '../bulk/aBulk.ts';
import { readTraces } from '../fakes/canary.ts';
import { LENA, MARIA, PAVEL } from '../fakes/processes.ts';
import { openRecordHouse, type RecordHouse } from './aHouse.ts';
import { exportTo, verify } from './verifying.ts';

const TOM = { team: 'T_HOME', user: 'U_TOM' };
const ERASE = ['--by', 'Olga Operator', '--why', 'The payer asked for it'];
/** Words that stand in nothing but these texts. */
const [LIFTED, STANDING, TRIED] = ['Zofia-was-here', 'Zbigniew-is-here', 'Zenon-tried'];

let house: RecordHouse;
beforeAll(async () => {
  house = await openRecordHouse();
  const { usecases, store } = house.process;
  const scope = { type: 'account', account: 'shop-tr' } as const;
  const first = await usecases.freezeDispatch({ scope, reason: LIFTED }, PAVEL);
  if (!first.counts) throw new Error(first.refusal);
  for (const person of [LENA, TOM]) await usecases.agreeToLift(first.freeze.id, person);
  await store.savePosted(
    first.freeze.id,
    { kind: 'freeze', channel: 'C_APPROVALS', ts: '17.42', version: 1 },
    0,
  );

  const ofTom = { type: 'person', users: [TOM.user] } as const;
  await usecases.freezeDispatch({ scope: ofTom, reason: STANDING }, PAVEL);
  await usecases.freezeDispatch({ scope, reason: TRIED }, TOM);
});
afterAll(() => house.stop());

async function found(...texts: string[]): Promise<string[]> {
  const rows = await readTraces({ logged: [], slack: [], databaseUrl: house.database.ownerUrl });
  return texts.filter((text) => rows.includes(text));
}
async function verified(): Promise<{ exported: string; table: string }> {
  await expectWhole(house.database);
  const pool = createPool(house.database.url, () => undefined);
  const folder = await withSnapshot(pool, (snapshot) => exportTo(snapshot));
  await pool.end();
  const { code, told } = await verify(folder);
  if (code !== 0) throw new Error(told);
  return { exported: told, table: await readFile(join(folder, 'freezes.csv'), 'utf8') };
}
async function placeOf(reason: string): Promise<number> {
  const { rows } = await house.database.sql.query<{ seq: string }>(
    'select seq from chain join freezes on request_id = of_house and n = entry where reason = $1',
    [reason],
  );
  return Number(rows[0]?.seq);
}

describe('countersign erase, of freezes', () => {
  it.each([
    ['one that there is not', 'F-9', 'There is no freeze F-9.'],
    ['one that stands', 'F-2', 'F-2 stands: its text can be erased when it is lifted.'],
    ['an entry that is no freeze', 'entry:1', 'There is no freeze entry 1.'],
  ])('refuses %s', async (_what, name, expected) => {
    const { code, told } = await house.run(['erase', name, ...ERASE]);
    expect(told).toContain(expected);
    expect(code).toBe(1);
  });

  it('takes the reason of one that was lifted, and says where it stands in Slack', async () => {
    const { code, told } = await house.run(['erase', 'F-1', ...ERASE]);
    expect(told).toContain('Erased the text of 1 entries of F-1 (2), and recorded that.');
    expect(told).toContain('C_APPROVALS 17.42 (freeze)');
    expect(code).toBe(0);
    expect(await found(LIFTED, STANDING, TRIED)).toEqual([STANDING, TRIED]);

    const { exported, table } = await verified();
    expect(exported).toContain('Texts: 2 agree with their entries. Erasures on record: 1.');
    expect(table).toContain(',F-1,');
    expect(table).not.toContain(LIFTED);
    const again = await house.run(['erase', 'F-1', ...ERASE]);
    expect(again.told).toContain('The text of F-1 was erased before.');
  });

  it('takes the reason of a try that did not count, by its place in the chain', async () => {
    const { code, told } = await house.run(['erase', `entry:${await placeOf(TRIED)}`, ...ERASE]);
    expect(told).toContain('Erased the text of 1 entries of entry:');
    expect(code).toBe(0);
    expect(await found(STANDING, TRIED)).toEqual([STANDING]);
    await verified();
  });

  it('leaves freezes that still count, before anything is sent', async () => {
    const { usecases } = house.process;
    await house.cancel('Paid twice', 'Fine');
    expect(house.surroundings.sent).toHaveLength(1);
    const [standing] = await usecases.listFreezes();
    for (const person of [PAVEL, LENA]) await usecases.agreeToLift(standing?.id ?? '', person);
    await house.run(['erase', 'F-2', ...ERASE]);
    await house.cancel('Paid twice', 'Fine');
    expect(house.surroundings.sent).toHaveLength(2);
    expect(await found(STANDING)).toEqual([]);
    await verified();
  });

  it('is no way to change anything else of a freeze, nor one that stands', async () => {
    const { sql } = house.database;
    await house.process.usecases.freezeDispatch({ scope: { type: 'all' }, reason: 'Fire' }, PAVEL);
    for (const change of [
      "reason = 'nicer'",
      "reason = 'erased'",
      "salt = ''",
      "reason = 'erased', salt = '', person_user = 'U_LENA'",
      "reason = 'erased', salt = ''",
    ])
      await expect(sql.query(`update freezes set ${change} where reason = 'Fire'`), change).rejects.toThrow(
        'freezes is append-only',
      );
  });
});

describe('countersign erase, of a bulk', () => {
  it('takes the text of all of its lines, when they are over', async () => {
    for (const { id } of await house.process.usecases.listFreezes())
      for (const person of [PAVEL, LENA]) await house.process.usecases.agreeToLift(id, person);
    const { id } = await askInBulk(house.process, ['z1', 'z2', 'z3']);
    const open = await house.run(['erase', 'B-1001', ...ERASE]);
    expect(open.told).toContain('B-1001 is pending: its text can be erased when the request is over.');
    const rejection = { type: 'reject', note: 'Zyta-was-here' } as const;
    await house.process.usecases.decideOnBulk(id, rejection, PAVEL);
    await house.process.usecases.decideOnBulk(id, { type: 'withdraw' }, MARIA);

    expect(await found('Zyta-was-here')).toEqual(['Zyta-was-here']);
    const { code, told } = await house.run(['erase', 'b1001', ...ERASE]);
    expect(told).toContain('Erased the text of 6 entries of B-1001 (of its 3 lines), and recorded that.');
    expect(code).toBe(0);
    expect(await found('Zyta-was-here')).toEqual([]);
    expect((await verified()).exported).toContain('Erasures on record: 6.');
  });
});
