/** The Bolt app on its transport. Every option here answers a trap of the SDK. */
import { App, HTTPReceiver, type Logger, SocketModeReceiver } from '@slack/bolt';
import type { WebClientOptions } from '@slack/web-api';
import { FAULT_TEXT } from '../language/forms.ts';
import { EitherSecretReceiver } from './eitherSecret.ts';
import { Somebody } from './payloads.ts';
import { whisper } from './whisper.ts';

export type Transport =
  | { readonly type: 'socket'; readonly appToken: string }
  | {
      readonly type: 'http';
      readonly signingSecret: string;
      /** The one before, while Slack may still sign with it. */
      readonly oldSigningSecret: string | undefined;
      readonly port: number;
      readonly host: string;
    };

export interface Connection {
  readonly app: App;
  /** Connects, and resolves when events can come. In HTTP mode it tells the port. */
  start(): Promise<number | undefined>;
  /** Takes nothing new, and waits until what was taken is done. */
  stop(): Promise<void>;
}

/** How long a listener may wait for Slack. */
const TIMEOUT_MS = 10_000;

export async function createConnection(options: {
  readonly botToken: string;
  readonly transport: Transport;
  readonly apiUrl: string | undefined;
  readonly logger: Logger;
  readonly onError: (error: Error) => void;
}): Promise<Connection> {
  const { botToken, transport, logger } = options;
  const address: WebClientOptions = options.apiUrl === undefined ? {} : { slackApiUrl: options.apiUrl };

  const receiver =
    transport.type === 'http'
      ? createHttpReceiver(transport, logger)
      : new SocketModeReceiver({
          appToken: transport.appToken,
          logger,
          // An object of its own, with the default retries: with short ones a Slack that is away for a few seconds
          // would end the process, and Bolt writes into these options.
          installerOptions: { clientOptions: { ...address } },
        });

  const app = new App({
    token: botToken,
    receiver,
    logger,
    convoStore: false,
    extendedErrorHandler: true,
    // Without it the constructor asks Slack who we are, and nothing could catch a failure.
    deferInitialization: true,
    clientOptions: {
      ...address,
      timeout: TIMEOUT_MS,
      // A post is repeated by nobody: one that timed out may have been made.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });

  const running = countRunning(app);
  app.error(async ({ error, body }: { error: Error; body: unknown }) => {
    options.onError(error);
    const { user, channel } = Somebody.parse(body);
    if (user === undefined) return;
    await whisper(app.client, user, { channel: channel ?? null, thread: null }, FAULT_TEXT).catch(
      options.onError,
    );
  });
  await app.init();

  return {
    app,
    async start() {
      if (receiver instanceof SocketModeReceiver) {
        await receiver.start();
        return undefined;
      }
      if (transport.type !== 'http') return undefined;
      const server = await receiver.start({ port: transport.port, host: transport.host });
      const listening = server.address();
      return listening === null || typeof listening === 'string' ? transport.port : listening.port;
    },
    async stop() {
      // Bolt's own stop waits neither for the socket nor for running listeners.
      if (receiver instanceof SocketModeReceiver) await receiver.client.disconnect();
      else await receiver.stop();
      await running.drained();
    },
  };
}

function createHttpReceiver(
  { signingSecret, oldSigningSecret }: Extract<Transport, { type: 'http' }>,
  logger: Logger,
): HTTPReceiver {
  const options = { signingSecret, logger };
  return oldSigningSecret === undefined
    ? new HTTPReceiver(options)
    : new EitherSecretReceiver(options, oldSigningSecret);
}

/** Counts the events that are being worked on. */
function countRunning(app: App): { drained(): Promise<void> } {
  let count = 0;
  const waiting: (() => void)[] = [];
  app.use(async ({ next }) => {
    count += 1;
    try {
      await next();
    } finally {
      count -= 1;
      if (count === 0) for (const resolve of waiting.splice(0)) resolve();
    }
  });
  return {
    async drained() {
      if (count === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      await promise;
    },
  };
}
