import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { openRecordHouse } from './aHouse.ts';
import { ARecord } from './aRecord.ts';
import { exportTo, newFolder, readLines, verify } from './verifying.ts';

type Story = (record: ARecord) => void;
const TOM = { team: 'T_HOME', user: 'U_TOM' };
const PAVEL = { team: 'T_HOME', user: 'U_PAVEL' };
const ofPerson = ({ user }: typeof TOM) => ({ scope: 'person' as const, users: ['U_ALIAS', user] });

/** Maria asked at shop-pl and Pavel approved, then this is frozen, and it is sent all the same. */
const sentUnder =
  (...args: Parameters<ARecord['freeze']>): Story =>
  (record) => {
    const request = record.ask();
    record.decide(request);
    record.freeze(...args);
    record.attempt(request);
  };

/** A freeze, of which an erasure names this entry. */
function erased(n: number): ARecord {
  const record = new ARecord();
  record.freeze();
  record.agreeToLift('U_PAVEL');
  record.enter(NO_REQUEST, { type: 'erasure', data: { by: 'ops', why: 'asked', erased: [n] } });
  return record;
}

describe('the law of freezes', () => {
  it.each<[string, Story, string]>([
    ['it was sent while all was frozen', sentUnder(), 'it was sent, and the freeze 1 stood against it'],
    [
      'its account was frozen',
      sentUnder({ scope: 'account', account: 'shop-pl' }),
      'it was sent, and the freeze 1 stood against it',
    ],
    ['who approved was frozen', sentUnder(ofPerson(PAVEL)), 'it was sent, and the freeze 1 stood against it'],
    [
      'who asked was frozen',
      sentUnder({ scope: 'person', users: ['U_MARIA'] }),
      'it was sent, and the freeze 1 stood against it',
    ],
    [
      'only one person lifted it',
      (record) => {
        record.freeze();
        record.agreeToLift('U_PAVEL');
        record.decide(record.ask());
      },
      'an approval counts, and the freeze 1 stood against it',
    ],
    [
      'somebody who was frozen rejected',
      (record) => {
        record.freeze(ofPerson(PAVEL));
        record.decide(record.ask(), { act: 'reject', saw: null });
      },
      'reject counts, and the freeze 1 stood against it',
    ],
    [
      'one person lifted it twice',
      (record) => {
        record.freeze();
        record.agreeToLift('U_PAVEL');
        record.agreeToLift('U_PAVEL');
      },
      'it lifts freeze 1 by somebody who had agreed before',
    ],
    [
      'somebody lifted what did not stand',
      (record) => record.agreeToLift('U_PAVEL'),
      'it lifts freeze 1, which does not stand',
    ],
    [
      'somebody who was frozen lifted that',
      (record) => {
        record.freeze(ofPerson(PAVEL));
        record.agreeToLift('U_PAVEL');
      },
      'an agreement to lift counts, and the freeze 1 stood against it',
    ],
    [
      'somebody who was frozen froze',
      (record) => {
        record.freeze(ofPerson(TOM));
        record.freeze({ freeze: 2 });
      },
      'a freeze counts, and the freeze 1 stood against it',
    ],
    [
      'somebody of no group froze',
      (record) => record.freeze({ groups: [] }),
      'a freeze counts by somebody of no group',
    ],
    ['a freeze was left out', (record) => record.freeze({ freeze: 2 }), 'it is freeze 2 after 0'],
    [
      'a freeze does not say of what',
      (record) => record.freeze({ scope: 'account' }),
      'a freeze of an account names one, and no other does',
    ],
  ])('is broken where %s', async (_what, tell, expected) => {
    const record = new ARecord();
    tell(record);
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(`(entry ${record.rows.length}): ${expected}`);
    expect(code).toBe(1);
  });

  it('is kept where two lifted it, where another account was frozen, and where tries did not count', async () => {
    const record = new ARecord();
    record.freeze();
    record.freeze({ freeze: null, person: PAVEL, groups: [], refusal: 'not_an_approver' });
    record.agreeToLift('U_PAVEL');
    record.agreeToLift('U_PAVEL', { refusal: 'already_agreed' });
    record.agreeToLift('U_LENA');
    record.freeze({ freeze: 2, scope: 'account', account: 'shop-tr' });
    record.cancel();
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(
      '3 times somebody froze, and 3 times somebody agreed to lift that, counted or not;',
    );
    expect(code).toBe(0);
  });

  it('is kept where a reason was erased, and broken where that is still here or no freeze', async () => {
    const record = erased(2);
    const gone = {
      ...record.snapshot(),
      async *readEntries() {
        yield record.rows.map((row) => (row.seq === 2 ? { ...row, texts: [] } : row));
      },
    };
    expect(await verify(await exportTo(gone))).toMatchObject({ code: 0 });
    for (const n of [2, 3]) {
      const { told } = await verify(await exportTo(erased(n).snapshot()));
      expect(told).toContain(`it erases text ${n} of its request, which is here or never was`);
    }
  });

  it('knows nothing of freezes from before the export, and says so', async () => {
    const record = new ARecord();
    record.freeze();
    const first = record.rows.length + 1;
    record.agreeToLift('U_PAVEL');
    record.agreeToLift('U_LENA');
    record.freeze({ freeze: 2, scope: 'account', account: 'shop-tr' });
    record.cancel();
    const { code, told } = await verify(await exportTo(record.snapshot(first)));
    expect(told).toContain('Freezes from before the export were not judged.');
    expect(code).toBe(0);
  });

  it('wants a row in freezes.csv for every freeze and every agreement', async () => {
    const record = new ARecord();
    record.freeze();
    record.agreeToLift('U_PAVEL');
    const folder = await exportTo(record.snapshot());
    expect(await readLines(folder, 'freezes.csv')).toHaveLength(3);
  });
});

describe('countersign export', () => {
  it('writes every freeze with its reason, and what was agreed', async () => {
    const house = await openRecordHouse();
    const { usecases } = house.process;
    const scope = { type: 'account', account: 'shop-pl' } as const;
    const frozen = await usecases.freezeDispatch({ scope, reason: '=Suspicious "night"' }, PAVEL);
    if (frozen.counts) await usecases.agreeToLift(frozen.freeze.id, TOM);
    const folder = await newFolder();
    await house.run(['export', '--out', folder]);
    const table = await readFile(join(folder, 'freezes.csv'), 'utf8');
    const at = '2026-11-19T10:00:00.000Z';
    expect(table).toContain(
      `2,F-1,${at},freeze,yes,,account,shop-pl,,U_PAVEL,T_HOME,finance,"'=Suspicious ""night"""`,
    );
    expect(table).toContain(`3,F-1,${at},lift,yes,,,,,U_TOM,T_HOME,finance,`);
    const { code, told } = await verify(folder);
    expect(told).toContain('Texts: 1 agree');
    expect(code).toBe(0);
    await house.stop();
  });

  it('leaves out the freezes of other accounts where one is asked for, but not those of all', async () => {
    const record = new ARecord();
    record.freeze({ scope: 'account', account: 'shop-tr' }, 'Not for you');
    record.agreeToLift('U_PAVEL');
    record.freeze({ freeze: 2 }, 'For everybody');
    record.agreeToLift('U_PAVEL', { freeze: 2 });
    const folder = await exportTo(record.snapshot(), { accounts: ['shop-pl'] });
    const lines = await readLines(folder, 'freezes.csv');
    expect(lines.map((line) => line.split(',')[1])).toEqual(['freeze', 'F-2', 'F-2']);
    expect(await readFile(join(folder, 'texts.jsonl'), 'utf8')).not.toContain('Not for you');
    expect((await verify(folder)).code).toBe(0);
  });
});
