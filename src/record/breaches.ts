/** What can be wrong with a step of a request, as sentences for a person. Each is about one entry. */
import type { BulkState } from '../domain/bulk.ts';
import type { Refusal } from '../domain/decide.ts';
import type { LiftRefusal } from '../domain/freeze.ts';
import type { SignOffRefusal } from '../domain/signOff.ts';
import type { State } from '../domain/request.ts';

/** An act counts in the record, although the law refuses it. */
const refused: Readonly<Record<Refusal, string>> = {
  own_request: 'it counts, though the person decided on their own request',
  not_live: 'it counts, though the person is no live member',
  not_an_approver: 'it counts, though the person is in no group that the rule names',
  already_approved: 'it counts, though the same person approved before',
  request_changed: 'it counts, though the person saw something else than was asked',
  not_confirmed: 'it counts, though the person did not confirm what the rule asks for',
  not_the_requester: 'it counts, though only the requester may withdraw',
  expired: 'it counts, though the deadline was over',
  already_decided: 'it counts, though the request was decided before',
  already_settled: 'it counts, though the request had nothing to be found out',
  form_expired: 'it counts, though the form was too old',
  frozen: 'it counts, though a freeze stood against it',
};

/** The same of what somebody did about freezes. */
const refusedOnFreeze: Readonly<Record<LiftRefusal, string>> = {
  not_live: refused.not_live,
  not_an_approver: 'it counts, though the person is in no group of approvers',
  frozen: 'it counts, though the person was frozen',
  already_lifted: 'it counts, though the freeze was lifted before',
  already_agreed: 'it counts, though the same person agreed before',
};

/** The same of the sign-off of a summary. */
const refusedOnSummary: Readonly<Record<SignOffRefusal, string>> = {
  not_live: refused.not_live,
  not_a_reviewer: 'it counts, though the person is in no group of reviewers',
  frozen: refusedOnFreeze.frozen,
  already_signed_off: 'it counts, though the summary was signed off before',
};

export const breaches = {
  refused,
  refusedOnFreeze,
  refusedOnSummary,
  freezeNumber: 'the freezes are not numbered without a gap',
  freezesNothing: 'it does not say what it freezes',
  noFreeze: 'it lifts a freeze that was not made before it',
  stopped: (freeze: string) => `it was sent, though the freeze ${freeze} stopped it`,
  summarisedAgain: 'its day was summarised before',
  noSummary: 'it signs off a summary that was not made before it',
  notAsked: 'it does not follow a request, which is always the first entry',
  askedAgain: 'it asks again, though a request is asked once',
  otherRequest: 'it freezes another request',
  otherDigest: 'its digest does not fit what it freezes',
  nobody: 'it counts, though nobody did it',
  noAlias: 'it names another account of the person that is theirs already, or that of whoever asked',
  clockIsNoPerson: 'a person did what only the clock does',
  expiredEarly: 'it expired before its deadline',
  foundNothing: 'it counts, though it says nothing of what was found',
  attemptNumber: 'the attempts are not numbered without a gap',
  notApproved: 'it was sent without the approvals that the rule asks for',
  maybeTwice: 'it was sent, though an earlier attempt may have been sent',
  windowClosed: 'it was sent when the window for cancelling was closed',
  noAttempt: 'it is about an attempt that was not made before it',
  answeredTwice: 'it is the second answer to one call',
  nobodyFound: 'it says that a person found this, and nobody who may did',
  nothingToErase: 'it erases what is no text of an entry before it',
  aboutNoRequest: 'its type is about no request, but it stands in one',
  aboutABulk: 'its type is about a bulk, but it stands in a request',
  notAboutABulk: 'its type is about a request, but it stands in a bulk',
  bulkAskedAgain: 'it asks again, though a bulk is asked once',
  otherBulk: 'it freezes another bulk',
  halted: 'a person did what only a halt is, or a halt what only a person does',
  notWithItsBulk: 'it counts, though nobody did the same to its bulk then',
  bulkStopped: 'it was sent, though its bulk had been stopped',
  noSuchBulk: 'it is a line of a bulk that was not made before it',
  notInBulk: 'it is a line of a bulk that does not list it',
  otherThanBulk: 'it is a line of a bulk that was asked otherwise',
  linesMissing: (count: number) => `${count} of the lines that it lists are not there`,
  aboutARequest: 'its type is about a request, but it stands in none',
  otherKey: 'it introduces another key than the one that made it',
  ended: (state: State | BulkState) => `it came when the request was ${state}`,
} as const;
