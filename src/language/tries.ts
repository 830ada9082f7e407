/** Acts that did not count, as a summary counts them. */
import { counted } from './counted.ts';

/** By the words of the record. */
const tryNames = new Map<string, readonly [string, string]>(
  Object.entries({
    own_request: ['self-approval', 'self-approvals'],
    not_live: ['by somebody who is no active member', 'by people who are no active members'],
    not_an_approver: ['by somebody who is no approver', 'by people who are no approvers'],
    not_a_reviewer: ['by somebody who is no reviewer', 'by people who are no reviewers'],
    not_an_asker: ['by somebody who may not ask', 'by people who may not ask'],
    not_the_requester: ["withdrawal of somebody else's request", "withdrawals of somebody else's requests"],
    nobody_approves: ['that nobody could approve', 'that nobody could approve'],
    already_decided: ['after the decision', 'after the decision'],
    already_settled: ['after it was settled', 'after it was settled'],
    already_approved: ['second approval by one person', 'second approvals by one person'],
    already_lifted: ['after the freeze was lifted', 'after the freeze was lifted'],
    already_agreed: ['second agreement by one person', 'second agreements by one person'],
    already_signed_off: ['after the sign-off', 'after the sign-off'],
    expired: ['after the deadline', 'after the deadline'],
    request_changed: ['on what had changed', 'on what had changed'],
    not_confirmed: ['without the confirmation', 'without the confirmation'],
    form_expired: ['with a form that was too old', 'with forms that were too old'],
    frozen: ['under a freeze', 'under freezes'],
  }),
);

/** @param why a word of the record; one that this version does not know stands for itself. */
export function tryText(why: string, count: number): string {
  return counted(count, tryNames.get(why) ?? [why, why]);
}
