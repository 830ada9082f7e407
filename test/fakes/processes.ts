/** Processes of Countersign on one database: real stores and queues; people, Slack and the provider are plain objects. */
import type { Pool } from 'pg';
import { DAY_SECONDS } from '../../src/domain/clock.ts';
import { anyTicket } from '../../src/domain/ticket.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Outcome, Provider } from '../../src/domain/provider.ts';
import type { Reminding } from '../../src/domain/reminders.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Window } from '../../src/domain/window.ts';
import { createKeyring, createSeal } from '../../src/record/keys.ts';
import type { RunJob } from '../../src/store/jobData.ts';
import { openQueue } from '../../src/store/queue.ts';
import { createPool } from '../../src/store/pool.ts';
import { createStore } from '../../src/store/store.ts';
import { Later } from '../../src/usecases/later.ts';
import type { Store, World } from '../../src/usecases/ports.ts';
import { createUsecases, type Usecases } from '../../src/usecases/usecases.ts';

export interface Process {
  readonly pool: Pool;
  readonly store: Store;
  readonly usecases: Usecases;
  stop(): Promise<void>;
}

export const MARIA = { team: 'T_HOME', user: 'U_MARIA' };
export const PAVEL = { team: 'T_HOME', user: 'U_PAVEL' };
export const LENA = { team: 'T_HOME', user: 'U_LENA' };

export const CANCELLED: Outcome = { type: 'cancelled', reference: 'r1', says: 'Cancelled.' };

/** Of the record's key. */
export const SECRET = 'c5'.repeat(32);

/** One approval is enough for it. */
export const ON_HOLD: Evidence = {
  standing: 'cancellable',
  says: 'On hold, not captured yet.',
  amount: { minor: 5_000n, currency: 'PLN' },
  madeAt: null,
  facts: {},
};

/** It needs two approvals. */
export const LARGE: Evidence = { ...ON_HOLD, amount: { minor: 50_000n, currency: 'PLN' } };

const posted = async () => ({ channel: 'C_APPROVALS', ts: '1.1' });

export class Surroundings {
  now = new Date();
  /** What everybody passes before Slack or the provider answers; a test makes them meet there. */
  door = async () => {};
  /** What the provider says of every payment, and what it answers to a cancellation. */
  evidence = ON_HOLD;
  answer = async (_payment: string): Promise<Outcome> => CANCELLED;
  /** What it says of single payments, where that is something else. */
  readonly evidenceOf = new Map<string, Evidence>();
  reminding: Reminding | undefined;
  readonly windows = new Map<string, Window>();
  aliases: readonly (readonly string[])[] = [];
  /** The payments that it was asked about. */
  readonly lookedUp: string[] = [];
  /** The keys of the orders that the provider was sent. */
  readonly sent: string[] = [];
  /** What the requester was shown of drafts after the first message. */
  readonly shown: object[] = [];

  /** Holds the next ones back until so many have come, so that they go on at the same moment. */
  meet(size: number): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    let come = 0;
    this.door = () => {
      come += 1;
      if (come === size) resolve();
      return promise;
    };
  }

  /** The world of one process; what is beside the store is the same for all. */
  world(store: Store): World {
    return {
      store,
      people: {
        membershipOf: async () => {
          await this.door();
          return { live: true, groups: ['finance'] };
        },
        findApprovers: async () => ({ places: [], lacking: [] }),
      },
      board: {
        postHeadline: posted,
        editHeadline: async () => true,
        postCard: posted,
        editCard: async () => true,
        postToThread: posted,
        editInThread: async () => true,
        tellRequester: posted,
        postReminder: posted,
        editReminder: async () => true,
        postCall: posted,
        editCall: async () => true,
        postSummary: posted,
        editSummary: async () => 'shown',
        shareFile: async () => undefined,
        lookAtUpload: async () => ({ type: 'not_told' }),
        removeUpload: async () => undefined,
        checkReachable: async () => undefined,
        postAlarm: posted,
        postShortage: posted,
        postFreeze: posted,
        editFreeze: async () => true,
        findPosted: async () => undefined,
        selectStanding: async () => undefined,
        remove: async () => undefined,
        linkTo: async () => undefined,
        publishHome: async () => ({ hash: null }),
        postOfBulk: posted,
        editOfBulk: async () => true,
        shareOfBulk: async () => undefined,
        postLostFile: posted,
        tellBulkRequester: posted,
        postDraft: posted,
        editDraft: async (_at, { draft: _draft, ...view }) => {
          this.shown.push(view);
          return true;
        },
        shareFaults: async () => undefined,
      },
      providers: new Map([['shop-pl', this.#provider()]]),
      policy: {
        version: 'p1',
        tiers: [
          { upTo: [{ minor: 10_000n, currency: 'PLN' }], needs: [{ group: 'finance', count: 1 }] },
          { needs: [{ group: 'finance', count: 2 }] },
        ],
      },
      aliases: this.aliases,
      ticket: anyTicket,
      windows: this.windows,
      deadlineSeconds: 8 * 3600,
      takeTurn: async () => undefined,
      pauseAfter: 3,
      reminding: this.reminding,
      summary: {
        channel: 'C_FINANCE',
        time: '09:00',
        zone: 'Europe/Warsaw',
        tracks: [{ kind: 'day', weekday: null }],
        reviewers: ['finance'],
        acceptedSeconds: DAY_SECONDS,
      },
      now: () => this.now,
    };
  }

  #provider(): Provider {
    return {
      name: 'sibs',
      fields: [{ name: 'payment', label: 'Payment', hint: 'Any.', optional: false }],
      needsAmount: true,
      horizonSeconds: 30 * DAY_SECONDS,
      readTarget: ({ payment = '' }) => ({ ok: true, target: { payment, details: {}, part: null } }),
      fillIn: ({ payment }) => ({ payment }),
      lookUp: async ({ payment }) => {
        await this.door();
        this.lookedUp.push(payment);
        return this.evidenceOf.get(payment) ?? this.evidence;
      },
      tryAccess: async () => ({ granted: 'yes' }),
      readWebhook: () => ({ authentic: false, why: 'nobody calls here' }),
      cancel: async ({ key, payment }) => {
        this.sent.push(key);
        return this.answer(payment);
      },
    };
  }
}

export async function startProcess(url: string, surroundings: Surroundings): Promise<Process> {
  const faults: Error[] = [];
  const pool = createPool(url, () => undefined);
  const queue = await openQueue(url, (error) => faults.push(error));
  const store = createStore(pool, queue, createSeal(SECRET), createKeyring([SECRET]));
  return {
    pool,
    store,
    usecases: createUsecases(surroundings.world(store)),
    async stop() {
      await queue.stop();
      await pool.end();
      if (faults.length > 0) throw new AggregateError(faults, 'the queue had trouble');
    },
  };
}

/** Runs jobs, and keeps why they failed. */
export function keepingFaults(faults: unknown[]): RunJob {
  return async (_head, work) => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Later)) faults.push(error);
      throw error;
    }
  };
}

/** Maria asks. */
export async function ask(
  { usecases }: Pick<Process, 'usecases'>,
  payment: string,
  requester = MARIA,
): Promise<Request> {
  const checked = usecases.checkAsk({ account: 'shop-pl', fields: { payment }, reason: 'Paid twice' });
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
  const asked = await usecases.askForCancellation(checked.ask, requester);
  if (asked.type !== 'made') throw new Error(`not made: ${asked.type}`);
  return asked.request;
}
