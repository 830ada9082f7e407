/** Builds the whole of Countersign from its configuration, starts it, and stops it without losing anything. */
import { WebClient } from '@slack/web-api';
import { registerCommands } from '../commands/index.ts';
import { createProvider } from '../providers/index.ts';
import { checkPeople } from './config/checkPeople.ts';
import type { Config } from './config/load.ts';
import { toSummary } from './config/summarySettings.ts';
import { createHttp } from './http.ts';
import { boltLogger, type Log } from './log.ts';
import { createKeyring, createSeal } from './record/keys.ts';
import { createBoard } from './slack/board.ts';
import { createConnection } from './slack/connection.ts';
import { inReadersZone, inZone } from './slack/look.ts';
import { createReadFile } from './slack/files.ts';
import { byAddress, bySlackId } from './slack/summaryPicture.ts';
import { createGroups } from './slack/groups.ts';
import { createPeople } from './slack/people.ts';
import { createInTurn, SLACKS_PACES } from './slack/turns.ts';
import { openDatabase } from './store/database.ts';
import { startQueue, workQueue } from './store/jobs.ts';
import { createStore } from './store/store.ts';
import { createTurns } from './store/turns.ts';
import { CALL_WITHIN_SECONDS } from './usecases/dispatch.ts';
import { createTakeTurn } from './usecases/pace.ts';
import { createUsecases, type Usecases } from './usecases/usecases.ts';
import { startWebhooks } from './webhooks.ts';

export interface Countersign {
  readonly usecases: Usecases;
  /** For psql: as the owner, where the database is embedded. */
  readonly databaseUrl: string;
  /** Where HTTP mode listens; undefined in Socket Mode. */
  readonly port: number | undefined;
  /** Where web-hooks come in; undefined when they are not wanted. */
  readonly webhooksPort: number | undefined;
  stop(): Promise<void>;
}

/** A dispatch that began may need this long: a look-up, the call, and the record of its answer. */
const DISPATCH_WITHIN_MS = (2 * CALL_WITHIN_SECONDS + 15) * 1000;
const HTTP_MAX_BODY_BYTES = 256 * 1024;

/** @throws Error with a sentence for the operator when a part can't start; what was started is stopped again. */
export async function startCountersign(
  config: Config,
  log: Log,
  now = () => new Date(),
): Promise<Countersign> {
  const onError = (error: Error) => log.error({ err: error }, 'failed');
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    const faults: unknown[] = [];
    for (const end of started.splice(0).toReversed()) {
      await end().catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0) throw new AggregateError(faults, 'a part did not stop in order');
  };

  try {
    const database = await openDatabase(config.database, log);
    started.push(() => database.stop());
    const boss = await startQueue(database.url, onError);
    started.push(() => boss.stop({ graceful: true, timeout: DISPATCH_WITHIN_MS }));

    const { secret, oldSecrets } = config.record;
    const store = createStore(
      database.pool,
      boss,
      createSeal(secret),
      createKeyring([secret, ...oldSecrets]),
    );
    await store.transaction((records) => records.introduceKey(now()));

    const { settings, slack } = config;
    const client = new WebClient(slack.botToken, {
      ...(slack.apiUrl === undefined ? {} : { slackApiUrl: slack.apiUrl }),
      timeout: 10_000,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: boltLogger(log),
    });
    const home = await client.auth.test().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`Slack does not let Countersign in with SLACK_BOT_TOKEN: ${why}`, { cause: error });
    });
    const http = createHttp({ timeoutMs: CALL_WITHIN_SECONDS * 1000, maxBodyBytes: HTTP_MAX_BODY_BYTES });
    const accounts = Object.entries(settings.accounts).map(([account, details]) => ({
      account,
      provider: createProvider(details, http),
      ticket: settings.ticket,
    }));
    // A local Slack shows Slack's dates as they are written, and takes as much as comes.
    const isLocal = slack.apiUrl !== undefined;
    const showTime = isLocal ? inZone(settings.summary.zone) : inReadersZone;
    const turns = createTurns(database.pool);
    const inTurn = createInTurn(turns, isLocal ? {} : SLACKS_PACES);
    const groups = createGroups(client, inTurn, settings.groups, now);
    const unchecked = await checkPeople(settings, groups);
    if (unchecked !== undefined)
      log.warn({ err: unchecked }, 'Slack could not say whether its user groups leave enough approvers');

    const fields = new Map(accounts.map(({ account, provider }) => [account, provider.fields]));
    const usecases = createUsecases({
      store,
      people: createPeople(
        client,
        { team: home.team_id ?? '', enterprise: home.enterprise_id },
        groups,
        settings.aliases,
        now,
      ),
      board: createBoard(
        client,
        settings.channels,
        {
          showTime,
          showPicture: isLocal ? byAddress : bySlackId,
          aliases: settings.aliases,
          groups,
          fields,
          escalateTo: settings.reminders?.escalateTo ?? [],
        },
        inTurn,
      ),
      providers: new Map(accounts.map(({ account, provider }) => [account, provider])),
      policy: settings.policy,
      aliases: settings.aliases,
      ticket: settings.ticket,
      windows: settings.windows,
      deadlineSeconds: settings.deadlineSeconds,
      takeTurn: createTakeTurn(turns, (account) => ({
        everyMs: settings.bulk.everyMsOf.get(account) ?? settings.bulk.everyMs,
        burst: 1,
      })),
      pauseAfter: settings.bulk.pauseAfter,
      reminding: settings.reminders,
      summary: toSummary(settings),
      now,
    });

    const connection = await createConnection({ ...slack, logger: boltLogger(log), onError });
    registerCommands(connection.app, {
      usecases,
      accounts,
      showTime,
      readFile: createReadFile(slack.botToken, slack.apiUrl),
    });
    const port = await connection.start();
    started.push(() => connection.stop());
    await workQueue(
      boss,
      {
        dispatch: ({ request }) => usecases.dispatch(request),
        lookUp: ({ request }) => usecases.lookUpUnsettled(request),
        announce: ({ request }) => usecases.announce(request),
        dispatchBulk: ({ bulk }) => usecases.dispatchBulk(bulk),
        announceBulk: ({ bulk }) => usecases.announceBulk(bulk),
        draft: ({ draft }) => usecases.workOnDraft(draft),
        summarise: ({ kind, date }) => usecases.postSummary(kind, date),
        summaryFiles: ({ kind, date }) => usecases.shareSummaryFiles(kind, date),
        alarm: ({ account, notice }) => usecases.raiseAlarm(account, notice),
        home: ({ user }) => usecases.showHome(user),
        freeze: ({ freeze }) => usecases.announceFreeze(freeze),
        tick: () => usecases.tick(),
      },
      (error, queue) => log.error({ err: error, queue }, 'a job failed and will be tried again'),
    );
    const webhooks = config.webhooks && (await startWebhooks(config.webhooks, usecases.receiveWebhook, log));
    if (webhooks !== undefined) started.push(() => webhooks.stop());
    return { usecases, databaseUrl: database.ownerUrl, port, webhooksPort: webhooks?.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
