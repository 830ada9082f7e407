/** What came of what somebody did to a bulk, or why it does not count, told to them alone. */
import { type Bulk, bulkNameOf, type BulkState } from '../domain/bulk.ts';
import type { HandAct } from '../domain/bulkAct.ts';
import type { Refusal } from '../domain/decide.ts';
import { bulkStateTitles, mayNotGoOnText, nothingToSteerText } from '../language/bulkCourse.ts';
import * as home from '../language/home.ts';
import * as refusals from '../language/refusals.ts';
import { clauseOf } from './freeze.ts';
import { code } from './inert.ts';
import { mention, type ShowTime } from './look.ts';
import type { Because } from './text.ts';

interface Refused extends Because {
  readonly bulk: Bulk;
  readonly state: BulkState;
}

export function bulkRefusalText(
  refusal: Refusal,
  { bulk, state, why, freeze }: Refused,
  showTime: ShowTime,
): string {
  return refusals.refusalText(refusal, {
    name: bulkNameOf(bulk),
    state: bulkStateTitles[state],
    requester: mention(bulk.requester),
    deadline: showTime(bulk.deadline),
    isClosed: false,
    isUnsettled: false,
    groups: bulk.rule.needs.map(({ group }) => group).join(', '),
    why,
    frozen: freeze && clauseOf(freeze),
  });
}

/** The same where sending was to go on or to stop. */
export function steerRefusalText(refusal: Refusal, refused: Refused, showTime: ShowTime): string {
  const name = bulkNameOf(refused.bulk);
  if (refusal === 'already_settled') return nothingToSteerText(name, bulkStateTitles[refused.state]);
  return refusal === 'own_request' ? mayNotGoOnText(name) : bulkRefusalText(refusal, refused, showTime);
}

/** @param missing the groups that still have to approve. */
export function bulkDoneText(act: HandAct, bulk: Bulk, missing: readonly string[] = []): string {
  return home.bulkDoneText(act, { name: bulkNameOf(bulk), missing: [...new Set(missing)].map(code) });
}
