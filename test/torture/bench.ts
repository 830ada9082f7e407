/**
 * The real use cases and store in this process, on a wire that can break at any query. People, Slack and the provider
 * are plain objects, so that thousands of acts take seconds.
 */
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Outcome, Provider } from '../../src/domain/provider.ts';
import type { Store, World } from '../../src/usecases/ports.ts';
import { type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import type { Gesture, Told } from './model.ts';
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

const LARGE = 'large';

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
    const minor = payment.startsWith(LARGE) ? 50_000n : 5_000n;
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
  /** A payment that nobody had yet; a large one needs two approvals. */
  nextPayment(isLarge: boolean): string;
  stop(): Promise<void>;
}

export async function startBench(databaseUrl: string): Promise<Bench> {
  const url = new URL(databaseUrl);
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
        return false;
      } finally {
        wire.traps.clear();
      }
    },
    nextPayment(isLarge) {
      payments += 1;
      return `${isLarge ? LARGE : 'small'}${payments}`;
    },
    async stop() {
      await process.stop();
      await wire.stop();
    },
  };
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
