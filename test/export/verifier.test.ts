import { existsSync } from 'node:fs';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aDay, ARecord, SEAL } from './aRecord.ts';
import { edit, exportTo, forge, runVerifier, verify, VERIFIER } from './verifying.ts';

const PUBLIC_KEY = ['--public-key', SEAL.publicKey];
/** The host's own Node may be older than ours, as an auditor's may be. */
const NODES = [process.execPath, '/usr/bin/node'].filter((path) => existsSync(path));

describe('an export as it was made', () => {
  it.each(NODES)('holds, by %s', async (node) => {
    const { code, told } = await verify(await exportTo(aDay().snapshot()), PUBLIC_KEY, node);
    expect(told).toContain('All of it holds.');
    expect(told).toContain('from entry 1 to 9');
    expect(told).toContain('2 signed and');
    expect(told).toContain('2 of 2 attempts were judged');
    expect(told).not.toContain('NO PUBLIC KEY');
    expect(code).toBe(0);
  });

  it('tells what was not checked', async () => {
    const record = aDay();
    record.ask();
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain('NOTE: YOU GAVE NO PUBLIC KEY');
    expect(told).toContain("NOTE: MACs can't be checked");
    expect(told).toContain('NOTE: You gave no head from Slack');
    expect(told).toContain('NOTE: The entries after 9 are under no signed head yet.');
    expect(code).toBe(0);
  });

  it('agrees with a head from Slack', async () => {
    const record = aDay();
    const head = `7:${record.rows[6]?.hash}`;
    const { code, told } = await verify(await exportTo(record.snapshot()), ['--head', head]);
    expect(told).toContain('1 given by you');
    expect(code).toBe(0);
  });

  it('may begin with a request under way, whose law it does not judge', async () => {
    const record = aDay();
    const folder = await exportTo(record.snapshot(4), { since: '2026-11-20' });
    const { code, told } = await verify(folder, ['--head', `3:${record.rows[2]?.hash}`]);
    expect(told).toContain(`has to end with the head 3:${record.rows[2]?.hash}`);
    expect(told).toContain('1 of 2 attempts were judged');
    expect(code).toBe(0);
  });

  it('may have nothing in it, and then proves nothing', async () => {
    const { code, told } = await verify(await exportTo(aDay().snapshot(10), { since: '2026-12-01' }));
    expect(told).toContain('no entries, so it proves nothing');
    expect(code).toBe(0);
  });

  it('may lack texts, if their erasure is an entry', async () => {
    const record = aDay();
    const request = record.cancel();
    const [asked, decided, , learnt] = record.rows.slice(-4);
    for (const row of [asked, decided, learnt]) Object.assign(row ?? {}, { texts: [] });
    const silent = await verify(await exportTo(record.snapshot()));
    expect(silent.told).toContain(
      'WRONG: texts.jsonl: of 3 entries text is missing, and no erasure says why',
    );
    expect(silent.code).toBe(1);

    record.enter(request, { type: 'erasure', data: { by: 'Olga', why: 'asked to', erased: [1, 2, 4] } });
    const recorded = await verify(await exportTo(record.snapshot()));
    expect(recorded.told).toContain('Erasures on record: 1.');
    expect(recorded.code).toBe(0);
  });

  it('may not have a text that was erased', async () => {
    const record = new ARecord();
    const request = record.cancel();
    record.enter(request, { type: 'erasure', data: { by: 'Olga', why: 'asked to', erased: [1] } });
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain('chain.jsonl, line 6 (entry 6): it erases text 1 of its request, which is here');
    expect(code).toBe(1);
  });
});

describe('an export of which a file was changed', () => {
  it.each(['chain.jsonl', 'heads.jsonl', 'texts.jsonl', 'requests.csv', 'decisions.csv', 'attempts.csv'])(
    'shows that it was %s',
    async (file) => {
      const folder = await exportTo(aDay().snapshot());
      await edit(folder, file, (lines) => [...lines, ...lines.slice(-1)]);
      const { code, told } = await verify(folder);
      expect(told).toContain(`WRONG: ${file}: its SHA-256 is not the one in manifest.json`);
      expect(code).toBe(1);
    },
  );

  it.each(['heads.jsonl', 'decisions.csv'])('shows that %s is missing', async (file) => {
    const folder = await exportTo(aDay().snapshot());
    await rm(join(folder, file));
    const { code, told } = await verify(folder);
    expect(told).toContain(`WRONG: ${file}: unreadable, ENOENT`);
    expect(code).toBe(1);
  });

  it('shows that a file is in no manifest', async () => {
    const folder = await exportTo(aDay().snapshot(), { accounts: ['shop-pl'] });
    const path = join(folder, 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('decisions.csv', 'other.csv'));
    const { code, told } = await verify(folder);
    expect(told).toContain('WRONG: decisions.csv: unreadable');
    expect(code).toBe(1);
  });

  it('shows a last line that was cut off', async () => {
    const folder = await exportTo(aDay().snapshot());
    await truncate(join(folder, 'chain.jsonl'), 5000);
    const { code, told } = await verify(folder);
    expect(told).toContain('WRONG: chain.jsonl: its SHA-256');
    expect(told).toContain('WRONG: chain.jsonl: its last line is cut off');
    expect(code).toBe(1);
  });

  it('shows that the manifest counts otherwise', async () => {
    const folder = await exportTo(aDay().snapshot());
    const path = join(folder, 'manifest.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('"rows": 9', '"rows": 8'));
    const { code, told } = await verify(folder);
    expect(told).toContain('WRONG: chain.jsonl: it has 9 rows, and manifest.json says 8');
    expect(code).toBe(1);
  });

  it('shows rows that were taken out of a table', async () => {
    const folder = await exportTo(aDay().snapshot());
    await forge(folder, 'heads.jsonl', (lines) => lines);
    await forge(folder, 'decisions.csv', ([heading = '']) => [heading]);
    const { code, told } = await verify(folder);
    expect(told).toMatch(/WRONG: decisions\.csv: /);
    expect(code).toBe(1);
  });
});

describe('what is no export', () => {
  it.each([
    ['a folder without a manifest', ['/nonexistent'], 'ENOENT'],
    ['no folder', [], 'Name one folder.'],
    ['two folders', ['a', 'b'], 'Name one folder.'],
    ['a head of the wrong form', ['a', '--head', '12'], 'A head is a number, a colon and 64 hex digits.'],
    ['a public key of the wrong form', ['a', '--public-key', 'ab'], 'A public key is 64 hex digits.'],
    ['an option that there is not', ['a', '--quiet'], '--quiet'],
  ])("can't be checked: %s", async (_what, args, expected) => {
    const { code, told } = await runVerifier(VERIFIER, args);
    expect(told).toContain("This can't be checked");
    expect(told).toContain(expected);
    expect(code).toBe(2);
  });
});
