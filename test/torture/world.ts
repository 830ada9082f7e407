/** One world: several real processes of Countersign, a strict Slack, five simulators, and the clock of them all. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { type Simulators, startSimulators } from '../../sandbox/simulators.ts';
import { type FakeSlack, type Options, startFakeSlack } from '../fakes/slack/server.ts';
import { type Crew, startCrew } from './crew.ts';
import { judge, type Break, type Gesture } from './model.ts';
import { type Everything, readRecord } from './record.ts';
import { misshown, readTold } from './slackWitness.ts';

export interface World {
  readonly slack: FakeSlack;
  readonly simulators: Simulators;
  readonly crew: Crew;
  /** Beside the processes, as psql would have it. */
  readonly pool: Pool;
  /** Everything that people tried, in order. */
  readonly gestures: Gesture[];
  /** The app's clock, in milliseconds. */
  now(): number;
  /** Lets time pass for the app's clock and for the queue's, without waiting for it. */
  pass(seconds: number): Promise<void>;
  readRecord(): Promise<Everything>;
  /** What breaks the law right now. */
  judge(record: Everything): Break[];
  /** What is not yet in a true state, or not shown as it is. Empty when everything has come to rest. */
  unrest(record: Everything): string[];
  stop(): Promise<void>;
}

/** Of one database: as the app, and as the owner of everything. */
export interface Addresses {
  readonly url: string;
  readonly ownerUrl: string;
}

interface Setting {
  readonly database: Addresses;
  readonly size: number;
  /** Approver ids by group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly slack?: Partial<Options>;
  /** How many orders `shop-tr` has besides its stock. */
  readonly orders?: number;
  /** Files are only read from the address that Slack has for the app, so they can't be had over a wire. */
  readonly isSlackDirect?: boolean;
  /** What `countersign.yaml` says of bulks. */
  readonly bulk?: object;
  readonly prepare?: (slack: FakeSlack) => void;
}

/** Of the record's key. */
export const RECORD_SECRET = '7e'.repeat(32);

/** States in which a request may stay: all others are on the way to one of these. */
const RESTING = new Set([
  'pending',
  'accepted',
  'unknown',
  'cancelled',
  'refused',
  'rejected',
  'withdrawn',
  'expired',
  'lapsed',
]);

export async function openWorld({
  database,
  size,
  groups,
  slack: options,
  orders,
  isSlackDirect = false,
  bulk,
  prepare,
}: Setting): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-torture-'));
  const slack = await startFakeSlack({ transport: 'socket', waitMs: 2_000, ...options });
  prepare?.(slack);
  const simulators = await startSimulators(orders);
  const file = join(folder, 'countersign.yaml');
  await writeFile(file, await settingsText(slack, groups, bulk));
  const slackAddress = { SLACK_API_URL: slack.apiUrl };
  const variables = {
    ...simulators.variables,
    COUNTERSIGN_CONFIG: file,
    DATABASE_URL: database.url,
    COUNTERSIGN_RECORD_KEY: RECORD_SECRET,
    SLACK_BOT_TOKEN: slack.tokens.bot,
    SLACK_APP_TOKEN: slack.tokens.app,
    LOG_LEVEL: 'warn',
  };
  const crew = isSlackDirect
    ? await startCrew(size, variables, slackAddress)
    : await startCrew(size, { ...variables, ...slackAddress });
  const pool = new Pool({ connectionString: database.ownerUrl, max: 2, connectionTimeoutMillis: 2_000 });
  pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));

  const gestures: Gesture[] = [];
  let aheadMs = 0;
  let minuteMs = 0;
  const now = () => Date.now() + aheadMs;
  const effects = (account: string, payment: string) =>
    simulators.accounts.get(account)?.effects(payment) ?? 0;

  return {
    slack,
    simulators,
    crew,
    pool,
    gestures,
    now,
    async pass(seconds) {
      aheadMs += seconds * 1000;
      minuteMs += seconds * 1000;
      crew.setClock(aheadMs);
      await putQueueOn(pool, seconds);
      if (minuteMs < 60_000) return;
      minuteMs = 0;
      crew.members.find(({ isReady }) => isReady)?.tell({ tick: true });
    },
    readRecord: () => readRecord(pool),
    judge: (record) => judge(record, { effects, gestures, told: readTold(slack) }),
    unrest: (record) =>
      record.requests.flatMap((request) => {
        const isOverdue = request.state === 'pending' && request.deadline.getTime() <= now();
        const why =
          RESTING.has(request.state) && !isOverdue
            ? (misshown(slack, request, record) ??
              (request.isAnnounced ? undefined : 'Slack does not show its latest version'))
            : `it is still ${request.state}`;
        return why === undefined ? [] : [`C-${request.number}: ${why}`];
      }),
    async stop() {
      await crew.stop();
      await pool.end();
      await simulators.stop();
      await slack.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The queue keeps its own time in its rows; what it had planned is that much nearer now. Each slot of time that a job
 * holds is held once, so all of them go far away first and meet none on their way back.
 */
async function putQueueOn(pool: Pool, seconds: number): Promise<void> {
  const FAR = 1e9;
  for (const by of [-FAR, FAR + seconds])
    await pool.query(
      `update pgboss.job set singleton_on = singleton_on - make_interval(secs => $1)
       where singleton_on is not null`,
      [by],
    );
  await pool.query(
    `update pgboss.job set start_after = start_after - make_interval(secs => $1),
       heartbeat_on = heartbeat_on - make_interval(secs => $1)
     where state < 'completed'`,
    [seconds],
  );
}

/** The demo's accounts and policy, with these people and the channels of the fake Slack. */
async function settingsText(slack: FakeSlack, groups: Setting['groups'], bulk: object = {}): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '../../sandbox/demo.yaml'), 'utf8');
  const channels = { approvals: slack.channel('approvals').id, finance: slack.channel('finance').id };
  return stringify({ ...z.record(z.string(), z.unknown()).parse(parse(text)), channels, groups, bulk });
}
