/** What `countersign migrate` does. */
import { databaseUrls } from '../../config/environment.ts';
import { prepareDatabase } from '../../store/roles.ts';

export async function migrate(): Promise<void> {
  const { app, owner } = databaseUrls();
  const { applied, separate } = await prepareDatabase(owner, app);
  process.stdout.write(applied.length === 0 ? 'Nothing to do.\n' : `Applied ${applied.join(', ')}.\n`);
  if (!separate)
    process.stdout.write(
      'The app owns the tables, so nothing keeps it from changing what it wrote: ' +
        'set DATABASE_OWNER_URL to the owner, and DATABASE_URL to a role of its own. ' +
        '"countersign doctor" says more.\n',
    );
}
