/** The floor of a start: the same libraries, a connection to the database, and a port. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import '@prometheus-io/client';
import '@slack/bolt';
import '@slack/web-api';
import 'fast-xml-parser';
import { Pool } from 'pg';
import 'pg-boss';
import 'pino';
import 'undici';
import 'yaml';
import 'zod';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'] });
await pool.query('select');
const server = createServer().listen(Number(process.env['PORT']), '127.0.0.1');
await once(server, 'listening');
process.on('message', () => {
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ isReady: true });
