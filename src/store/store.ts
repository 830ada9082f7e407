/** The record on Postgres: every query of this folder behind the use cases' port, inside a transaction or not. */
import { setImmediate } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Job } from '../usecases/job.ts';
import type { Records, Store } from '../usecases/ports.ts';
import type { Keyring, Seal } from '../record/keys.ts';
import { sayFault } from '../record/report.ts';
import { createAlone } from './alone.ts';
import * as attempts from './attempts.ts';
import { createBulkRecords } from './bulkRecords.ts';
import * as chain from './chain.ts';
import * as decisions from './decisions.ts';
import * as deliveries from './deliveries.ts';
import { selectFigures } from './figures.ts';
import * as freezes from './freezes.ts';
import * as homes from './homes.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { selectPage } from './lists.ts';
import * as messages from './messages.ts';
import { selectNeglected } from './neglected.ts';
import { selectNeglectedBulks } from './neglectedBulks.ts';
import { selectNeglectedSummaries } from './neglectedSummaries.ts';
import * as notices from './notices.ts';
import * as past from './past.ts';
import { type Queryable, withPatience } from './pool.ts';
import { createTogether, withTransaction } from './transaction.ts';
import { selectSealed } from './recordSource.ts';
import type { Queue } from './queue.ts';
import * as refusedAsks from './refusedAsks.ts';
import * as reminders from './reminders.ts';
import * as requests from './requests.ts';
import * as shortages from './shortages.ts';
import { createSummaryFileRecords, selectNeglectedFiles } from './summaryFiles.ts';
import { createSummaryRecords } from './summaryRecords.ts';
import * as watchers from './watchers.ts';

/** How long something that is known nowhere else waits for the database to come back. */
const PATIENCE_MS = 60_000;

/** @param seal writes the chain of the record. @param keyring reads it, also what older keys wrote. */
export function createStore(pool: Pool, queue: Queue, seal: Seal, keyring: Keyring): Store {
  const pen = { seal, keyring, signHead: chain.createSignHead(seal) };
  let written = 0;
  async function transaction<T>(work: (records: Records) => Promise<T>): Promise<T> {
    const sent = new Set<Job['name']>();
    const { ledger: linked, result } = await withTransaction(
      pool,
      async (db) => {
        const ledger = createLedger(db, seal, written);
        const jobs = createJobs(queue, db, (name) => sent.add(name));
        return { ledger, result: await work(createRecords(db, pen, ledger, jobs)) };
      },
      ({ ledger }) => ledger.link(),
    );
    // Now that it is committed.
    written = Math.max(written, linked.last ?? 0);
    queue.look([...sent]);
    return result;
  }

  const together = createTogether(pool);
  const createSingle = (db: Queryable) =>
    createRecords(
      db,
      pen,
      outsideOfTransactions,
      createJobs(queue, db, (name) => queue.look([name])),
    );
  const { alone, holding } = createAlone(pool);
  return {
    ...createSingle(together),
    transaction,
    persist: (work) => withPatience(() => transaction(work), PATIENCE_MS),
    alone,
    holding: (name, work) => holding(name, (db) => work(createSingle(db))),
    selectFigures: (period, wanted) => selectFigures(pool, period, wanted),
  };
}

type Jobs = Pick<Records, 'enqueue' | 'ring'>;

/** @param sent told of each queue to which a job was sent that is due. */
function createJobs(queue: Queue, db: Queryable, sent: (name: Job['name']) => void): Jobs {
  return {
    async enqueue(job) {
      await queue.send(db, job);
      const { name, afterSeconds } = { afterSeconds: 0, ...job };
      if (afterSeconds === 0) sent(name);
    },
    async ring(job) {
      await queue.ring(db, job);
      sent(job.name);
    },
  };
}

function refuse(): never {
  throw new Error('the record is written in transactions only');
}
const outsideOfTransactions: Ledger = {
  foresee: refuse,
  foreseen: refuse,
  nextNumber: refuse,
  nextNumbers: refuse,
  enter: refuse,
};

/** What seals entries, reads them again, and signs heads. */
interface Pen {
  readonly seal: Seal;
  readonly keyring: Keyring;
  readonly signHead: chain.SignHead;
}

function createRecords(db: Queryable, { seal, keyring, signHead }: Pen, ledger: Ledger, jobs: Jobs): Records {
  return {
    ...jobs,
    ...createBulkRecords(db, ledger),
    ...createSummaryRecords(db, ledger),
    ...createSummaryFileRecords(db),
    insertRequest: (frozen, digest) => requests.insertRequest(db, ledger, frozen, digest),
    lockRequest: async (id) => {
      const [request] = await Promise.all([requests.lockRequest(db, id), ledger.foresee(id)]);
      return request;
    },
    lockStory: async (id) => {
      const [, , story] = await Promise.all([
        requests.holdRequest(db, id),
        ledger.foresee(id),
        decisions.selectStory(db, id),
      ]);
      return story;
    },
    selectRequest: (id) => requests.selectRequest(db, id),
    selectOptionalRequest: (number) => requests.selectOptionalRequest(db, number),
    selectOpenRequest: (account, payment) => requests.selectOpenRequest(db, account, payment),
    selectOpenRequestByKey: (account, key) => requests.selectOpenRequestByKey(db, account, key),
    selectPage: (list, cursor, limit) => selectPage(db, list, cursor, limit),
    selectKnownPayments: (words) => requests.selectKnownPayments(db, words),
    sumCancelled: (account, payment) => requests.sumCancelled(db, account, payment),
    moveRequest: (request, state) => requests.moveRequest(db, request, state),
    selectOverdue: (now) => requests.selectOverdue(db, now),
    insertRefusedAsk: (refused) => refusedAsks.insertRefusedAsk(db, ledger, refused),
    insertDecision: (request, decision) => decisions.insertDecision(db, ledger, request, decision),
    selectStory: (id) => decisions.selectStory(db, id),
    lockFreezes: (options) => freezes.lockFreezes(db, options?.alone ?? false),
    selectFreezes: (since) => freezes.selectFreezes(db, since ?? null),
    selectFreeze: (id) => freezes.selectFreeze(db, id),
    selectOptionalFreeze: (number) => freezes.selectOptionalFreeze(db, number),
    insertFreeze: (freeze) => freezes.insertFreeze(db, ledger, freeze),
    insertLift: (lift) => freezes.insertLift(db, ledger, lift),
    touchStopped: (freeze) => freezes.touchStopped(db, freeze),
    selectStoppedBulks: (freeze) => freezes.selectStoppedBulks(db, freeze),
    markFreezeAnnounced: (id, version) => freezes.markFreezeAnnounced(db, id, version),
    async selectContext(request, after) {
      const [seen, ofPayment, ofRequester] = await Promise.all([
        watchers.selectWatchers(db, request.id, after),
        past.selectPastOfPayment(db, request),
        past.selectPastOfRequester(db, request),
      ]);
      return { watchers: seen, ofPayment, ofRequester };
    },
    saveWatcher: (request, watcher) => watchers.saveWatcher(db, request, watcher),
    deleteWatcher: (request, person, after) => watchers.deleteWatcher(db, request, person, after),
    selectOverwatched: (until) => watchers.selectOverwatched(db, until),
    deleteOverdueWatchers: (request, until) => watchers.deleteOverdueWatchers(db, request, until),
    selectSealed: async (id) => {
      const verify = await selectSealed(db, keyring, id);
      return async () => {
        // Statements leave at the end of a turn of the event loop, and this takes a millisecond of one.
        await setImmediate();
        return verify().map(sayFault);
      };
    },
    insertAttempt: (request, startedAt) => attempts.insertAttempt(db, ledger, request, startedAt),
    selectLastAttempt: (request) => attempts.selectLastAttempt(db, request),
    selectAttempts: (request) => attempts.selectAttempts(db, request),
    insertFinding: (attempt, finding) => attempts.insertFinding(db, ledger, attempt, finding),
    scheduleLookUp: (request, dueAt) => attempts.scheduleLookUp(db, request, dueAt),
    finishLookUp: (request, answer, nextAt, leaseUntil) =>
      attempts.finishLookUp(db, request, answer, nextAt, leaseUntil),
    bringLookUpForward: (request, now) => attempts.bringLookUpForward(db, request, now),
    claimLookUp: (request, now, leaseUntil) => attempts.claimLookUp(db, request, now, leaseUntil),
    insertNotice: (account, notice, receivedAt, alarming) =>
      notices.insertNotice(db, ledger, account, notice, receivedAt, alarming),
    hasAttempt: (account, payment, details) => notices.hasAttempt(db, account, payment, details),
    selectUntoldNotice: (account, id) => notices.selectUntoldNotice(db, account, id),
    saveAlarmPosted: (account, id, ts) => notices.saveAlarmPosted(db, account, id, ts),
    selectLastingShortages: () => shortages.selectLastingShortages(db),
    selectUntoldShortages: () => shortages.selectUntoldShortages(db),
    beginShortage: (group, tiers, at) => shortages.beginShortage(db, group, tiers, at),
    endShortage: (id, at) => shortages.endShortage(db, id, at),
    saveShortageTold: (id, what, ts) => shortages.saveShortageTold(db, id, what, ts),
    selectPosted: (request) => messages.selectPosted(db, request),
    savePosted: (request, posted, after) => messages.savePosted(db, request, posted, after),
    saveDelivered: (name, request, posted, after) => messages.saveDelivered(db, name, request, posted, after),
    beginEdit: (request, kind, after) => messages.beginEdit(db, request, kind, after),
    endEdit: (request, kind) => messages.endEdit(db, request, kind),
    doubtPosted: (request, kind) => messages.doubtPosted(db, request, kind),
    markSeen: (request, at) => messages.markSeen(db, request, at),
    selectDeliveries: (names) => deliveries.selectDeliveries(db, names),
    beginDelivery: (name, id) => deliveries.beginDelivery(db, name, id),
    replaceDelivery: (name, id) => deliveries.replaceDelivery(db, name, id),
    endDelivery: (name) => deliveries.endDelivery(db, name),
    giveUpDelivery: (name, id) => deliveries.giveUpDelivery(db, name, id),
    markAnnounced: (request, version) => messages.markAnnounced(db, request, version),
    selectOptionalHome: (user) => homes.selectOptionalHome(db, user),
    saveHomeOpened: (person, at) => homes.saveHomeOpened(db, person, at),
    saveHomeCursor: (person, section, cursor, at) => homes.saveHomeCursor(db, person, section, cursor, at),
    saveHomeShown: (user, more) => homes.saveHomeShown(db, user, more),
    forgetHomeHash: (user, hash) => homes.forgetHomeHash(db, user, hash),
    markHomesBehind: (news, concerned, openedSince, at) =>
      homes.markHomesBehind(db, news, concerned, openedSince, at),
    selectNeglected: async (now) => [
      ...(await selectNeglected(db, now)),
      ...(await selectNeglectedBulks(db, now)),
      ...(await selectNeglectedSummaries(db, now)),
      ...(await selectNeglectedFiles(db)),
    ],
    selectPendingWithout: (kind, until) => reminders.selectPendingWithout(db, kind, until),
    selectHead: () => chain.selectHead(db),
    introduceKey: (now) => chain.introduceKey(db, ledger, seal, now),
    signHead: (now) => signHead(db, now),
  };
}
