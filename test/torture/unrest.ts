/** What is not yet in a true state, or not shown as it is. */
import type { FakeSlack } from '../fakes/slack/server.ts';
import { bulkName, nameOf } from './breaks.ts';
import { approversBefore, standingAt, stateOfBulk, stops } from './law.ts';
import type { BulkRow, Everything, RequestRow } from './record.ts';
import { misshown, misshownBulk } from './slackWitness.ts';

/** States in which a request may stay: all others are on the way to one of these. */
const RESTING = new Set([
  'pending',
  'accepted',
  'unknown',
  'cancelled',
  'refused',
  'rejected',
  'withdrawn',
  'expired',
  'lapsed',
]);

const NOT_LATEST = 'Slack does not show its latest version';

/** @param now on the app's clock. Empty when everything has come to rest. */
export function unrestOf(record: Everything, slack: FakeSlack, now: number): string[] {
  return [
    ...record.requests.flatMap((request) => {
      const why = whyRequest(request, record, slack, now);
      return why === undefined ? [] : [`${nameOf(request)}: ${why}`];
    }),
    ...record.bulks.flatMap((bulk) => {
      const why = whyBulk(bulk, record, slack);
      return why === undefined ? [] : [`${bulkName(bulk)}: ${why}`];
    }),
    ...(record.drafts === 0 ? [] : ['a list: it is still being looked up']),
  ];
}

function whyRequest(
  request: RequestRow,
  record: Everything,
  slack: FakeSlack,
  now: number,
): string | undefined {
  const isOverdue = request.state === 'pending' && request.deadline.getTime() <= now;
  if ((!RESTING.has(request.state) || isOverdue) && !isWaiting(request, record))
    return `it is still ${request.state}`;
  // A line has no messages of its own.
  const shown = request.bulk === null ? misshown(slack, request, record) : undefined;
  return shown ?? (request.isAnnounced ? undefined : NOT_LATEST);
}

/** What was approved waits under a freeze, and in a bulk that was halted. */
function isWaiting({ id, account, requester, state, bulk: of }: RequestRow, record: Everything): boolean {
  if (state !== 'approved') return false;
  const decisions = record.decisions.filter(({ request }) => request === id);
  const people = [requester, ...approversBefore(decisions, Infinity)];
  const bulk = record.bulks.find((one) => one.id === of);
  return (
    standingAt(record, Infinity).some((freeze) => stops(freeze, account, people)) ||
    (bulk !== undefined && stateOfBulk(bulk, record) === 'paused')
  );
}

function whyBulk(bulk: BulkRow, record: Everything, slack: FakeSlack): string | undefined {
  return misshownBulk(slack, bulk, record) ?? (bulk.isAnnounced ? undefined : NOT_LATEST);
}
