/** For tests of calls on real sockets: a server for the length of one test, and the failure of a call. */
import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type Http, type HttpCall, NoReply } from '../src/http.ts';

/** Listens on any free port of loopback until the test is over, and gives the port. */
export async function listenOn(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  });

  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Why no reply came. A reply, or any other failure, fails the test. */
export async function failureOf(http: Http, call: HttpCall): Promise<NoReply> {
  try {
    await http(call);
  } catch (error) {
    if (error instanceof NoReply) return error;
    throw error;
  }
  throw new Error('a reply came');
}
