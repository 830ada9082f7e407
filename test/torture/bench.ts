/**
 * The real use cases and store in this process, on a wire that can break at any query. People, Slack and the provider
 * are plain objects, so that thousands of acts take seconds.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Outcome, Provider } from '../../src/domain/provider.ts';
import type { Store, World } from '../../src/usecases/ports.ts';
import type { TestDatabase } from '../fakes/database.ts';
import { type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import type { Gesture, Told } from './witness.ts';
import { type Fate, startWire, type Wire } from './proxy.ts';

export interface Answer {
  readonly outcome: Outcome;
  /** Whether the provider carried it out, whatever it says. */
  readonly isDone: boolean;
}

/** When the connection breaks, counted in queries from now on. */
export interface Strike {
  readonly at: number;
  readonly fate: Exclude<Fate, 'pass'>;
}

/** By the first word of a payment: what it costs, in minor units. Above 10,000 in all it takes two approvals. */
const AMOUNTS = { tiny: 2_000n, small: 5_000n, large: 50_000n } as const;
export type Size = keyof typeof AMOUNTS;

/** The surroundings of the tests, with a provider that remembers each payment, and a Slack that can refuse. */
class Faulty extends Surroundings {
  nextAnswer: Answer = { outcome: { type: 'unknown', says: 'Silence.' }, isDone: false };
  slackAnswers = true;
  /** How often the provider was told to cancel something. */
  calls = 0;
  readonly effects = new Map<string, number>();

  override world(store: Store): World {
    const world = super.world(store);
    return {
      ...world,
      people: {
        ...world.people,
        membershipOf: async () =>
          this.slackAnswers
            ? { live: true, groups: ['finance'] }
            : { live: false, why: 'Slack could not be asked about you' },
      },
      providers: new Map(
        Array.from(world.providers, ([account, provider]) => [
          account,
          { ...provider, ...this.#remembering() },
        ]),
      ),
    };
  }

  #remembering(): Pick<Provider, 'lookUp' | 'cancel'> {
    return {
      lookUp: async ({ payment }) => this.#evidenceOf(payment),
      cancel: async ({ payment }) => {
        const { outcome, isDone } = this.nextAnswer;
        this.calls += 1;
        if (isDone) this.effects.set(payment, (this.effects.get(payment) ?? 0) + 1);
        return outcome;
      },
    };
  }

  #evidenceOf(payment: string): Evidence {
    const minor = AMOUNTS[sizeOf(payment)];
    return {
      standing: this.effects.has(payment) ? 'cancelled' : 'cancellable',
      says: 'As it is.',
      amount: { minor, currency: 'PLN' },
      madeAt: null,
      facts: {},
    };
  }
}

export interface Bench {
  readonly surroundings: Faulty;
  readonly process: Process;
  readonly gestures: Gesture[];
  readonly told: Told[];
  /** Does something during which the connection may break. False when it did, and the act failed. */
  during(strike: Strike | null, act: () => Promise<unknown>): Promise<boolean>;
  /** A payment that nobody had yet. */
  nextPayment(size: Size): string;
  /** As the queue would have done, which nobody works here: else each tick rings for all that ever happened. */
  announceAll(): Promise<void>;
  stop(): Promise<void>;
}

export async function startBench(database: TestDatabase): Promise<Bench> {
  const url = new URL(database.url);
  const wire = await startWire({ host: url.hostname, port: Number(url.port) }, (first) =>
    first.includes('application_name\0countersign\0'),
  );
  url.port = String(wire.port);
  const surroundings = new Faulty();
  const process = await startProcess(url.href, surroundings);
  let payments = 0;

  return {
    surroundings,
    process,
    gestures: [],
    told: [],
    async during(strike, act) {
      const trap = strike === null ? undefined : lay(wire, strike);
      try {
        await act();
        return true;
      } catch (error) {
        if (trap?.hasSprung !== true) throw error;
        await comeToAnEnd(database);
        return false;
      } finally {
        wire.traps.clear();
      }
    },
    nextPayment(size) {
      payments += 1;
      return `${size}-${payments}`;
    },
    async announceAll() {
      await database.sql.query('update requests set announced = version where announced < version');
      await database.sql.query(
        `update bulks b set announced = 1 + (
           select count(*) from bulk_acts a where a.bulk_id = b.id and a.refusal is null)`,
      );
    },
    async stop() {
      await process.stop();
      await wire.stop();
    },
  };
}

function sizeOf(payment: string): Size {
  const [size = ''] = payment.split('-');
  return size === 'tiny' || size === 'large' ? size : 'small';
}

/** For a command's name. */
export const struck = (strike: Strike | null) => (strike === null ? '' : `, ${strike.fate} at ${strike.at}`);

/** What was sent before the connection broke may be carried out still; nobody can tell what came of it before it is. */
async function comeToAnEnd({ sql }: TestDatabase): Promise<void> {
  for (;;) {
    const { rowCount } = await sql.query(
      `select from pg_stat_activity
       where datname = current_database() and application_name = 'countersign' and state <> 'idle'`,
    );
    if (rowCount === 0) return;
    await sleep(5);
  }
}

function lay(wire: Wire, { at, fate }: Strike) {
  const trap = {
    left: at,
    hasSprung: false,
    counts: () => true,
    spring() {
      trap.hasSprung = true;
      return fate;
    },
  };
  wire.traps.add(trap);
  return trap;
}
