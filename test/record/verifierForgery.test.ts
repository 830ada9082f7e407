import { describe, expect, it } from 'vitest';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { createSeal } from '../../src/record/keys.ts';
import { aDay, ARecord, SEAL } from './aRecord.ts';
import { exportTo, forge, verify } from './verifying.ts';

const swap = ([a = '', b = '', c = '', ...rest]: string[]) => [a, c, b, ...rest];
const PUBLIC_KEY = ['--public-key', SEAL.publicKey];

describe('an export whose manifest was made to agree', () => {
  const forged = createSeal('bb'.repeat(32));

  it.each([
    [
      'an edit of a body',
      'chain.jsonl',
      (lines: string[]) => lines.map((line) => line.replace('U_PAVEL', 'U_OTHER')),
      'chain.jsonl, line 3 (entry 3): its hash is not that of its content',
    ],
    [
      'a swap',
      'chain.jsonl',
      swap,
      'line 2 (entry 3): it stands after entry 1: entries were cut out or swapped',
    ],
    [
      'an entry deleted',
      'chain.jsonl',
      (lines: string[]) => lines.toSpliced(4, 1),
      'line 5 (entry 6): it stands after entry 4: entries were cut out or swapped',
    ],
    ['an end cut off', 'chain.jsonl', (lines: string[]) => lines.slice(0, -1), 'it ends with entry 8'],
    [
      'a text changed',
      'texts.jsonl',
      (lines: string[]) => lines.map((line) => line.replace('Paid', 'Sold')),
      'texts.jsonl, line 1: the entry stands for another text',
    ],
    [
      'a text added',
      'texts.jsonl',
      (lines: string[]) => [...lines, ...lines.slice(-1)],
      'texts.jsonl, line 9: the entry stands for another text',
    ],
    [
      'a text taken',
      'texts.jsonl',
      (lines: string[]) => lines.slice(1),
      'texts.jsonl: of 1 entries text is missing',
    ],
    ['texts swapped', 'texts.jsonl', swap, 'texts.jsonl, line 3: no entry has its text here'],
    [
      'a forged signature',
      'heads.jsonl',
      (lines: string[]) => lines.map((line) => line.replace(/"signature":"../, '"signature":"00')),
      'heads.jsonl, line 1: its signature is forged',
    ],
    [
      'a signature by another key',
      'heads.jsonl',
      (lines: string[]) => lines.map((line) => line.replace(SEAL.key, forged.key)),
      `heads.jsonl, line 1: it is signed with the key ${forged.key}, which is none of those`,
    ],
    ['no JSON', 'chain.jsonl', (lines: string[]) => lines.map(() => '{'), 'chain.jsonl, line 1: unreadable'],
    [
      'another JSON',
      'chain.jsonl',
      (lines: string[]) => lines.map(() => 'null'),
      'WRONG: chain.jsonl, line 1',
    ],
  ])('shows %s', async (_what, file, change, expected) => {
    const folder = await exportTo(aDay().snapshot());
    await forge(folder, file, change);
    const { code, told } = await verify(folder);
    expect(told).toContain(expected);
    expect(code).toBe(1);
  });

  it('shows another beginning', async () => {
    const folder = await exportTo(aDay().snapshot());
    await forge(folder, 'chain.jsonl', (lines) => lines, { first: 2 });
    const { code, told } = await verify(folder);
    expect(told).toContain('line 1 (entry 1): manifest.json says that entry 2 is the first here');
    expect(code).toBe(1);
  });

  it('shows a beginning that was cut off and numbered anew', async () => {
    const folder = await exportTo(aDay().snapshot(6));
    const renumber = (lines: string[]) => lines.map((line, i) => line.replace(/"seq":\d/, `"seq":${i + 1}`));
    await forge(folder, 'heads.jsonl', () => []);
    await forge(folder, 'chain.jsonl', renumber, { first: 1, last: 4 });
    const { code, told } = await verify(folder);
    expect(told).toContain('line 1 (entry 1): nothing can be before the first entry of all');
    expect(code).toBe(1);
  });

  it('shows an end that was cut off with its heads, against a head from Slack', async () => {
    const record = aDay();
    const head = `9:${record.rows[8]?.hash}`;
    const folder = await exportTo(record.snapshot(1, 5), {});
    await forge(folder, 'heads.jsonl', (lines) => lines.slice(0, 1));
    expect((await verify(folder)).code).toBe(0);
    const { code, told } = await verify(folder, ['--head', head]);
    expect(told).toContain('entry 9 of the head that you gave is not here');
    expect(code).toBe(1);
  });

  it('shows an end that was cut off without its heads', async () => {
    const { code, told } = await verify(await exportTo(aDay().snapshot(1, 8)));
    expect(told).toContain('heads.jsonl, line 2: it signs entry 9, which is not here: the chain was cut');
    expect(code).toBe(1);
  });

  it('shows a chain that was written anew, by its signed heads and by a head from Slack', async () => {
    const [real, other] = [aDay(), aDay()];
    real.rows.splice(0, Infinity, ...other.rows);
    const { code, told } = await verify(await exportTo(real.snapshot()), PUBLIC_KEY);
    expect(told).toContain('it signs another hash than entry 5 has: the chain was written anew');
    expect(code).toBe(1);

    const bySlack = await verify(await exportTo(other.snapshot()), ['--head', `5:${'0'.repeat(64)}`]);
    expect(bySlack.told).toContain('entry 5 has another hash than the head that you gave');
    expect(bySlack.code).toBe(1);
  });

  it('shows a whole record of somebody else, by the public key', async () => {
    const record = new ARecord();
    record.seal = forged;
    record.cancel();
    record.sign();
    const { code, told } = await verify(await exportTo(record.snapshot()), PUBLIC_KEY);
    expect(told).toContain('it is signed with the key');
    expect(code).toBe(1);
  });
});

describe('an entry that PostgreSQL linked, and that ought not to be', () => {
  const body = {
    v: 1,
    key: SEAL.key,
    request: NO_REQUEST,
    n: 2,
    at: '2026-11-20T10:00:00.000Z',
    data: {},
    type: 'alarm',
  };

  it.each([
    ['is not canonical', (json: string) => ` ${json}`, 'its body is not in canonical form'],
    [
      'has members of its own',
      (json: string) => json.replace('"v"', '"extra":1,"v"'),
      'its body is not in canonical form',
    ],
    [
      'has one member more',
      (json: string) => json.replace('"data"', '"at2":1,"data"'),
      'its body has other members',
    ],
    [
      'has a fraction',
      (json: string) => json.replace('"v":1', '"v":1.5'),
      'it has a number that is no safe integer',
    ],
    [
      'has half a character',
      (json: string) => json.replace('{}', '{"a":"\\ud800"}'),
      'it has half a character',
    ],
    [
      'is of a later version',
      (json: string) => json.replace('"v":1', '"v":2'),
      'its body is of no known version or type',
    ],
    [
      'is of no type',
      (json: string) => json.replace('alarm', 'toString'),
      'its body is of no known version or type',
    ],
    ['has a time elsewhere', (json: string) => json.replace('.000Z', '+01:00'), 'its time is not in UTC'],
    [
      'has another number',
      (json: string) => json.replace('"n":2', '"n":3'),
      'its body is of another request or number',
    ],
    [
      'names none before it',
      (json: string) => json.replace(/\{"hash":"\w+","seq":\d\}/, 'null'),
      'every entry but the first names one',
    ],
    [
      'names one after it',
      (json: string) => json.replace('"seq":1', '"seq":2'),
      'it names entry 2 as one from before it',
    ],
    [
      'names another hash',
      (json: string) => json.replace(/"hash":"../, '"hash":"zz'),
      'it names another hash for entry 1',
    ],
  ])('%s', async (_what, change, expected) => {
    const record = new ARecord();
    const after = `{"hash":"${record.rows[0]?.hash}","seq":1}`;
    const { data: _data, ...rest } = body;
    const json = `{"after":${after},"at":"${rest.at}","data":{},"key":"${rest.key}","n":2,"request":"${NO_REQUEST}","type":"alarm","v":1}`;
    record.append(NO_REQUEST, 2, change(json));
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(expected);
    expect(code).toBe(1);
  });
});
