/** The examples and the README's table are what the code reads: nothing is missing in them, and nothing too much. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSettings } from '../src/config/settings.ts';
import { providerNames } from '../src/domain/provider.ts';

const read = (file: string) => readFileSync(join(import.meta.dirname, '..', file), 'utf8');
const firstGroups = (text: string, pattern: RegExp) =>
  Array.from(text.matchAll(pattern), ([, group = '']) => group).toSorted();

const settings = read('countersign.example.yaml');
const environment = firstGroups(read('src/config/environment.ts'), /^ {4}([A-Z_]+):/gm);
const references = firstGroups(settings, /: \$\{([A-Z_]+)\}/g);

/** Values of the form that the providers give. */
const filledIn = {
  ...Object.fromEntries(references.map((name) => [name, `some-${name.toLowerCase()}`])),
  PAYMENTWALL_KEY: 'f04150f73d04e47029548e526b2b12ec',
  TRANZZO_POS_ID: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
  SIBS_TERMINAL_ID: '101778',
  FREEDOMPAY_MERCHANT_ID: '123456',
};

describe('countersign.example.yaml', () => {
  it('is read without a fault when its secrets are set, and shows an account of every provider', () => {
    const result = readSettings(settings, 'countersign.example.yaml', filledIn);
    expect(result).toMatchObject({ ok: true });
    const accounts = result.ok ? Object.values(result.settings.accounts) : [];
    expect(accounts.map(({ provider }) => provider)).toEqual(providerNames);
  });

  it('misses each secret that the environment does not have, and nothing else', () => {
    const result = readSettings(settings, 'countersign.example.yaml', {});
    expect(result.ok ? [] : result.faults).toHaveLength(references.length);
  });
});

describe('.env.example', () => {
  it('names what the environment may hold and what the example settings refer to', () => {
    const named = firstGroups(read('.env.example'), /^([A-Z_]+)=/gm);
    expect(named).toEqual([...environment, ...references].toSorted());
  });
});

describe('README.md', () => {
  it('has a row for every key of the environment', () => {
    expect(firstGroups(read('README.md'), /^\| `([A-Z_]+)`/gm)).toEqual(environment);
  });
});
