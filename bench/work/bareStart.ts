/** The floor of a start: the same libraries, a connection to the database, and a port. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Pool } from 'pg';
import { tellMemory } from './tellMemory.ts';

const LIBRARIES = [
  '@prometheus-io/client',
  '@slack/bolt',
  '@slack/web-api',
  'fast-xml-parser',
  'pg-boss',
  'pino',
  'undici',
  'yaml',
  'zod',
];

await Promise.all(LIBRARIES.map((name) => import(name)));
const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
await pool.query('select');
const server = createServer().listen(Number(process.env['PORT']), '127.0.0.1');
await once(server, 'listening');
tellMemory();
