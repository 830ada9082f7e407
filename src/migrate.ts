/** `npm run migrate`: brings the database that DATABASE_URL names up to date. */
import { variables } from './config/environment.ts';
import { migrate } from './store/migrate.ts';

const url = variables()['DATABASE_URL'];
if (url === undefined || url === '') {
  process.stderr.write(
    'Set DATABASE_URL to the database to migrate. (An embedded one migrates itself at the start.)\n',
  );
  process.exitCode = 1;
} else {
  const applied = await migrate(url);
  process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied ${applied.join(', ')}.\n`);
}
