/** `countersign migrate`: brings the database up to date as its owner, and gives the app's role its rights. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const migrateCommand = new Command('migrate')
  .description('bring the database up to date, as the owner that DATABASE_OWNER_URL names')
  .addHelpText(
    'after',
    examples(['countersign migrate', 'before the first start, and before each new version']),
  )
  .action(async () => (await import('./run/migrate.ts')).migrate());
