/** Who was turned away before there was a request is on record: in the chain, in exports, and for both verifiers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { sayFault } from '../../src/record/report.ts';
import type { Asked } from '../../src/usecases/ask.ts';
import type { Store, World } from '../../src/usecases/ports.ts';
import { reportOn } from '../bulk/aBulk.ts';
import { ARecord } from '../export/aRecord.ts';
import { exportTo, readLines, verify } from '../export/verifying.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { MARIA, startProcess, Surroundings } from '../fakes/processes.ts';
import { freeTables } from './superuser.ts';

const GUEST = { live: false, why: 'you are a guest' } as const;
const aTry = (account: string) => ({ account, payment: '=tx1', person: MARIA, why: 'not_an_asker' });

/** Where Maria is a guest. */
class GuestHouse extends Surroundings {
  override world(store: Store): World {
    const world = super.world(store);
    return { ...world, people: { ...world.people, membershipOf: async () => GUEST } };
  }
}

describe('a refused asking', () => {
  let original: TestDatabase;
  let asked: Asked;
  beforeAll(async () => {
    original = await createTestDatabase();
    const house = new GuestHouse();
    const process = await startProcess(original.url, house);
    await process.store.transaction((records) => records.introduceKey(house.now));
    const checked = process.usecases.checkAsk({
      account: 'shop-pl',
      fields: { payment: 'tx1' },
      reason: 'Paid twice',
    });
    if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
    asked = await process.usecases.askForCancellation(checked.ask, MARIA);
    await process.stop();
    await original.sql.end();
  });
  afterAll(() => original.stop());

  async function faultsAfter(statement: string): Promise<string[]> {
    const copy = await createTestDatabase(original);
    await freeTables(copy.sql);
    await copy.sql.query('alter table refused_asks disable trigger all');
    await copy.sql.query(statement);
    const { faults } = await reportOn(copy);
    await copy.stop();
    return faults.map(sayFault);
  }

  it('has its entry, which fits', async () => {
    expect(asked.type).toBe('turned_away');
    expect((await reportOn(original)).faults).toEqual([]);
  });

  it.each([
    ['delete from refused_asks', 'entry 2 (refused_ask 2): its row in refused_asks is gone'],
    ['update refused_asks set entry = null', 'entry 2 (refused_ask 2): its row in refused_asks is gone'],
    [
      `update refused_asks set person_user = 'U_TOM'`,
      'entry 2 (refused_ask 2): row 1 of refused_asks differs in person',
    ],
    [
      `update refused_asks set why = 'not_an_asker'`,
      'entry 2 (refused_ask 2): row 1 of refused_asks differs in why',
    ],
  ])('is missed after: %s', async (statement, says) => {
    expect(await faultsAfter(statement)).toEqual([says]);
  });

  it('may lack its entry where it is of the version before', async () => {
    const older = `insert into refused_asks (account, payment, person_team, person_user, why, refused_at)
      values ('shop-pl', 'tx0', 'T_HOME', 'U_GINA', 'not_live', now())`;
    expect(await faultsAfter(older)).toEqual([]);
  });
});

describe('an export', () => {
  it('has a row for each, which the verifier counts', async () => {
    const record = new ARecord();
    record.enter(NO_REQUEST, { type: 'refused_ask', data: aTry('shop-pl') });
    const folder = await exportTo(record.snapshot());
    const table = await readFile(join(folder, 'refused_asks.csv'), 'utf8');
    expect(table).toContain(`2,2026-11-20T09:01:00.000Z,shop-pl,'=tx1,U_MARIA,T_HOME,not_an_asker`);
    expect(await verify(folder)).toMatchObject({ code: 0 });

    const { rows } = record;
    const withoutIt = await exportTo({
      ...record.snapshot(),
      async *readEntries() {
        yield rows.map((row) =>
          row.seq === 2 ? { ...row, body: row.body.replace('refused_ask', 'alarm') } : row,
        );
      },
    });
    expect((await verify(withoutIt)).code).toBe(1);
  });

  it('leaves out those of other accounts where one is asked for', async () => {
    const record = new ARecord();
    record.enter(NO_REQUEST, { type: 'refused_ask', data: aTry('shop-pl') });
    record.enter(NO_REQUEST, { type: 'refused_ask', data: aTry('shop-tr') });
    const folder = await exportTo(record.snapshot(), { accounts: ['shop-tr'] });
    expect(await readLines(folder, 'refused_asks.csv')).toHaveLength(2);
    expect((await verify(folder)).code).toBe(0);
  });
});
