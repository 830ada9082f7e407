/** The queries on bulks, behind the use cases' port. */
import type { BulkRecords } from '../usecases/bulkPorts.ts';
import * as bulks from './bulks.ts';
import * as stories from './bulkStory.ts';
import * as drafts from './drafts.ts';
import type { Ledger } from './ledger.ts';
import * as lines from './lines.ts';
import type { Queryable } from './pool.ts';
import * as sending from './sending.ts';

export function createBulkRecords(db: Queryable, ledger: Ledger): BulkRecords {
  return {
    selectOpenRequests: (account, payments) => drafts.selectOpenRequests(db, account, payments),
    sumCancelledOf: (account, payments) => drafts.sumCancelledOf(db, account, payments),
    selectSending: (bulk, many) => sending.selectSending(db, bulk, many),
    markTried: (line, at) => sending.markTried(db, line, at),
    insertDraft: (draft, list) => drafts.insertDraft(db, draft, list),
    lockDraft: (id) => drafts.lockDraft(db, id),
    selectOptionalDraft: (id) => drafts.selectOptionalDraft(db, id),
    selectDraftLines: (id) => drafts.selectDraftLines(db, id),
    saveAnswer: (draft, place, answer) => drafts.saveAnswer(db, draft, place, answer),
    saveDraftMessage: (id, message) => drafts.saveDraftMessage(db, id, message),
    markAsked: (id, at) => drafts.markAsked(db, id, at),
    saveMade: (id, bulk) => drafts.saveMade(db, id, bulk),
    selectOldDrafts: (before) => drafts.selectOldDrafts(db, before),
    deleteDraft: (id) => drafts.deleteDraft(db, id),
    insertBulk: (frozen, list) => bulks.insertBulk(db, ledger, frozen, list),
    lockBulk: (id) => bulks.lockBulk(db, id),
    selectBulk: (id) => bulks.selectBulk(db, id),
    selectOptionalBulk: (number) => bulks.selectOptionalBulk(db, number),
    selectBulkStory: (id) => stories.selectBulkStory(db, id),
    markBulkAnnounced: (story) => stories.markBulkAnnounced(db, story),
    selectOverdueBulks: (now) => bulks.selectOverdueBulks(db, now),
    insertBulkAct: (bulk, act) => bulks.insertBulkAct(db, ledger, bulk, act),
    selectBulkActs: (bulk) => bulks.selectBulkActs(db, bulk),
    selectLines: (bulk) => lines.selectLines(db, bulk),
    lockLines: (bulk) => lines.lockLines(db, bulk),
    insertDecisions: (decided) => lines.insertDecisions(db, ledger, decided),
    moveLines: (ids, state) => lines.moveLines(db, ids, state),
  };
}
