/** What `countersign export` does. */
import { z } from 'zod';
import { type Exported, writeExport } from '../../export/export.ts';
import { withSnapshot } from '../../store/snapshot.ts';
import { VERSION } from '../version.ts';
import { readOptions } from './options.ts';
import { withRecordDatabase } from './recordDatabase.ts';

const Day = z.iso.date('must be a date such as 2026-11-01');

const Options = z.object({
  out: z.string(),
  since: Day.nullable().default(null),
  until: Day.nullable().default(null),
  zone: z.string(),
  account: z.array(z.string()),
});

export async function exportRecord(given: unknown): Promise<void> {
  const { out, account, ...days } = readOptions(Options, given);
  const about = { madeAt: new Date(), version: VERSION };
  const scope = { ...days, accounts: account };
  const exported = await withRecordDatabase('app', (pool) =>
    withSnapshot(pool, (snapshot) => writeExport(snapshot, out, scope, about)),
  );
  process.stdout.write(tell(out, exported));
}

function tell(folder: string, { range, files, keys, fingerprint }: Exported): string {
  const entries = range === undefined ? 'No entries' : `Entries ${range.first} to ${range.last}`;
  const rows = Object.entries(files).flatMap(([name, file]) =>
    file.rows === null ? [] : [`  ${name}: ${file.rows} rows\n`],
  );
  return [
    `${entries} are in ${folder}:\n`,
    ...rows,
    `The SHA-256 of manifest.json is ${fingerprint}.\n`,
    'Hand the public key over by another way than this folder:\n',
    ...Object.values(keys).map((key) => `  --public-key ${key}\n`),
  ].join('');
}
