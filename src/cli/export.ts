/** `countersign export`: the record in a folder that an auditor can check without the database. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { examples } from './examples.ts';
import { z } from 'zod';
import { type Exported, writeExport } from '../export/export.ts';
import { withSnapshot } from '../store/snapshot.ts';
import { withRecordDatabase } from './recordDatabase.ts';

const Options = z.object({
  out: z.string(),
  since: z.string().nullable().default(null),
  until: z.string().nullable().default(null),
  zone: z.string(),
  account: z.array(z.string()),
});

export const exportCommand = new Command('export')
  .description('write the record into a folder that an auditor can check')
  .requiredOption('--out <folder>', 'a folder that does not exist yet')
  .option('--since <date>', 'the first day, such as 2026-11-01', readDay)
  .option('--until <date>', 'the last day, included', readDay)
  .option('--zone <zone>', 'where these days are', 'UTC')
  .option('--account <name>', 'only texts and tables of this account; may be repeated', collect, [])
  .addHelpText(
    'after',
    examples(
      [
        'countersign export --out november --since 2026-11-01 --until 2026-11-30 --zone Europe/Warsaw',
        'a month',
      ],
      ['countersign export --out shop-pl --account shop-pl', 'one account, from the first day'],
    ),
  )
  .action(async (given: unknown) => {
    const { out, account, ...days } = Options.parse(given);
    const about = { madeAt: new Date(), version: await readVersion() };
    const scope = { ...days, accounts: account };
    const exported = await withRecordDatabase('app', (pool) =>
      withSnapshot(pool, (snapshot) => writeExport(snapshot, out, scope, about)),
    );
    process.stdout.write(tell(out, exported));
  });

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

function readDay(text: string): string {
  if (!z.iso.date().safeParse(text).success)
    throw new InvalidArgumentError('It is no date such as 2026-11-01.');
  return text;
}

function collect(one: string, others: readonly string[]): readonly string[] {
  return [...others, one];
}

async function readVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
