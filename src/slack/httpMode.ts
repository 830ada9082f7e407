/** HTTP mode: Slack calls, and signs what it says. */
import type { Server } from 'node:http';
import { HTTPReceiver, type Logger } from '@slack/bolt';
import { close, portOf } from '../servers.ts';
import type { Line } from './connection.ts';
import { EitherSecretReceiver } from './eitherSecret.ts';

export function createHttpMode(options: {
  readonly signingSecret: string;
  /** The one before, while Slack may still sign with it. */
  readonly oldSigningSecret?: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly logger: Logger;
}): Line {
  const { signingSecret, oldSigningSecret, port, host, logger } = options;
  const receiver =
    oldSigningSecret === undefined
      ? new HTTPReceiver({ signingSecret, logger })
      : new EitherSecretReceiver({ signingSecret, logger }, oldSigningSecret);
  let server:
    | Pick<Server, 'listening' | 'close' | 'closeIdleConnections' | 'closeAllConnections'>
    | undefined;
  return {
    receiver,
    isOpen: () => server?.listening ?? false,
    async start() {
      const started = await receiver.start({ port, host });
      server = started;
      return portOf(started);
    },
    // Bolt's own stop would wait for a connection that says nothing.
    async stop() {
      if (server !== undefined) await close(server);
    },
  };
}
