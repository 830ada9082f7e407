/** A process that starts an embedded PostgreSQL, tells where it is, and stays until it is killed. */
import { startEmbeddedPostgres } from '../../src/store/embedded.ts';

const [folder = ''] = process.argv.slice(2);
const { url } = await startEmbeddedPostgres(folder);
process.send?.(url);
