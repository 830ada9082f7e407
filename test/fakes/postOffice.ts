/** Processes of Countersign that post to a strict Slack from a database of their own; the provider is a plain object. */
import { WebClient } from '@slack/web-api';
import { nameOf, type Request } from '../../src/domain/request.ts';
import { boltLogger, createLog } from '../../src/log.ts';
import { createBoard } from '../../src/slack/board.ts';
import { inZone } from '../../src/slack/look.ts';
import { bySlackId } from '../../src/slack/summaryPicture.ts';
import { createInTurn, HOMES_A_MINUTE, MESSAGE_A_SECOND } from '../../src/slack/turns.ts';
import { createKeyring, createSeal } from '../../src/record/keys.ts';
import { openQueue, type Queue } from '../../src/store/queue.ts';
import { createPool } from '../../src/store/pool.ts';
import { createStore } from '../../src/store/store.ts';
import { createTurns } from '../../src/store/turns.ts';
import type { Store } from '../../src/usecases/ports.ts';
import type { Board } from '../../src/usecases/board.ts';
import type { Pace } from '../../src/usecases/posting.ts';
import { createUsecases, type Usecases } from '../../src/usecases/usecases.ts';
import { createTestDatabase, type TestDatabase } from './database.ts';
import { IDLE } from './idle.ts';
import { keepingFaults, SECRET, Surroundings } from './processes.ts';
import type { Message } from './slack/conversations.ts';
import { type FakeSlack, type Options, startFakeSlack } from './slack/server.ts';

export interface Clerk {
  readonly store: Store;
  readonly usecases: Usecases;
  /** What its jobs failed with. */
  readonly faults: readonly Error[];
  /** Begins to do what is in the queue. */
  work(): Promise<void>;
}

export interface PostOffice {
  readonly slack: FakeSlack;
  readonly database: TestDatabase;
  readonly surroundings: Surroundings;
  /**
   * One more process.
   * @param change what a test does to its calls.
   * @param pace how fast it posts to a channel.
   * @param homes how fast it shows Homes.
   */
  hire(change?: (board: Board) => Partial<Board>, pace?: Pace, homes?: Pace): Promise<Clerk>;
  /** What the approvals channel shows of a request, in order: `headline`, `card`, or a first sentence. */
  tells(request: Request): readonly string[];
  /** The record: what was asked, decided, sent and learnt. */
  readRecord(): Promise<unknown>;
  stop(): Promise<void>;
}

const GROUPS = { finance: ['U_PAVEL', 'U_LENA'] };
/** The fake has a message at once. */
const SETTLES_WITHIN_MS = 100;
const CHANNELS = { approvals: 'C_APPROVALS', finance: 'C_FINANCE' };
const SILENT = boltLogger(createLog('silent', []));

export async function openPostOffice(options: Partial<Options> = {}): Promise<PostOffice> {
  const slack = await startFakeSlack({ transport: 'socket', ...options });
  const database = await createTestDatabase();
  const surroundings = new Surroundings();
  const leaving: (() => Promise<void>)[] = [];

  async function hire(
    change: (board: Board) => Partial<Board> = () => ({}),
    pace = MESSAGE_A_SECOND,
    homes = HOMES_A_MINUTE,
  ): Promise<Clerk> {
    const faults: Error[] = [];
    const pool = createPool(database.url, () => undefined);
    const queue = await openQueue(database.url, (error) => faults.push(error));
    const store = createStore(pool, queue, createSeal(SECRET), createKeyring([SECRET]));
    const client = new WebClient(slack.tokens.bot, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
    });
    const groups = { rosterOf: async () => GROUPS };
    const setting = {
      showTime: inZone('UTC'),
      showPicture: bySlackId,
      groups,
      aliases: [],
      fields: new Map(),
    };
    const board = createBoard(
      client,
      CHANNELS,
      setting,
      createInTurn(createTurns(pool), { 'chat.postMessage': pace, 'views.publish': homes }),
      SETTLES_WITHIN_MS,
    );
    const world = { ...surroundings.world(store), board: { ...board, ...change(board) } };
    const usecases = createUsecases(world);
    leaving.push(async () => {
      await queue.stop();
      await pool.end();
    });
    return { store, usecases, faults, work: () => workPosts(queue, usecases, faults) };
  }

  return {
    slack,
    database,
    surroundings,
    hire,
    tells(request) {
      const all = slack.channel('approvals').messages;
      const isNamed = ({ text }: Message) => text.startsWith(`${nameOf(request)}:`);
      const threads = new Set(all.filter(isNamed).map(threadOf));
      return all
        .filter((message) => threads.has(threadOf(message)))
        .map((message) => {
          if (isNamed(message)) return threadOf(message) === message.ts ? 'headline' : 'card';
          return /^[^.]*/.exec(message.text)?.[0] ?? '';
        });
    },
    async readRecord() {
      const { rows } = await database.sql.query<Record<string, unknown>>(
        `select (select jsonb_agg(to_jsonb(r) - 'announced' order by number) from requests r) as requests,
                (select jsonb_agg(d order by id) from decisions d) as decisions,
                (select jsonb_agg(a order by id) from attempts a) as attempts,
                (select jsonb_agg(o order by id) from outcomes o) as outcomes`,
      );
      return rows;
    },
    async stop() {
      for (const leave of leaving) await leave();
      await slack.stop();
      await database.stop();
      if (slack.complaints.length > 0) throw new Error(slack.complaints.join('\n'));
    },
  };
}

function threadOf({ ts, thread_ts }: Message): string {
  return thread_ts ?? ts;
}

async function workPosts(queue: Queue, usecases: Usecases, faults: Error[]): Promise<void> {
  queue.work(
    {
      ...IDLE,
      announce: ({ request }) => usecases.announce(request),
      announceBulk: ({ bulk }) => usecases.announceBulk(bulk),
      summarise: ({ kind, date }) => usecases.postSummary(kind, date),
      summaryFiles: ({ kind, date }) => usecases.shareSummaryFiles(kind, date),
      alarm: ({ account, notice }) => usecases.raiseAlarm(account, notice),
      home: ({ user }) => usecases.showHome(user),
      freeze: ({ freeze }) => usecases.announceFreeze(freeze),
    },
    keepingFaults(faults),
  );
}
