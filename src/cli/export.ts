/** `countersign export`: the record in a folder that an auditor can check without the database. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const exportCommand = new Command('export')
  .description('write the record into a folder that an auditor can check')
  .requiredOption('--out <folder>', 'a folder that does not exist yet')
  .option('--since <date>', 'the first day, such as 2026-11-01')
  .option('--until <date>', 'the last day, included')
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
  .action(async (given: unknown) => (await import('./run/export.ts')).exportRecord(given));

function collect(one: string, others: readonly string[]): readonly string[] {
  return [...others, one];
}
