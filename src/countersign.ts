/** Builds the whole of Countersign from its configuration, starts it, and stops it without losing anything. */
import { registerCommands } from '../commands/index.ts';
import { createProvider } from '../providers/index.ts';
import { checkPeople } from './config/checkPeople.ts';
import type { Config } from './config/load.ts';
import { toSummary } from './config/summarySettings.ts';
import { createHttp } from './httpClient.ts';
import { boltLogger, type Log } from './log.ts';
import { watchStore } from './monitoring/happenings.ts';
import { createMonitoring } from './monitoring/monitoring.ts';
import { watchProvider } from './monitoring/provider.ts';
import { watchFetch } from './monitoring/slackCalls.ts';
import { startTracing } from './monitoring/tracing.ts';
import { createKeyring, createSeal } from './record/keys.ts';
import { createBoard } from './slack/board.ts';
import { createConnection } from './slack/connection.ts';
import { inReadersZone, inZone } from './slack/look.ts';
import { createReadFile } from './slack/files.ts';
import { byAddress, bySlackId } from './slack/summaryPicture.ts';
import { createGroups } from './slack/groups.ts';
import { createListeners } from './slack/listeners.ts';
import { createPeople } from './slack/people.ts';
import { signIn } from './slack/signIn.ts';
import { createInTurn, SLACKS_PACES } from './slack/turns.ts';
import { openDatabase } from './store/database.ts';
import { selectGauges } from './store/gauges.ts';
import { openQueue } from './store/queue.ts';
import { createSlackFetch } from './slackFetch.ts';
import { countConnections, createPool, endPool } from './store/pool.ts';
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
  /** Where an operator's tools ask; undefined when that is not wanted. */
  readonly monitoringPort: number | undefined;
  stop(): Promise<void>;
}

const HTTP_MAX_BODY_BYTES = 256 * 1024;
/** An operator's question to the database. */
const ASK_WITHIN_MS = 3_000;

type End = () => Promise<void>;

/** @throws Error with a sentence for the operator when a part can't start; what was started is stopped again. */
export async function startCountersign(
  config: Config,
  log: Log,
  now = () => new Date(),
): Promise<Countersign> {
  const onError = (error: Error) => log.error({ err: error }, 'failed');
  /** What takes work in: it stops first, all together, so that the slowest of them says how long it takes. */
  const taking: End[] = [];
  /** What that work needs. */
  const started: End[] = [];
  const monitoring = createMonitoring(log, now);
  const { report } = monitoring;
  const stop = async () => {
    monitoring.end();
    const faults: unknown[] = [];
    const finish = (end: End) => end().catch((fault: unknown) => void faults.push(fault));
    await Promise.all(taking.splice(0).map(finish));
    for (const end of started.splice(0).toReversed()) await finish(end);
    if (faults.length > 0) throw new AggregateError(faults, 'a part did not stop in order');
  };

  try {
    // First and last, for it tells that the process starts or stops.
    if (config.tracing) started.push(await startTracing());
    const monitor = config.monitoring && (await monitoring.listen(config.monitoring));
    if (monitor !== undefined) started.push(() => monitor.stop());
    const database = await openDatabase(config.database, log);
    started.push(() => database.stop());
    const queue = await openQueue(database.url, onError);
    started.push(() => queue.stop());

    const { secret, oldSecrets } = config.record;
    const keyring = createKeyring([secret, ...oldSecrets]);
    const store = watchStore(createStore(database.pool, queue, createSeal(secret), keyring), report.happened);
    await store.transaction((records) => records.introduceKey(now()));

    const { settings, slack } = config;
    const fetch = watchFetch(createSlackFetch(), report.calledSlack);
    const { client, home } = await signIn({ ...slack, fetch, logger: boltLogger(log) });
    const http = createHttp({ timeoutMs: CALL_WITHIN_SECONDS * 1000, maxBodyBytes: HTTP_MAX_BODY_BYTES });
    const accounts = Object.entries(settings.accounts).map(([account, details]) => ({
      account,
      provider: watchProvider(
        createProvider(details, http, settings.oldAccounts.get(account)),
        report.called,
      ),
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
      people: createPeople(client, home, groups, settings.aliases, now),
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

    const connection = await createConnection({ ...slack, fetch, logger: boltLogger(log), onError });
    registerCommands(createListeners(connection.app), {
      usecases,
      accounts,
      showTime,
      readFile: createReadFile(slack.botToken, slack.apiUrl),
    });
    taking.push(() => queue.stopWork());
    queue.work(
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
      report.runJob,
    );
    const webhooks = config.webhooks && (await startWebhooks(config.webhooks, usecases.receiveWebhook, log));
    if (webhooks !== undefined) taking.push(() => webhooks.stop());
    // Last, when everything is there that an event may lead to.
    taking.push(() => connection.stop());
    const port = await connection.start();
    // Beside the pool: what watches must not wait behind what it watches.
    const beside = createPool(database.url, onError, ASK_WITHIN_MS);
    started.push(() => endPool(beside));
    monitoring.begin({
      ask: () => beside.query('select'),
      selectGauges: () => selectGauges(beside),
      isSlackConnected: () => connection.isOpen(),
      countConnections: () => countConnections(database.pool),
    });
    return {
      usecases,
      databaseUrl: database.ownerUrl,
      port,
      webhooksPort: webhooks?.port,
      monitoringPort: monitor?.port,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
