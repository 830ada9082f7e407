/** The beginning and the end of every HTTP server: it tells its port, and answers what it took before it is gone. */
import { once } from 'node:events';
import type { Server } from 'node:http';

/** Whoever is still connected after this long gets no answer any more. */
const CLOSE_WITHIN_MS = 10_000;

/** @returns the port, also where the system chose it. */
export async function listen(
  server: Server,
  where: { readonly port: number; readonly host: string },
): Promise<number> {
  server.listen(where.port, where.host);
  await once(server, 'listening');
  return portOf(server);
}

/** @throws Error when it does not listen on a port */
export function portOf(server: Pick<Server, 'address'>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server listens on no port');
  return address.port;
}

/** Takes nothing new, and waits until what was taken is answered. */
export async function close(
  server: Pick<Server, 'close' | 'closeIdleConnections' | 'closeAllConnections'>,
): Promise<void> {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  // It may be closed already.
  server.close(() => resolve());
  server.closeIdleConnections();
  // A connection that says nothing would keep the server open for ever.
  const impatience = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
  await closed;
  clearTimeout(impatience);
}
