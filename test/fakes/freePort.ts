import { once } from 'node:events';
import { createServer } from 'node:net';
import { portOf } from '../../src/servers.ts';

/** Of loopback, and free a moment ago, for who has to be told where to listen. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const port = portOf(probe);
  probe.close();
  await once(probe, 'close');
  return port;
}
