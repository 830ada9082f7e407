/** `countersign doctor`: what is in order, what is not, and what to do about it. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const doctorCommand = new Command('doctor')
  .description('look the whole set-up over, and say what to do; exit status 1 when something failed')
  .option('--json', 'report as JSON')
  .addHelpText(
    'after',
    examples(
      ['countersign doctor', 'everything, a line each'],
      ['countersign doctor --json', 'for CI, which fails with the exit status'],
    ),
  )
  .action(async (given: unknown) => (await import('./run/doctor.ts')).doctor(given));
