/** Slack's end of Socket Mode: tickets, hello, pings, refreshes, and envelopes that must be acknowledged. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Changes } from './changes.ts';
import { createDeadline, type Delivery } from './delivery.ts';
import { Refusal } from './refusal.ts';
import { APP } from './workspace.ts';

const MOST_CONNECTIONS = 10;
// The client gives up when the next ping after the first is later than 30 s.
const PING_EVERY_MS = 5000;

const Ack = z.object({ envelope_id: z.string(), payload: z.unknown() });

export interface SocketMode extends Delivery {
  readonly connections: number;
  /** For `apps.connections.open`: a path with a ticket that opens one connection. */
  makePath(): string;
  accept(incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Asks every connection to reconnect, or the one that would be next, as Slack does every few hours. */
  refresh(which: 'all' | 'next'): void;
  /** Every connection breaks, without a word. */
  drop(): void;
}

/** @param goodbyeMs how long it takes Slack to close a connection that it has replaced. */
export function createSocketMode(
  { ackWithinMs, goodbyeMs }: { readonly ackWithinMs: number; readonly goodbyeMs: number },
  changes: Changes,
  complain: (complaint: string) => void,
): SocketMode {
  const server = new WebSocketServer({ noServer: true });
  const withinDeadline = createDeadline(ackWithinMs);
  const tickets = new Set<string>();
  const awaited = new Map<string, (payload: unknown) => void>();
  const connected = new Set<WebSocket>();
  /** Told to reconnect: nothing is sent there any more. */
  const leaving = new WeakSet<WebSocket>();
  const pinging = setInterval(() => {
    for (const connection of connected) connection.ping();
  }, PING_EVERY_MS);

  function welcome(connection: WebSocket): void {
    connected.add(connection);
    connection.on('message', (data: Buffer) => receive(data.toString()));
    connection.on('close', () => {
      connected.delete(connection);
      changes.announce();
    });
    send(connection, {
      type: 'hello',
      num_connections: connected.size,
      connection_info: { app_id: APP.id },
      debug_info: { host: 'fake', approximate_connection_time: 18_060 },
    });
    changes.announce();
  }

  function receive(text: string): void {
    const ack = Ack.parse(JSON.parse(text));
    const resolve = awaited.get(ack.envelope_id);
    if (resolve === undefined)
      complain(`acknowledged an envelope that was late or unknown: ${ack.envelope_id}`);
    awaited.delete(ack.envelope_id);
    resolve?.(ack.payload);
  }

  return {
    get connections() {
      return connected.size;
    },

    makePath() {
      if (connected.size >= MOST_CONNECTIONS) throw new Refusal('too_many_websockets');
      const ticket = randomUUID();
      tickets.add(ticket);
      return `/link?ticket=${ticket}`;
    },

    accept(incoming, socket, head) {
      const ticket = new URL(incoming.url ?? '/', 'ws://slack').searchParams.get('ticket');
      if (ticket === null || !tickets.delete(ticket)) socket.destroy();
      else server.handleUpgrade(incoming, socket, head, welcome);
    },

    async deliver(envelope, payload) {
      // The connections take turns.
      const connection = [...connected].find((one) => !leaving.has(one));
      if (connection === undefined) throw new Error('dispatch_failed: the app has no Socket Mode connection');
      connected.delete(connection);
      connected.add(connection);

      const id = randomUUID();
      const ack = Promise.withResolvers<unknown>();
      awaited.set(id, ack.resolve);
      send(connection, {
        envelope_id: id,
        type: envelope,
        payload,
        accepts_response_payload: envelope !== 'events_api',
      });
      try {
        const answer = await withinDeadline(ack.promise);
        // The client turns an empty ack into an empty object.
        return JSON.stringify(answer) === '{}' ? undefined : answer;
      } finally {
        awaited.delete(id);
      }
    },

    refresh(which) {
      for (const connection of [...connected].slice(0, which === 'next' ? 1 : undefined)) {
        leaving.add(connection);
        send(connection, { type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'fake' } });
        if (goodbyeMs > 0) {
          connection.pause();
          setTimeout(() => connection.resume(), goodbyeMs).unref();
        }
      }
    },

    drop() {
      for (const connection of connected) connection.terminate();
    },

    async stop() {
      clearInterval(pinging);
      await Promise.all(
        [...connected].map((connection) => {
          const closed = once(connection, 'close');
          connection.terminate();
          return closed;
        }),
      );
      server.close();
    },
  };
}

function send(connection: WebSocket, message: object): void {
  connection.send(JSON.stringify(message));
}
