/** `npm run migrate`: brings the database that DATABASE_URL names up to date. */
import { variables } from './config/environment.ts';
import { migrate } from './store/migrate.ts';

const url = variables()['DATABASE_URL'] ?? '';
try {
  if (url === '')
    throw new Error('set DATABASE_URL to the database; an embedded one is migrated when it starts');
  const applied = await migrate(url);
  process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied ${applied.join(', ')}.\n`);
} catch (error) {
  process.stderr.write(`Not migrated: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
