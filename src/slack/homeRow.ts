/** A row of a Home: a request or a bulk, and what its reader can do about it there. */
import type { Button } from '@slack/types';
import { bulkNameOf } from '../domain/bulk.ts';
import type { HandAct } from '../domain/bulkAct.ts';
import { waitsForAPerson } from '../domain/find.ts';
import { isUnsettled, nameOf, type Request } from '../domain/request.ts';
import { paymentsText } from '../language/bulk.ts';
import { decideLabels } from '../language/decide.ts';
import { findLabels } from '../language/find.ts';
import { homeLabels } from '../language/home.ts';
import { A_PART, amountText } from '../language/titles.ts';
import { type BulkCourse, standingOfCourse } from '../usecases/bulkStory.ts';
import type { Section } from '../usecases/home.ts';
import type { Row } from '../usecases/paging.ts';
import type { Course } from '../usecases/story.ts';
import { bulkButton, bulkDetailsButton } from './bulkButtons.ts';
import { bulkStateOfCourse, sayTotals } from './bulkLook.ts';
import { requestButton } from './buttons.ts';
import { code, cut } from './inert.ts';
import { stateText } from './look.ts';

interface RowLook {
  readonly title: string;
  readonly state: string;
  readonly isPending: boolean;
  readonly asked: Pick<Request, 'requester' | 'requestedAt' | 'deadline'>;
  readonly reason: string;
  readonly details: Button;
  readonly buttons: readonly Button[];
}

export function rowLook(section: Section, row: Row, users: readonly string[]): RowLook {
  return 'bulk' in row ? bulkLook(section, row) : requestLook(section, row, users);
}

function requestLook(section: Section, course: Course, users: readonly string[]): RowLook {
  const { request } = course;
  return {
    title: titleOf(request),
    state: stateText(course),
    isPending: request.state === 'pending',
    asked: request,
    reason: request.reason,
    details: requestButton(request, 'show_request', homeLabels.details),
    buttons: buttonsFor(section, course, users),
  };
}

function titleOf(request: Request): string {
  const { account, payment, amount, partial } = request;
  const part = partial ? ` ${A_PART}` : '';
  return inOneLine(nameOf(request), account, code(cut(payment, 100)), `*${amountText(amount)}*${part}`);
}

function inOneLine(name: string, account: string, what: string, amount: string): string {
  return `*${name}*  ·  ${code(account)}  ·  ${what}  ·  ${amount}`;
}

function buttonsFor(
  section: Section,
  { request, lookUps }: Course,
  users: readonly string[],
): readonly Button[] {
  const { state } = request;
  const isOwn = users.includes(request.requester.user);
  const isCalled = waitsForAPerson(state, lookUps.endedAt);
  return [
    ...(section === 'waiting'
      ? [
          requestButton(request, 'approve_request', decideLabels.approve, 'primary'),
          requestButton(request, 'reject_request', decideLabels.reject, 'danger'),
        ]
      : []),
    ...(isUnsettled(state) && !isOwn
      ? [requestButton(request, 'record_finding', findLabels.open, isCalled ? 'primary' : undefined)]
      : []),
    ...(isOwn && state === 'pending'
      ? [requestButton(request, 'withdraw_request', decideLabels.withdraw)]
      : []),
  ];
}

function bulkLook(section: Section, course: BulkCourse): RowLook {
  const { bulk, reason, totals } = course;
  const payments = paymentsText(bulk.lines.length);
  return {
    title: inOneLine(bulkNameOf(bulk), bulk.account, payments, `*${sayTotals(totals)}*`),
    state: bulkStateOfCourse(course),
    isPending: standingOfCourse(course) === 'pending',
    asked: bulk,
    reason,
    details: bulkDetailsButton(bulk),
    buttons: actsOffered(section, course).map((act) => bulkButton(bulk, act)),
  };
}

/** What waits for its reader is somebody else's, and what is among their own is theirs. */
function actsOffered(section: Section, course: BulkCourse): readonly HandAct[] {
  const state = standingOfCourse(course);
  if (section === 'waiting') return state === 'pending' ? ['approve', 'reject'] : ['go_on', 'stop'];
  if (section !== 'asked') return [];
  switch (state) {
    case 'pending':
      return ['withdraw'];
    case 'sending':
    case 'paused':
      return ['stop'];
    case 'ended':
      return [];
  }
}
