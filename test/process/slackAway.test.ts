import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startSimulators, type Simulators } from '../../sandbox/simulators.ts';
import { nameOf } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, type Process, SECRET, startProcess, Surroundings } from '../fakes/processes.ts';
import { type RunningApp, runApp } from '../fakes/runningApp.ts';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/server.ts';

/** `OUTAGE_SECONDS=90 npx vitest run test/process/slackAway.test.ts` takes its time; the way is the same. */
const OUTAGE_SECONDS = Number(process.env['OUTAGE_SECONDS'] ?? 2);
const MARIA = { team: 'T_ACME', user: 'U_MARIA' };

let database: TestDatabase;
let slack: FakeSlack;
let simulators: Simulators;
let other: Process;
let app: RunningApp;
beforeAll(async () => {
  database = await createTestDatabase();
  slack = await startFakeSlack({ transport: 'socket', waitMs: 60_000 });
  simulators = await startSimulators();
  other = await startProcess(database.url, new Surroundings());
  app = await runApp({
    slack,
    transport: 'socket',
    variables: { ...simulators.variables, DATABASE_URL: database.url, COUNTERSIGN_RECORD_KEY: SECRET },
    settings: { groups: { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA'] }, reminders: undefined },
  });
});
afterAll(async () => {
  await app.stop();
  await other.stop();
  await simulators.stop();
  await slack.stop();
  await database.stop();
});

it(
  `a Slack that is away for ${OUTAGE_SECONDS} s: the process lives, and Slack shows afterwards what happened meanwhile`,
  { timeout: 120_000 + OUTAGE_SECONDS * 1000 },
  async () => {
    const channel = slack.channel('approvals');
    const known = await ask(other, 'asked-before', MARIA);
    await channel.waitForMessage(({ text }) => text.startsWith(`${nameOf(known)}:`));

    const comeBack = slack.goAway();
    await expect.poll(() => slack.connections).toBe(0);
    await other.usecases.decideOnRequest(known.id, { type: 'withdraw' }, MARIA);
    const news = await ask(other, 'asked-meanwhile', MARIA);
    await sleep(OUTAGE_SECONDS * 1000);
    expect(app.isRunning).toBe(true);
    await comeBack();

    await channel.waitForMessage(
      ({ text }) => text.startsWith(`${nameOf(known)}:`) && text.includes('Withdrawn'),
    );
    await channel.waitForMessage(({ text }) => text.startsWith(`${nameOf(news)}:`));
    await expect.poll(() => slack.connections, { timeout: 20_000 }).toBe(1);
    await slack.person('maria').types('/cancel list mine', { in: 'general' });
    await slack.person('maria').sees.ephemeral(({ text }) => text.includes(nameOf(news)));
    expect(app.logged.filter((line) => line.includes('nobody caught'))).toEqual([]);
    app.tell('SIGTERM');
    expect(await app.ended).toBe(0);
  },
);
