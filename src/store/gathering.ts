/** The way to PostgreSQL, for `stream` of a pool. */
import { Socket } from 'node:net';

/**
 * pg sends each statement by itself, which costs a system call and wakes PostgreSQL, also where many are asked at once. Here
 * what is asked in one turn of the event loop leaves together, as the documentation of `cork()` advises. It is without effect
 * over TLS, which writes past this socket.
 */
class Gathering extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}

export const gathering = (): Socket => new Gathering();
