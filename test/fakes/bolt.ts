/** A real Bolt app at the fake Slack, for the fake's own tests. */
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { FakeSlack, Options } from './slack/server.ts';

export interface RunningBolt {
  stop(): Promise<unknown>;
}

const logLevel = LogLevel.ERROR;

export async function startBolt(
  slack: FakeSlack,
  transport: Options['transport'],
  register: (app: App) => void,
): Promise<RunningBolt> {
  return transport === 'socket' ? startSocketMode(slack, register) : startHttp(slack, register);
}

async function startSocketMode(slack: FakeSlack, register: (app: App) => void): Promise<RunningBolt> {
  const receiver = new SocketModeReceiver({
    appToken: slack.tokens.app,
    logLevel,
    // Reconnecting waits for this long.
    clientPingTimeout: 200,
    // An object of its own: Socket Mode writes its retries into it.
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  });
  const drain = await createApp(slack, receiver, register);
  await receiver.start();
  return { stop: () => drain().then(() => receiver.client.disconnect()) };
}

async function startHttp(slack: FakeSlack, register: (app: App) => void): Promise<RunningBolt> {
  const receiver = new HTTPReceiver({
    signingSecret: slack.signingSecret,
    logLevel,
    unhandledRequestTimeoutMillis: 300,
    // As Bolt's own, without its line on the console.
    unhandledRequestHandler: ({ response }) => void response.writeHead(404).end(),
  });
  const drain = await createApp(slack, receiver, register);
  const server = await receiver.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the app has no port');
  slack.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  return { stop: () => drain().then(() => receiver.stop()) };
}

/** Resolves to what waits until the app's listeners have ended: Bolt itself stops without waiting for them. */
async function createApp(
  slack: FakeSlack,
  receiver: HTTPReceiver | SocketModeReceiver,
  register: (app: App) => void,
): Promise<() => Promise<unknown>> {
  const app = new App({
    token: slack.tokens.bot,
    receiver,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    deferInitialization: true,
    convoStore: false,
    logLevel,
  });
  await app.init();
  const work: Promise<unknown>[] = [];
  app.use(({ next }) => {
    const done = next();
    work.push(done);
    return done;
  });
  register(app);
  return () => Promise.allSettled(work);
}
