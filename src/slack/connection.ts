/** The Bolt app on its transport. Every option here answers a trap of the SDK. */
import { setImmediate } from 'node:timers/promises';
import { App, type Logger, type Receiver } from '@slack/bolt';
import type { FetchFunction } from '@slack/web-api';
import { FAULT_TEXT } from '../language/forms.ts';
import { type Concern, concerning } from '../monitoring/concern.ts';
import { inSpan } from '../monitoring/trace.ts';
import { createHttpMode } from './httpMode.ts';
import { Kind, Somebody } from './payloads.ts';
import { createSocketMode } from './socketMode.ts';
import { whisper } from './whisper.ts';

export type Transport =
  | { readonly type: 'socket'; readonly appToken: string }
  | {
      readonly type: 'http';
      readonly signingSecret: string;
      /** The one before, while Slack may still sign with it. */
      readonly oldSigningSecret?: string | undefined;
      readonly port: number;
      readonly host: string;
    };

/** The way by which events come: Slack calls, or is called. */
export interface Line {
  readonly receiver: Receiver;
  /** Whether events can come right now. */
  isOpen(): boolean;
  /** Resolves when events can come. In HTTP mode it tells the port. */
  start(): Promise<number | undefined>;
  /** Takes nothing new, and waits until Slack has its answer to what was taken. */
  stop(): Promise<void>;
}

export interface Connection extends Omit<Line, 'receiver'> {
  readonly app: App;
  /** Takes nothing new, and waits until what was taken is done. */
  stop(): Promise<void>;
}

/** What Bolt tells of a listener that failed. */
interface Fault {
  readonly error: Error;
  readonly context: object;
  readonly body: unknown;
}

/** How long a listener may wait for Slack. */
const TIMEOUT_MS = 10_000;

/** How long an event's work gives way to whoever is not acknowledged yet. */
const GIVES_WAY_MS = 200;

export async function createConnection(options: {
  readonly botToken: string;
  readonly transport: Transport;
  readonly apiUrl: string | undefined;
  /** For every call to Slack. It may not be replaced by headers, which Bolt would send with the wrong token. */
  readonly fetch: FetchFunction;
  readonly logger: Logger;
  readonly onError: (error: Error) => void;
}): Promise<Connection> {
  const { botToken, transport, apiUrl, fetch, logger } = options;
  const line =
    transport.type === 'http'
      ? createHttpMode({ ...transport, logger })
      : createSocketMode({ ...transport, apiUrl, fetch, logger });

  const app = new App({
    token: botToken,
    receiver: line.receiver,
    logger,
    convoStore: false,
    extendedErrorHandler: true,
    // Without it the constructor asks Slack who we are, and nothing could catch a failure.
    deferInitialization: true,
    clientOptions: {
      ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
      fetch,
      timeout: TIMEOUT_MS,
      // A post is repeated by nobody: one that timed out may have been made.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    },
  });

  answerBeforeWork(app);
  const running = createRunning();
  const concerns = new WeakMap<object, Concern>();
  app.use(({ context, body, next }) => {
    const concern: Concern = {};
    concerns.set(context, concern);
    const { type } = Kind.parse(body);
    return running.during(() => concerning(concern, () => inSpan(`slack ${type}`, {}, next)));
  });

  async function tellOfFault({ error, body }: Fault): Promise<void> {
    options.onError(error);
    const { user, channel } = Somebody.parse(body);
    if (user === undefined) return;
    const at = { channel: channel ?? null, thread: null };
    await whisper(app.client, user, at, FAULT_TEXT).catch(options.onError);
  }
  app.error((fault: Fault) =>
    running.during(() => concerning(concerns.get(fault.context) ?? {}, () => tellOfFault(fault))),
  );
  await app.init();

  return {
    app,
    isOpen: () => line.isOpen(),
    start: () => line.start(),
    async stop() {
      // Bolt's own stop waits neither for the socket nor for running listeners.
      await line.stop();
      await running.drained();
    },
  };
}

/**
 * Whoever is acknowledged lets everybody be who comes in the same moment, before the work begins; and what begins then, begins
 * one after the other.
 */
function answerBeforeWork(app: App): void {
  const processEvent = app.processEvent.bind(app);
  let come = 0;
  let begun = Promise.resolve();

  async function untilNobodyComes(end: number): Promise<void> {
    for (let before = -1; before !== come && performance.now() < end;) {
      before = come;
      // One turn of the event loop in which a connection is taken, and one in which it is read.
      await setImmediate();
      await setImmediate();
    }
  }

  app.processEvent = ({ ack, ...event }) => {
    come += 1;
    return processEvent({
      ...event,
      async ack(response) {
        await ack(response);
        const end = performance.now() + GIVES_WAY_MS;
        begun = begun.then(() => untilNobodyComes(end));
        await begun;
      },
    });
  };
}

/** The events that are being worked on. */
function createRunning() {
  const running = new Set<Promise<void>>();
  return {
    async during(work: () => Promise<void>): Promise<void> {
      const one = work();
      running.add(one);
      try {
        await one;
      } finally {
        running.delete(one);
      }
    },
    async drained(): Promise<void> {
      do {
        await Promise.allSettled(running);
        // A listener that failed is followed by the word to the person that it did.
        await setImmediate();
      } while (running.size > 0);
    },
  };
}
