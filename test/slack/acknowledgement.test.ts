import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { boltLogger, createLog } from '../../src/log.ts';
import { type Connection, createConnection } from '../../src/slack/connection.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';

let slack: FakeSlack;
let connection: Connection;
beforeAll(async () => {
  slack = await startFakeSlack({ transport: 'socket' });
  connection = await createConnection({
    botToken: slack.tokens.bot,
    transport: { type: 'socket', appToken: slack.tokens.app },
    apiUrl: slack.apiUrl,
    fetch,
    logger: boltLogger(createLog('silent', [])),
    onError: () => undefined,
  });
});
afterAll(async () => {
  await connection.stop();
  await slack.stop();
});

it('comes to everybody of the same moment before the work for anybody begins', async () => {
  const seen: string[] = [];
  connection.app.command('/cancel', async ({ ack, command }) => {
    await ack();
    seen.push(`work for ${command.user_id}`);
  });
  const types = (user: string) =>
    connection.app.processEvent({
      body: { command: '/cancel', user_id: user, team_id: 'T_HOME', channel_id: 'C1' },
      ack: async () => void seen.push(`answer to ${user}`),
    });
  const first = types('U_MARIA');
  // One turn of the event loop later.
  await setImmediate();
  await Promise.all([first, types('U_PAVEL')]);
  expect(seen).toEqual(['answer to U_MARIA', 'answer to U_PAVEL', 'work for U_MARIA', 'work for U_PAVEL']);
});
