import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { DEMO_WORKSPACE } from '../../sandbox/demoWorkspace.ts';
import { type LocalSlack, startLocalSlack } from '../../sandbox/localSlack.ts';
import { type Simulators, startSimulators } from '../../sandbox/simulators.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Countersign, startCountersign } from '../../src/countersign.ts';
import { addSeconds, DAY_SECONDS } from '../../src/domain/clock.ts';
import { createLog } from '../../src/log.ts';
import { openDatabase } from '../../src/store/database.ts';
import { suspendLaw } from '../store/planting.ts';
import { type LocalSlackPage, openLocalSlack } from './localSlackPage.ts';
import { plantBadDay, plantDay } from './planting.ts';
import { picturePath, ROOT } from './startDemo.ts';

/** 09:00 in Warsaw. */
const MONDAY = new Date('2026-11-02T08:00:00Z');
/** How many requests from then on, day by day: the last is a busy Wednesday. */
const ASKED = [6, 8, 5, 9, 7, 2, 1, 8, 6, 11, 7, 9, 2, 1, 9, 8, 17];

/** @param day its number from that Monday on */
function dayOf(day: number): Date {
  return addSeconds(MONDAY, day * DAY_SECONDS);
}

function minutePastNine(day: number): Date {
  return addSeconds(dayOf(day), 60);
}

async function connect(url: string): Promise<Client> {
  const sql = new Client({ connectionString: url });
  await sql.connect();
  return sql;
}

/** Three mornings in the finance channel: after a busy day, after a quiet one, and after one on which much went wrong. */
describe('the summary, in a browser', () => {
  let localSlack: LocalSlack;
  let simulators: Simulators;
  let countersign: Countersign;
  let sql: Client;
  let slack: LocalSlackPage;
  let now = minutePastNine(ASKED.length - 1);

  beforeAll(async () => {
    localSlack = await startLocalSlack({ port: 0, ...DEMO_WORKSPACE });
    simulators = await startSimulators();
    const data = join(ROOT, '.data/summaries');
    await rm(data, { recursive: true, force: true });
    const config = await loadConfig({
      ...simulators.variables,
      COUNTERSIGN_CONFIG: join(ROOT, 'sandbox/demo.yaml'),
      COUNTERSIGN_DATA: data,
      SLACK_BOT_TOKEN: localSlack.botToken,
      SLACK_APP_TOKEN: localSlack.appToken,
      SLACK_API_URL: localSlack.slackApiUrl,
      LOG_LEVEL: 'warn',
    });
    const log = createLog('warn', config.secrets);
    // They are on record before the first summary is made.
    const database = await openDatabase(config.database, log);
    sql = await connect(database.ownerUrl);
    await suspendLaw(sql);
    for (const [day, count] of ASKED.entries()) await plantDay(sql, dayOf(day), count);
    await sql.end();
    await database.stop();

    // What is planted later is in no thread either, and nobody is to be reminded of it.
    const settings = { ...config.settings, reminders: undefined };
    countersign = await startCountersign({ ...config, settings }, log, () => now);
    sql = await connect(countersign.databaseUrl);
    slack = await openLocalSlack(localSlack.url);
  }, 120_000);
  afterAll(async () => {
    await slack.close();
    await sql.end();
    await countersign.stop();
    await simulators.stop();
    await localSlack.stop();
  });

  /** Waits for the summary that comes then. */
  async function morning(day: number, words: string): Promise<void> {
    now = minutePastNine(day);
    await countersign.usecases.tick();
    await slack.waitForText(words);
    await slack.waitForPicture();
  }
  it('of a busy day, and who signed it off', async () => {
    await slack.openChannel('finance');
    await slack.become('Felix Finance');
    await morning(ASKED.length - 1, 'Tuesday, 17 November 2026');
    await slack.press('Reviewed');
    await slack.waitForNoButton('Reviewed');

    await morning(ASKED.length, 'Wednesday, 18 November 2026');
    await slack.screenshotOfLast(await picturePath('summary-busy'));
    await slack.press('Reviewed');
    await slack.waitForNoButton('Reviewed');
    await slack.openThread('18 Nov, 00:00 CET to 19 Nov');
    await slack.waitForText('Every request that was opened or ended');
    await slack.screenshot(await picturePath('summary-thread'));
  });

  it('of a quiet day', async () => {
    await morning(ASKED.length + 1, 'Thursday, 19 November 2026');
    await slack.waitForText('A quiet day: no request was opened and none ended.');
    await slack.screenshotOfLast(await picturePath('summary-quiet'));
  });

  it('of a day on which much went wrong', async () => {
    await plantBadDay(sql, dayOf(ASKED.length + 1));
    now = addSeconds(dayOf(ASKED.length + 1), 15 * 3600);
    await slack.become('Anna Approver');
    await slack.type('/cancel freeze shop-tr Their look-ups fail since noon');
    await morning(ASKED.length + 2, 'Friday, 20 November 2026');
    await slack.waitForText('These figures do not add up');
    await slack.screenshotOfLast(await picturePath('summary-bad'));
  });
});
