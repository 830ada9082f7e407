import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Request } from '../../src/domain/request.ts';
import { readTraces } from '../fakes/canary.ts';
import { LENA } from '../fakes/processes.ts';
import { openRecordHouse, type RecordHouse } from './aHouse.ts';
import { newFolder, readLines, verify } from './verifying.ts';

/** Words that stand in nothing but the texts of one request. */
const TEXTS = ['Zofia-the-payer', 'Zbigniew-on-hold', 'Zuzanna-by-phone', 'Zenon-cancelled', 'Zyta-again'];
const [REASON = '', SAYS = '', NOTE = '', ANSWER = '', SECOND_NOTE = ''] = TEXTS;

let house: RecordHouse;
let request: Request;
beforeAll(async () => {
  house = await openRecordHouse();
  const { surroundings, process } = house;
  surroundings.evidence = { ...surroundings.evidence, says: SAYS, facts: { Payer: 'Zygmunt' } };
  surroundings.answer = async () => ({ type: 'cancelled', reference: 'r1', says: ANSWER });
  request = await house.cancel(REASON, NOTE);
  // A late click is a decision too, and has a note.
  const late = { type: 'reject', note: SECOND_NOTE } as const;
  await process.usecases.decideOnRequest(request.id, late, LENA);
  const card = { kind: 'card', channel: 'C_APPROVALS', ts: '17.42', version: 1 };
  await process.store.savePosted(request.id, card, 0);

  surroundings.evidence = { ...surroundings.evidence, says: 'On hold.', facts: {} };
  surroundings.answer = async () => ({ type: 'refused', code: '12', says: 'No.' });
  await house.cancel('Another payer', 'Fine');
  await house.ask('Open still');
});
afterAll(() => house.stop());

const ERASE = ['--by', 'Olga Operator', '--why', 'The payer asked for it'];

async function found(): Promise<string[]> {
  const rows = await readTraces({ logged: [], slack: [], databaseUrl: house.database.ownerUrl });
  return [...TEXTS, 'Zygmunt'].filter((text) => rows.includes(text));
}

async function countEntries(): Promise<unknown> {
  const { rows } = await house.database.sql.query<{ n: string }>('select count(*) as n from chain');
  return rows[0]?.n;
}

describe('countersign erase', () => {
  it.each([
    ['a request that there is not', ['C-9999', ...ERASE], 'There is no request C-9999.'],
    ['a request that is open', ['C-1003', ...ERASE], 'C-1003 is pending: its text can be erased when'],
    ['what is no request', ['Zofia', ...ERASE], 'It is no request such as C-1042, no bulk and no freeze.'],
    ['nobody', ['C-1001', '--why', 'asked'], "required option '--by <name>'"],
    ['no reason', ['C-1001', '--by', 'Olga', '--why', '  '], 'It is empty.'],
  ])('refuses %s', async (_what, args, expected) => {
    const { code, told } = await house.run(['erase', ...args]);
    expect(told).toContain(expected);
    expect(code).toBe(1);
  });

  it("refuses the app's role", async () => {
    const { code, told } = await house.run(['erase', 'C-1001', ...ERASE], {
      DATABASE_OWNER_URL: house.database.url,
    });
    expect(told).toContain('permission denied for table');
    expect(code).toBe(1);
  });

  it("refuses to go on without the record's key", async () => {
    const { code, told } = await house.run(['erase', 'C-1001', ...ERASE], { COUNTERSIGN_RECORD_KEY: '' });
    expect(told).toContain('set COUNTERSIGN_RECORD_KEY');
    expect(code).toBe(1);
  });

  it('only says what it would erase, when it is asked to', async () => {
    const before = await countEntries();
    const { code, told } = await house.run(['erase', 'c1001', ...ERASE, '--dry-run']);
    expect(told).toContain('This would erase the text of 4 entries of C-1001 (1, 2, 4, 5).');
    expect(told).toContain('C_APPROVALS 17.42 (card)');
    expect(code).toBe(0);
    expect(await found()).toEqual([...TEXTS, 'Zygmunt']);
    expect(await countEntries()).toEqual(before);
  });

  it('leaves no text, in the database and in later exports, and all that the chain proves', async () => {
    const { code, told } = await house.run(['erase', 'C-1001', ...ERASE]);
    expect(told).toContain('Erased the text of 4 entries of C-1001 (1, 2, 4, 5), and recorded that.');
    expect(told).toContain('in Slack, where Countersign erases nothing');
    expect(code).toBe(0);
    expect(await found()).toEqual([]);

    const folder = await newFolder();
    await house.run(['export', '--out', folder]);
    for (const file of ['chain.jsonl', 'texts.jsonl', 'requests.csv', 'decisions.csv', 'attempts.csv']) {
      const lines = (await readLines(folder, file)).join('\n');
      expect([...TEXTS, 'Zygmunt'].filter((text) => lines.includes(text))).toEqual([]);
    }
    const verified = await verify(folder);
    expect(verified.told).toContain('Texts: 6 agree with their entries. Erasures on record: 1.');
    expect(verified.told).toContain('All of it holds.');

    const { rows } = await house.database.sql.query(
      'select body::json as body from chain order by seq desc limit 1',
    );
    expect(rows).toMatchObject([
      {
        body: {
          type: 'erasure',
          request: request.id,
          n: 6,
          data: { by: 'Olga Operator', why: 'The payer asked for it', erased: [1, 2, 4, 5] },
        },
      },
    ]);
  });

  it('leaves a request that people can still be shown', async () => {
    const { request: shown, decisions, findings } = await house.process.store.selectStory(request.id);
    expect(shown).toMatchObject({
      reason: 'erased',
      state: 'cancelled',
      evidence: { says: 'erased', facts: {} },
    });
    expect(decisions.map(({ note }) => note)).toEqual([null, null]);
    expect(findings.map(({ outcome }) => outcome.says)).toEqual(['erased']);
  });

  it('is refused where nothing is left, and takes what came later', async () => {
    const again = await house.run(['erase', 'C-1001', ...ERASE]);
    expect(again.told).toContain('The text of C-1001 was erased before.');
    expect(again.code).toBe(1);

    const late = { type: 'reject', note: NOTE } as const;
    await house.process.usecases.decideOnRequest(request.id, late, LENA);
    expect(await found()).toEqual([NOTE]);
    const { told } = await house.run(['erase', 'C-1001', ...ERASE]);
    expect(told).toContain('Erased the text of 1 entries of C-1001 (7)');
    expect(await found()).toEqual([]);
    const folder = await newFolder();
    await house.run(['export', '--out', folder]);
    expect((await verify(folder)).told).toContain('Erasures on record: 2.');
  });

  it('takes along what a look-up said, and what a person found', async () => {
    const { surroundings, process } = house;
    surroundings.answer = async () => ({ type: 'unknown', says: ANSWER });
    const { id } = await house.cancel('Fine');
    surroundings.evidence = { ...surroundings.evidence, says: SAYS };
    surroundings.now = new Date(surroundings.now.getTime() + 60_000);
    await process.usecases.lookUpUnsettled(id);
    const { digest, version } = await process.store.selectRequest(id);
    const find = { note: NOTE, saw: digest, version, openedAt: surroundings.now };
    const settled = await process.usecases.settleByPerson(id, { type: 'find_refused', ...find }, LENA);
    expect(settled.refusal).toBeUndefined();
    expect(await found()).toEqual([SAYS, NOTE, ANSWER]);

    const { code } = await house.run(['erase', `C-${settled.story.request.number}`, ...ERASE]);
    expect(code).toBe(0);
    expect(await found()).toEqual([]);
  });

  it('leaves a record that is whole', async () => {
    const { code, told } = await house.run(['verify']);
    expect(told).toContain('The record is whole');
    expect(code).toBe(0);
  });
});
