/** Making a schema takes longer than all else of a query, and makes V8 forget what it knew of the ones before. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const STORE = join(import.meta.dirname, '../../src/store');
const QUERY = /\bselect(?:All|One|Optional)\(\s*[\w.]+,\s*(?<row>[\w.]+)/g;

const rows: string[] = [];
for await (const file of glob('*.ts', { cwd: STORE }))
  for (const { groups } of (await readFile(join(STORE, file), 'utf8')).matchAll(QUERY))
    rows.push(`${groups?.['row'] ?? ''} in ${file}`);

describe('the schema of a row', () => {
  it('is made once, and not at each query', () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(rows.filter((row) => row.startsWith('z.'))).toEqual([]);
  });
});
