/** What stands still between two readings: how the record and the queue stand, and whether the process is connected. */
import { Gauge, Registry } from '@prometheus-io/client';
import { openStates } from '../domain/request.ts';
import type { Gauges } from '../store/gauges.ts';

export interface Sources {
  /** Undefined when the database can't be reached; old figures would be taken for true, so there are none then. */
  readonly database: Gauges | undefined;
  readonly isSlackConnected: boolean;
  readonly connections: Connections;
}

/** Of this process to the database. `waiting` is whoever waits for one to be free. */
export interface Connections {
  readonly busy: number;
  readonly free: number;
  readonly waiting: number;
}

type Labels = Readonly<Record<string, string>>;

/** In Prometheus' format. Made anew each time, so that nothing is left of an earlier reading. */
export async function sayGauges({ database, isSlackConnected, connections }: Sources): Promise<string> {
  const registry = new Registry();
  function say(name: string, help: string, values: readonly (readonly [Labels, number])[]): void {
    const labelNames = Object.keys(values[0]?.[0] ?? {});
    const gauge = new Gauge({ name: `countersign_${name}`, help, labelNames, registers: [registry] });
    for (const [labels, value] of values) gauge.set(labels, value);
  }
  const sayOne = (name: string, help: string, value: number) => say(name, help, [[{}, value]]);

  sayOne('slack_connected', '1 while events of Slack can come to this process.', isSlackConnected ? 1 : 0);
  sayOne('database_up', '1 when the database answered this process.', database === undefined ? 0 : 1);
  say(
    'database_connections',
    'Connections that are busy or free, and work that is waiting for one.',
    Object.entries(connections).map(([is, count]) => [{ is }, count]),
  );
  if (database !== undefined) sayDatabase(database, say, sayOne);
  return registry.metrics();
}

function sayDatabase(
  { requests, queues, ...now }: Gauges,
  say: (name: string, help: string, values: readonly (readonly [Labels, number])[]) => void,
  sayOne: (name: string, help: string, value: number) => void,
): void {
  const inState = openStates.map((state) => ({ state, now: requests.find((one) => one.state === state) }));
  say(
    'requests',
    'Open requests.',
    inState.map((one) => [{ state: one.state }, one.now?.count ?? 0]),
  );
  say(
    'oldest_request_seconds',
    'Since the oldest open request was asked for, approved or sent, whatever came last; 0 for approved lines of a bulk.',
    inState.map((one) => [{ state: one.state }, one.now?.oldestSeconds ?? 0]),
  );
  say(
    'queue_jobs',
    'Jobs that are ready, that wait for their time, and that are worked on.',
    queues.flatMap(({ queue, ready, waiting, active }) => [
      [{ queue, is: 'ready' }, ready] as const,
      [{ queue, is: 'waiting' }, waiting] as const,
      [{ queue, is: 'active' }, active] as const,
    ]),
  );
  say(
    'queue_lag_seconds',
    'How long the oldest job that is ready has waited.',
    queues.map(({ queue, lagSeconds }) => [{ queue }, lagSeconds]),
  );
  sayOne('requests_waiting_for_person', 'A person has to look at the provider.', now.waitingForPerson);
  sayOne('requests_unannounced', 'Slack does not show their latest version.', now.unannounced);
  sayOne('summaries_unposted', 'Daily summaries that are made and not in Slack.', now.unpostedSummaries);
  sayOne('summaries_unsigned', 'Daily summaries in Slack that nobody signed off.', now.unsignedSummaries);
  sayOne('short_groups', 'Groups that lack people, so that nobody can approve some tiers.', now.shortGroups);
  sayOne('standing_freezes', 'Freezes that nobody has lifted.', now.standingFreezes);
  sayOne('chain_entries', "Entries of the record's chain.", now.chainEntries);
  sayOne('chain_unsigned_entries', 'Entries after the head that was signed last.', now.unsignedEntries);
  if (now.headAgeSeconds !== null)
    sayOne('chain_head_age_seconds', 'Since a head of the chain was signed last.', now.headAgeSeconds);
}
