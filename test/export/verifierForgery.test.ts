import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { hashOf } from '../../src/record/entry.ts';
import { createSeal } from '../../src/record/keys.ts';
import { aDay, ARecord, SEAL } from './aRecord.ts';
import { exportTo, forge, verify } from './verifying.ts';

const swap = ([a = '', b = '', c = '', ...rest]: string[]) => [a, c, b, ...rest];
const Line = z.looseObject({ prev: z.string(), mac: z.string(), body: z.string() });
const renumber = (lines: string[]) => lines.map((line, i) => line.replace(/"seq":\d/, `"seq":${i + 1}`));
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
      // Whatever its first byte is, it becomes another.
      (lines: string[]) =>
        lines.map((line) => line.replace(/(?<="signature":")../, (byte) => (byte === '00' ? 'ff' : '00'))),
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

  it.each([
    [
      'a link to nothing',
      { prev: 'ee'.repeat(32) },
      'line 9 (entry 9): it names another hash for entry 8 than that has',
    ],
    ['an entry without a MAC', { mac: '' }, 'line 9 (entry 9): it has no MAC'],
  ])('shows %s, though its hash was computed anew', async (_what, changes, expected) => {
    const folder = await exportTo(aDay().snapshot());
    await forge(folder, 'heads.jsonl', (lines) => lines.slice(0, 1));
    await forge(folder, 'chain.jsonl', (lines) => {
      const last = { ...Line.parse(JSON.parse(lines.at(-1) ?? '')), ...changes };
      const hash = hashOf(Buffer.from(last.prev, 'hex'), Buffer.from(last.mac, 'hex'), last.body);
      return [...lines.slice(0, -1), JSON.stringify({ ...last, hash: hash.toString('hex') })];
    });
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

  it('shows that everything was cut off', async () => {
    const record = aDay();
    record.rows.length = 0;
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain('heads.jsonl, line 1: it signs entry 5, which is not here: the chain was cut');
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
