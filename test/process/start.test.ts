import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSimulators, type Simulators } from '../../sandbox/simulators.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { SECRET } from '../fakes/processes.ts';
import { runApp } from '../fakes/runningApp.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';

describe('npm start', () => {
  let database: TestDatabase;
  let slack: FakeSlack;
  let simulators: Simulators;
  beforeAll(async () => {
    database = await createTestDatabase();
    slack = await startFakeSlack({ transport: 'socket' });
    simulators = await startSimulators();
  });
  afterAll(async () => {
    await simulators.stop();
    await slack.stop();
    await database.stop();
  });

  /** How it ends when it can't start: the code, and all that it says. */
  async function endOf(variables: Readonly<Record<string, string>>): Promise<string> {
    const all = {
      ...simulators.variables,
      DATABASE_URL: database.url,
      COUNTERSIGN_RECORD_KEY: SECRET,
      ...variables,
    };
    const settings = { groups: { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA'] }, reminders: undefined };
    const running = runApp({ slack, transport: 'socket', variables: all, settings });
    return running.then(
      async (app) => {
        await app.stop();
        return 'it runs';
      },
      (error: unknown) => String(error),
    );
  }

  it.each([
    ['a bot token that Slack does not know', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, 'with SLACK_BOT_TOKEN: '],
    [
      'an app-level token that Slack does not know',
      { SLACK_APP_TOKEN: 'xapp-wrong' },
      'with SLACK_APP_TOKEN: ',
    ],
    ['a Slack that is not there', { SLACK_API_URL: 'http://127.0.0.1:9/api/' }, 'with SLACK_BOT_TOKEN: '],
    [
      'a PostgreSQL that is not there',
      { DATABASE_URL: 'postgres://app:hush-hush@127.0.0.1:9/none' },
      'PostgreSQL cannot be reached at DATABASE_URL: ',
    ],
  ])(
    'with %s ends with one sentence and without a secret',
    { timeout: 60_000 },
    async (_what, variables, says) => {
      const end = await endOf(variables);
      const [code, said = ''] = end.split('it ended with 1: ');
      expect(code).toBe('Error: ');
      const sentences = said.split('\n').filter((line) => !line.startsWith('{'));
      expect(sentences).toEqual([expect.stringContaining(says)]);
      for (const secret of ['xoxb-wrong', 'xapp-wrong', 'hush-hush']) expect(end).not.toContain(secret);
    },
  );
});
