import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Connection, createConnection } from '../../src/slack/connection.ts';
import { boltLogger, createLog } from '../../src/log.ts';
import { type FakeSlack, type Options, startFakeSlack } from '../fakes/slack/server.ts';

const PATIENCE = { timeout: 10_000 };
const silent = boltLogger(createLog('silent', []));

const running: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop();
});

interface Running {
  readonly slack: FakeSlack;
  readonly connection: Connection;
  readonly errors: Error[];
}

async function start(options: Options, register: (app: App) => void = registerHello): Promise<Running> {
  const slack = await startFakeSlack(options);
  running.push(slack);
  const errors: Error[] = [];
  const connection = await open(slack, options.transport, register, errors);
  return { slack, connection, errors };
}

async function open(
  slack: FakeSlack,
  transport: Options['transport'],
  register = registerHello,
  errors: Error[] = [],
): Promise<Connection> {
  const connection = await createConnection({
    botToken: slack.tokens.bot,
    transport:
      transport === 'socket'
        ? { type: 'socket', appToken: slack.tokens.app }
        : { type: 'http', signingSecret: slack.signingSecret, port: 0, host: '127.0.0.1' },
    apiUrl: slack.apiUrl,
    fetch,
    logger: silent,
    onError: (error) => void errors.push(error),
  });
  register(connection.app);
  running.push(connection);
  const port = await connection.start();
  if (port !== undefined) slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);
  return connection;
}

function registerHello(app: App): void {
  app.command('/hello', async ({ ack }) => ack('Hello to you'));
}

const opened = ({ calls }: FakeSlack) =>
  calls.filter(({ method }) => method === 'apps.connections.open').length;
const Said = z.union([
  z.string(),
  z.object({ text: z.string() }).transform(({ text }) => text),
  z.undefined(),
]);

async function hello({ slack }: Pick<Running, 'slack'>): Promise<string | undefined> {
  return Said.parse(await slack.person('maria').types('/hello', { in: 'general' }));
}

/** Now, and when a try that was under way would have come to its end. */
async function expectNoConnection(slack: FakeSlack): Promise<void> {
  const before = opened(slack);
  await sleep(700);
  expect(opened(slack)).toBe(before);
  await expect.poll(() => slack.connections).toBe(0);
}

describe('a connection in Socket Mode', () => {
  it('comes back by itself when Slack was away, although Slack could not be asked for a new one', async () => {
    const { slack, connection } = await start({ transport: 'socket' });
    const comeBack = slack.goAway();
    await expect.poll(() => connection.isOpen()).toBe(false);
    // Long enough for some tries, each of which the SDK would end the process for.
    await sleep(2_000);
    await comeBack();
    await expect.poll(() => connection.isOpen(), PATIENCE).toBe(true);
    expect(await hello({ slack })).toBe('Hello to you');
  });

  it('comes back when the app is refused for a while', async () => {
    const { slack, connection } = await start({ transport: 'socket' });
    const lift = slack.breaks(
      'apps.connections.open',
      { type: 'refused', error: 'internal_error' },
      Infinity,
    );
    slack.refreshConnections();
    await expect.poll(() => opened(slack), PATIENCE).toBeGreaterThan(2);
    expect(connection.isOpen()).toBe(false);
    lift();
    await expect.poll(() => connection.isOpen(), PATIENCE).toBe(true);
  });

  it('is renewed when Slack asks for it, also while Slack takes its time to close the old one', async () => {
    const { slack, connection } = await start({ transport: 'socket', goodbyeMs: 8_000 });
    slack.refreshConnections();
    await expect.poll(() => slack.connections, { timeout: 4_000 }).toBe(2);
    await expect.poll(() => connection.isOpen()).toBe(true);
    expect(await hello({ slack })).toBe('Hello to you');
  });

  it('may be renewed any number of times without a connection too many', async () => {
    const { slack, connection } = await start({ transport: 'socket' });
    for (let renewed = 2; renewed < 12; renewed += 1) {
      slack.refreshConnections();
      await expect.poll(() => opened(slack), PATIENCE).toBeGreaterThanOrEqual(renewed);
      await expect.poll(() => connection.isOpen(), PATIENCE).toBe(true);
      await expect.poll(() => slack.connections, PATIENCE).toBe(1);
    }
  });

  it('leaves everything to a second one while it is renewed', async () => {
    const { slack } = await start({ transport: 'socket' });
    await open(slack, 'socket');
    expect(slack.connections).toBe(2);
    slack.refreshConnections('next');
    const answers = [];
    while (opened(slack) < 3) answers.push(await hello({ slack }));
    expect(answers.every((answer) => answer === 'Hello to you')).toBe(true);
  });

  it('can be stopped while Slack is away', async () => {
    const { slack, connection } = await start({ transport: 'socket' });
    const comeBack = slack.goAway();
    await expect.poll(() => connection.isOpen()).toBe(false);
    await connection.stop();
    await comeBack();
    await expectNoConnection(slack);
  });

  it('can be stopped in the middle of a renewal', async () => {
    const { slack, connection } = await start({ transport: 'socket' });
    slack.breaks('apps.connections.open', { type: 'delayed', delayMs: 300 });
    slack.refreshConnections();
    await expect.poll(() => connection.isOpen()).toBe(false);
    await connection.stop();
    await expectNoConnection(slack);
  });

  it('is not opened with a token that Slack does not know, and says which', async () => {
    const slack = await startFakeSlack({ transport: 'socket' });
    running.push(slack);
    slack.breaks('apps.connections.open', { type: 'refused', error: 'invalid_auth' });
    await expect(open(slack, 'socket')).rejects.toThrow(
      /let Countersign in with SLACK_APP_TOKEN: .*invalid_auth/,
    );
  });

  it('uses the app-level token for itself alone, and the bot token for everything else', async () => {
    const { slack } = await start({ transport: 'socket' }, (app) => {
      app.command('/hello', async ({ ack, client }) => {
        await ack('Hello to you');
        await client.chat.postMessage({ channel: slack.channel('finance').id, text: 'hello' });
      });
    });
    await hello({ slack });
    await slack.waitForCall('chat.postMessage');
    slack.refreshConnections();
    await expect.poll(() => opened(slack)).toBe(2);
    expect(slack.complaints).toEqual([]);
  });
});

describe.each(['socket', 'http'] as const)('over %s', (transport) => {
  it('answers what it took before it stops, and stops when the work that came of it is done', async () => {
    const taken = Promise.withResolvers<void>();
    const ready = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const done: string[] = [];
    const { slack, connection } = await start({ transport }, (app) => {
      app.command('/hello', async ({ ack }) => {
        taken.resolve();
        await ready.promise;
        await ack('Hello to you');
        await finish.promise;
        done.push('work');
      });
    });
    const answer = hello({ slack });
    await taken.promise;
    const stopped = connection.stop().then(() => void done.push('stopped'));
    ready.resolve();
    expect(await answer).toBe('Hello to you');
    finish.resolve();
    await stopped;
    expect(done).toEqual(['work', 'stopped']);
  });

  it('stops although somebody never gets an answer', async () => {
    const taken = Promise.withResolvers<void>();
    const { slack, connection } = await start({ transport }, (app) => {
      app.command('/hello', async () => taken.resolve());
    });
    const answer = hello({ slack }).catch((error: unknown) => String(error));
    await taken.promise;
    await connection.stop();
    expect(await answer).toMatch(/dispatch_failed|operation_timeout/);
  });

  it('tells the person of a failure before it stops', async () => {
    const fail = Promise.withResolvers<void>();
    const { slack, connection, errors } = await start({ transport }, (app) => {
      app.command('/hello', async ({ ack }) => {
        await ack();
        await fail.promise;
        throw new Error('the work failed');
      });
    });
    await hello({ slack });
    slack.breaks('chat.postEphemeral', { type: 'delayed', delayMs: 200 });
    const stopped = connection.stop();
    fail.resolve();
    await stopped;
    expect(errors.map(({ message }) => message)).toEqual(['the work failed']);
    expect(slack.person('maria').ephemerals).toHaveLength(1);
  });

  it('asks Slack once who it is, however many events come', async () => {
    const { slack } = await start({ transport });
    for (let event = 0; event < 3; event += 1) await hello({ slack });
    expect(slack.calls.filter(({ method }) => method === 'auth.test')).toHaveLength(1);
  });

  it.each([
    ['fails', { type: 'http_500' }],
    ['breaks off after the post was made', { type: 'dropped_after' }],
    ['limits the app', { type: 'rate_limited', retryAfterSeconds: 30 }],
  ] as const)('repeats no post when Slack %s', async (_how, fault) => {
    const failed = Promise.withResolvers<unknown>();
    const { slack } = await start({ transport }, (app) => {
      app.command('/hello', async ({ ack, client }) => {
        await ack();
        await client.chat
          .postMessage({ channel: slack.channel('finance').id, text: 'hello' })
          .catch((error: unknown) => failed.resolve(error));
      });
    });
    slack.breaks('chat.postMessage', fault, Infinity);
    await hello({ slack });
    expect(await failed.promise).toBeInstanceOf(Error);
    expect(slack.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
  });
});

it('in HTTP mode a connection that was kept does not hold up the end', async () => {
  const slack = await startFakeSlack({ transport: 'http' });
  running.push(slack);
  const connection = await createConnection({
    botToken: slack.tokens.bot,
    transport: { type: 'http', signingSecret: slack.signingSecret, port: 0, host: '127.0.0.1' },
    apiUrl: slack.apiUrl,
    fetch,
    logger: silent,
    onError: () => undefined,
  });
  running.push(connection);
  const kept = connect((await connection.start()) ?? 0, '127.0.0.1');
  expect(connection.isOpen()).toBe(true);
  kept.write('GET /nothing HTTP/1.1\r\nhost: a\r\nconnection: keep-alive\r\n\r\n');
  await once(kept, 'data');
  const closed = once(kept, 'close');
  await connection.stop();
  await closed;
  expect(connection.isOpen()).toBe(false);
});
