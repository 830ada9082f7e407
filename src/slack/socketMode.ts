/**
 * Socket Mode. The connection is kept by hand: the SDK reconnects only after five seconds at the least, and when it fails
 * to, or the app stops just then, it leaves a promise that nobody can catch and that ends the process.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { type Logger, SocketModeReceiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';
import type { Line } from './connection.ts';

/** Slack answers and says hello within this, or it is tried again. */
const OPEN_WITHIN_MS = 15_000;
/** Slack may take its time to say goodbye, and nothing comes any more meanwhile. */
const CLOSE_WITHIN_MS = 5_000;
/** While Slack is away it is asked for a new connection this often at the least. */
const LONGEST_WAIT_MS = 10_000;
/** Slack waits no longer for an answer. */
const ANSWER_WITHIN_MS = 3_000;

const Envelope = z.object({ envelope_id: z.string() });
/** Slack will close this connection and wants another one to be opened, as it does every few hours. */
const Goodbye = z.object({ type: z.literal('disconnect') });

type Client = SocketModeReceiver['client'];

export function createSocketMode(options: {
  readonly appToken: string;
  readonly apiUrl: string | undefined;
  readonly fetch: FetchFunction;
  readonly logger: Logger;
}): Line {
  const { appToken, apiUrl, fetch, logger } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    // An object of its own, for the SDK writes into it; and no headers, for Bolt would put the other token there.
    installerOptions: {
      clientOptions: {
        ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
        fetch,
        timeout: OPEN_WITHIN_MS,
        retryConfig: { retries: 0 },
      },
    },
  });
  const { client } = receiver;
  const unanswered = trackUnanswered(client);
  const stopping = new AbortController();
  let isOpen = false;
  let reconnecting: Promise<void> | undefined;

  async function disconnect(): Promise<void> {
    await Promise.race([client.disconnect(), sleep(CLOSE_WITHIN_MS, undefined, { ref: false })]);
  }

  async function connect(): Promise<void> {
    try {
      await within(client.start(), OPEN_WITHIN_MS);
      isOpen = true;
    } catch (error) {
      // Something may be half open.
      await disconnect();
      // A connection that broke before it was open rejects with nothing at all.
      throw error instanceof Error ? error : new Error('the connection broke', { cause: error });
    }
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = 0; !stopping.signal.aborted; waitMs = Math.min(2 * waitMs + 500, LONGEST_WAIT_MS)) {
      try {
        await sleep(waitMs, undefined, { signal: stopping.signal });
        await connect();
        return;
      } catch (error) {
        if (!stopping.signal.aborted) logger.warn('Slack is away:', error);
      }
    }
  }

  function renew(): void {
    isOpen = false;
    if (stopping.signal.aborted) return;
    reconnecting ??= reconnect().finally(() => {
      reconnecting = undefined;
    });
  }

  return {
    receiver,
    isOpen: () => isOpen,

    async start() {
      await connect().catch((error: unknown) => {
        throw new Error(`Slack does not let Countersign in with SLACK_APP_TOKEN: ${reasonOf(error)}`, {
          cause: error,
        });
      });
      client.on('disconnected', renew);
      client.on('ws_message', (data: unknown) => {
        if (isGoodbye(data)) renew();
      });
      return undefined;
    },

    async stop() {
      await unanswered.gone();
      stopping.abort();
      await reconnecting;
      await disconnect();
      isOpen = false;
    },
  };
}

/** What Slack waits to be told: once the connection closes, nothing can be answered any more. */
function trackUnanswered(client: Client): { gone(): Promise<void> } {
  const since = new Map<string, number>();
  let tell: (() => void) | undefined;

  function forgetLate(): void {
    for (const [id, at] of since) if (performance.now() - at > ANSWER_WITHIN_MS) since.delete(id);
  }
  client.on('slack_event', (event: unknown) => {
    forgetLate();
    since.set(Envelope.parse(event).envelope_id, performance.now());
  });
  client.on('outgoing_message', (message: unknown) => {
    since.delete(Envelope.parse(message).envelope_id);
    if (since.size === 0) tell?.();
  });

  return {
    async gone() {
      forgetLate();
      if (since.size === 0) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      tell = resolve;
      await Promise.race([promise, sleep(ANSWER_WITHIN_MS, undefined, { ref: false })]);
    },
  };
}

function isGoodbye(data: unknown): boolean {
  if (typeof data !== 'string') return false;
  try {
    return Goodbye.safeParse(JSON.parse(data)).success;
  } catch {
    return false;
  }
}

async function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  const done = new AbortController();
  const late = sleep(limitMs, undefined, { signal: done.signal }).then(() => {
    throw new Error(`it took longer than ${limitMs} ms`);
  });
  // It is aborted when the work is done.
  late.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    done.abort();
    // The work may fail later, when nobody waits for it any more.
    work.catch(() => undefined);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
