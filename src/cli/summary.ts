/** `countersign summary`: the figures of a day, as they were made for the finance channel or as they are now. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const summaryCommand = new Command('summary')
  .description('show the figures of a day; exit status 1 when they do not add up')
  .argument('[date]', 'such as 2026-11-19; today so far when absent')
  .option('--json', 'as JSON, amounts in minor units')
  .addHelpText(
    'after',
    examples(
      ['countersign summary', 'of today, so far'],
      ['countersign summary 2026-11-19', 'as the finance channel got it'],
      ['countersign summary 2026-11-19 --json', 'for a program'],
    ),
  )
  .action(async (date: string | undefined, given: unknown) =>
    (await import('./run/summary.ts')).showSummary(date, given),
  );
