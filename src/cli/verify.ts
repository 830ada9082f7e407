/** `countersign verify`: whether anybody changed the record, and whether it kept the law. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const verifyCommand = new Command('verify')
  .description('check the record; exit status 1 when it is broken, 2 when it could not be checked')
  .option('--slack', 'compare the heads that were posted in the finance channel, too')
  .option('--json', 'report as JSON')
  .addHelpText(
    'after',
    examples(
      ['countersign verify', 'the whole record'],
      ['countersign verify --slack --json', 'also against what was posted, for a program'],
    ),
  )
  .action(async (given: unknown) => (await import('./run/verify.ts')).verify(given));
