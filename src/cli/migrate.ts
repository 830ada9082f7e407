/** `countersign migrate`: brings the database that DATABASE_URL names up to date. */
import { Command } from 'commander';
import { variables } from '../config/environment.ts';
import { migrate } from '../store/migrate.ts';

export const migrateCommand = new Command('migrate')
  .description('bring the database up to date')
  .action(async () => {
    const url = variables()['DATABASE_URL'] ?? '';
    if (url === '')
      throw new Error('set DATABASE_URL to the database; an embedded one is migrated when it starts');
    const applied = await migrate(url);
    process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied ${applied.join(', ')}.\n`);
  });
