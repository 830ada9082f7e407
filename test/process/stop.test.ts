import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nameOf, type Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, type Process, SECRET, startProcess, Surroundings } from '../fakes/processes.ts';
import { type RunningApp, runApp } from '../fakes/runningApp.ts';
import type { Message } from '../fakes/slack/conversations.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';
import { startSimulators, type Simulators } from '../../sandbox/simulators.ts';

const OPEN = 100;
/** When so many have their answer, the process is told to stop. */
const ANSWERED_BEFORE = 30;

describe.each(['socket', 'http'] as const)(
  'SIGTERM during a hundred open interactions over %s',
  (transport) => {
    let database: TestDatabase;
    let slack: FakeSlack;
    let simulators: Simulators;
    let asking: Process;
    let app: RunningApp;
    beforeAll(async () => {
      database = await createTestDatabase();
      slack = await startFakeSlack({ transport });
      simulators = await startSimulators();
      asking = await startProcess(database.url, new Surroundings());
      app = await runApp({
        slack,
        transport,
        variables: { ...simulators.variables, DATABASE_URL: database.url, COUNTERSIGN_RECORD_KEY: SECRET },
        settings: { groups: { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA'] }, reminders: undefined },
      });
    });
    afterAll(async () => {
      await app.stop();
      await asking.stop();
      await simulators.stop();
      await slack.stop();
      await database.stop();
    });

    async function decided(): Promise<Set<string>> {
      const { rows } = await database.sql.query<{ number: string }>(
        `select number from requests where id in (select request_id from decisions where act = 'withdraw')`,
      );
      return new Set(rows.map(({ number }) => `C-${number}`));
    }

    it(
      'loses none: what was acknowledged is on record, and nothing else is',
      { timeout: 60_000 },
      async () => {
        const buttons = new Map<string, Message>();
        for (let n = 0; n < OPEN; n += 1) {
          const request = await ask(asking, `payment-${n}`, { team: 'T_ACME', user: 'U_MARIA' });
          buttons.set(nameOf(request), postButton(slack, request));
        }

        // Slack takes its time to say who it is, so all are open at once.
        slack.breaks('users.info', { type: 'delayed', delayMs: 1_500 }, Infinity);
        const maria = slack.person('maria');
        let answered = 0;
        let decidedBefore: number | undefined;
        const acknowledged = new Set<string>();
        const clicks = [...buttons].map(async ([name, button]) => {
          try {
            await maria.presses('Withdraw', button);
            acknowledged.add(name);
          } catch {
            // Slack shows that the app did not answer.
          }
          answered += 1;
          if (answered !== ANSWERED_BEFORE) return;
          decidedBefore = (await decided()).size;
          app.tell('SIGTERM');
        });
        await Promise.all(clicks);
        expect(await app.ended).toBe(0);
        expect(decidedBefore).toBe(0);
        expect(acknowledged.size).toBeGreaterThan(0);
        expect(await decided()).toEqual(acknowledged);
      },
    );
  },
);

/** As on the card of the request, which the app may not have posted yet. */
function postButton(slack: FakeSlack, { id, digest }: Request): Message {
  return slack.workspace.conversations.post({
    channel: slack.channel('approvals').id,
    user: 'U_BOT',
    text: 'a card',
    blocks: [
      {
        type: 'actions',
        block_id: 'decide',
        elements: [
          {
            type: 'button',
            action_id: 'withdraw_request',
            text: { type: 'plain_text', text: 'Withdraw' },
            value: JSON.stringify({ id, digest }),
          },
        ],
      },
    ],
  });
}
