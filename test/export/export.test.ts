import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPool } from '../../src/store/pool.ts';
import { withSnapshot } from '../../src/store/snapshot.ts';
import { openRecordHouse, type RecordHouse } from './aHouse.ts';
import { ARecord, EVERYTHING } from './aRecord.ts';
import { exportTo, newFolder, readLines, verify } from './verifying.ts';

const NODES = [process.execPath, '/usr/bin/node'].filter((path) => existsSync(path));

describe('countersign export', () => {
  let house: RecordHouse;
  beforeAll(async () => {
    house = await openRecordHouse();
    await house.cancel(
      '=HYPERLINK("https://evil.example","Paid")',
      'Seen with "support", twice\n🙂 żółć\u2028.',
    );
    await house.process.store.signHead(house.surroundings.now);
    house.surroundings.now = new Date('2026-11-20T10:00:00Z');
    const { id } = await house.ask('Open still');
    await house.process.usecases.decideOnRequest(
      id,
      { type: 'reject', note: 'own' },
      { team: 'T_HOME', user: 'U_MARIA' },
    );
    await house.process.store.signHead(house.surroundings.now);
  });
  afterAll(() => house.stop());

  async function exported(...args: string[]): Promise<string> {
    const folder = await newFolder();
    const { code, told } = await house.run(['export', '--out', `${folder}/`, ...args]);
    expect(told).toContain(`are in ${folder}`);
    expect(code).toBe(0);
    return folder;
  }

  it.each(NODES)('writes what its own verifier believes, by %s', async (node) => {
    const { code, told } = await verify(await exported(), [], node);
    expect(told).toContain('from entry 1 to 7');
    expect(told).toContain('Texts: 7 agree');
    expect(told).toContain('2 signed and');
    expect(told).toContain('All of it holds.');
    expect(code).toBe(0);
  });

  it('writes tables for people, in which nothing is a formula', async () => {
    const folder = await exported();
    const [requests, decisions, attempts] = await Promise.all(
      ['requests', 'decisions', 'attempts'].map((name) => readFile(join(folder, `${name}.csv`), 'utf8')),
    );
    expect(requests).toContain('\ufeffrequest,account,provider,payment,amount,currency,part,requester');
    expect(requests).toContain(
      'C-1001,shop-pl,sibs,tx1,50.00,PLN,no,U_MARIA,T_HOME,2026-11-19T10:00:00.000Z',
    );
    expect(requests).toContain(`"'=HYPERLINK(""https://evil.example"",""Paid"")"`);
    expect(decisions).toContain(
      '3,C-1001,shop-pl,2026-11-19T10:00:00.000Z,approve,yes,,U_PAVEL,T_HOME,finance,',
    );
    expect(decisions).toContain('"Seen with ""support"", twice\n🙂 żółć\u2028.",\r\n');
    expect(decisions).toContain('7,C-1002,shop-pl,2026-11-20T10:00:00.000Z,reject,no,own_request,U_MARIA');
    expect(attempts).toContain('4,C-1001,shop-pl,2026-11-19T10:00:00.000Z,1,begun,,,,,\r\n');
    expect(attempts).toContain(
      '5,C-1001,shop-pl,2026-11-19T10:00:00.000Z,1,learnt,answer,cancelled,,r1,Cancelled.',
    );
  });

  it('says what was asked for, how much there is, and by which keys', async () => {
    const folder = await exported('--until', '2026-11-20', '--zone', 'Europe/Warsaw');
    expect(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))).toMatchObject({
      schema: 'countersign/export/1',
      since: null,
      until: '2026-11-20',
      zone: 'Europe/Warsaw',
      accounts: [],
      first: 1,
      last: 7,
      files: { 'chain.jsonl': { rows: 7 }, 'requests.csv': { rows: 2 }, 'README.txt': { rows: null } },
    });
    expect((await readdir(folder)).toSorted().join(' ')).toBe(
      'README.txt attempts.csv bulks.csv chain.jsonl decisions.csv freezes.csv heads.jsonl manifest.json refused_asks.csv requests.csv sign_offs.csv texts.jsonl verify.mjs',
    );
  });

  it('takes the days of a zone, from the first entry of them to the last', async () => {
    const first = await exported('--until', '2026-11-19');
    expect(await readLines(first, 'chain.jsonl')).toHaveLength(5);
    const second = await exported('--since', '2026-11-20');
    expect(await readLines(second, 'chain.jsonl')).toHaveLength(2);
    // The first day's 10:00 UTC is 23:00 in Auckland, and midnight in Kiritimati.
    const auckland = await exported('--since', '2026-11-20', '--zone', 'Pacific/Auckland');
    expect(await readLines(auckland, 'chain.jsonl')).toHaveLength(2);
    const kiritimati = await exported('--since', '2026-11-20', '--zone', 'Pacific/Kiritimati');
    expect(await readLines(kiritimati, 'chain.jsonl')).toHaveLength(7);

    const { told } = await verify(second, []);
    const [last = ''] = (await readLines(first, 'chain.jsonl')).slice(-1);
    const hash = /"hash":"(\w+)"\}$/.exec(last)?.[1];
    expect(told).toContain(`The export of the time before has to end with the head 5:${hash}`);
    expect(told).toContain('2 signed and');
    expect(told).toContain('All of it holds.');
  });

  it('writes an empty export of days in which nothing happened', async () => {
    const { code, told } = await verify(await exported('--since', '2027-01-01'));
    expect(told).toContain('no entries, so it proves nothing');
    expect(code).toBe(0);
  });

  it('holds the record as it was at one moment', async () => {
    const pool = createPool(house.database.url, () => undefined);
    try {
      await withSnapshot(pool, async (snapshot) => {
        const before = await snapshot.selectRange(EVERYTHING);
        await house.ask('Meanwhile');
        expect(await snapshot.selectRange(EVERYTHING)).toEqual(before);
      });
    } finally {
      await pool.end();
    }
  });

  it('holds also what somebody made unreadable, for the verifier to name', async () => {
    const { sql } = house.database;
    await sql.query('alter table chain disable trigger chain_append_only');
    for (const seq of [1, 3]) {
      const { rows } = await sql.query<{ body: string }>(
        `with before as (select body from chain where seq = $1)
         update chain set body = 'gone' from before where seq = $1 returning before.body`,
        [seq],
      );
      const folder = await exported();
      const { code, told } = await verify(folder);
      expect(told).toContain(`chain.jsonl, line ${seq} (entry ${seq}): its hash is not that of its content`);
      expect(code).toBe(1);
      await sql.query('update chain set body = $2 where seq = $1', [seq, rows[0]?.body]);
    }
    await sql.query('alter table chain enable always trigger chain_append_only');
    expect((await verify(await exported())).code).toBe(0);
  });

  it.each([
    ['an account that nobody uses', ['--account', 'shop-ua'], 'No request was ever made for shop-ua.'],
    ['what is no day', ['--since', '2026-11-31'], '--since must be a date such as 2026-11-01'],
    ['a zone that there is not', ['--since', '2026-11-20', '--zone', 'Europe/Atlantis'], 'Europe/Atlantis'],
  ])('refuses %s, and leaves nothing behind', async (_what, args, expected) => {
    const folder = await newFolder();
    const { code, told } = await house.run(['export', '--out', folder, ...args]);
    expect(told).toContain(expected);
    expect(code).toBe(1);
    expect(existsSync(folder) || existsSync(`${folder}.partial`)).toBe(false);
  });

  it('refuses a folder that exists', async () => {
    const folder = await newFolder();
    await mkdir(folder);
    const { code, told } = await house.run(['export', '--out', folder]);
    expect(told).toContain(`${folder} exists already.`);
    expect(code).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('an export of one account', () => {
  it('has the texts and tables of that account alone, and the whole chain', async () => {
    const record = new ARecord();
    record.cancel({ reason: 'Of Poland' });
    record.cancel({ reason: 'Of Turkey', account: 'shop-tr' });
    const folder = await exportTo(record.snapshot(), { accounts: ['shop-tr'] });
    expect(await readLines(folder, 'chain.jsonl')).toHaveLength(9);
    for (const file of ['texts.jsonl', 'requests.csv']) {
      const text = await readFile(join(folder, file), 'utf8');
      expect(text).toContain('Of Turkey');
      expect(text).not.toContain('Of Poland');
    }
    const { code, told } = await verify(folder);
    expect(told).toContain('Texts and tables are of shop-tr.');
    expect(told).toContain('NOTE: texts.jsonl: of 3 entries text is missing');
    expect(code).toBe(0);
  });

  it('has an entry that somebody made unreadable, for the verifier to name', async () => {
    const record = new ARecord();
    record.append(record.ask(), 2, '{"nonsense":true}');
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain('chain.jsonl, line 3 (entry 3): its body has other members');
    expect(code).toBe(1);
  });
});
