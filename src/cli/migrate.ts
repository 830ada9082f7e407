/** `countersign migrate`: brings the database up to date as its owner, and gives the app's role its rights. */
import { Command } from 'commander';
import { examples } from './examples.ts';
import { databaseUrls } from '../config/environment.ts';
import { prepareDatabase } from '../store/roles.ts';

export const migrateCommand = new Command('migrate')
  .description('bring the database up to date, as the owner that DATABASE_OWNER_URL names')
  .addHelpText(
    'after',
    examples(['countersign migrate', 'before the first start, and before each new version']),
  )
  .action(async () => {
    const { app, owner } = databaseUrls();
    const { applied, separate } = await prepareDatabase(owner, app);
    process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied ${applied.join(', ')}.\n`);
    if (!separate)
      process.stdout.write(
        'The app owns the tables, so nothing keeps it from changing what it wrote: ' +
          'set DATABASE_OWNER_URL to the owner, and DATABASE_URL to a role of its own. ' +
          '"countersign doctor" says more.\n',
      );
  });
