/** The law of bulks: who may do what to all of it, and that nothing is done to a line but with its bulk. */
import { type Break, bulkName, collect, nameOf } from './breaks.ts';
import { isEnough } from './law.ts';
import type { ActRow, BulkRow, Everything, RequestRow } from './record.ts';
import { isAbout, type Witness } from './witness.ts';

const OF_ALL = ['approve', 'reject', 'withdraw'];

export function judgeBulk(bulk: BulkRow, record: Everything, witness: Witness): Break[] {
  const acts = record.acts.filter((act) => act.bulk === bulk.id);
  const counted = acts.filter(({ refusal }) => refusal === null);
  const lines = record.requests.filter((request) => request.bulk === bulk.id);
  const { breaks, law } = collect(bulkName(bulk));

  const needsSecond = counted.filter(({ act }) => ['approve', 'reject', 'go_on'].includes(act));
  law(
    needsSecond.every(({ person }) => person !== bulk.requester),
    'the requester did what takes a second person',
  );
  const approvals = counted.filter(({ act }) => act === 'approve');
  law(new Set(approvals.map(({ person }) => person)).size === approvals.length, 'one person counts twice');
  law(
    counted.every(({ act, saw }) => !['approve', 'go_on'].includes(act) || saw === bulk.digest),
    'what counts is of something else',
  );
  law(
    counted.every(({ act, at }) => !OF_ALL.includes(act) || at < bulk.deadline),
    'a late act counts',
  );
  law(
    counted.every(({ act, person }) => act !== 'withdraw' || person === bulk.requester),
    'somebody else withdrew',
  );
  law(!hasActAfterEnd(counted), 'something counts after its end');
  law(
    counted.every(({ act }, at) => act !== 'go_on' || counted[at - 1]?.act === 'pause'),
    'it was told to go on and had not been halted',
  );
  for (const { act, person } of acts) {
    const isDone = witness.gestures.some(
      (gesture) =>
        gesture.person === person && gesture.act === act && lines.some((line) => isAbout(gesture, line)),
    );
    law(person === null || isDone, `${person} is on record for ${act} and never did it`);
  }
  return breaks;
}

function hasActAfterEnd(counted: readonly ActRow[]): boolean {
  const end = counted.findIndex(({ act }) => ['reject', 'withdraw', 'stop'].includes(act));
  return end !== -1 && end < counted.length - 1;
}

/** What a line has besides what every request has. */
export function judgeLine(request: RequestRow, record: Everything): Break[] {
  const bulk = record.bulks.find(({ id }) => id === request.bulk);
  const { breaks, law } = collect(nameOf(request));
  law(request.bulk === null || bulk !== undefined, 'its bulk is gone');
  if (bulk === undefined) return breaks;

  const acts = record.acts.filter((act) => act.bulk === bulk.id && act.refusal === null);
  for (const { request: of, act, person, refusal, place } of record.decisions) {
    if (of !== request.id || refusal !== null || !OF_ALL.includes(act)) continue;
    const isOfAll = acts.some((one) => one.act === act && one.person === person && one.place < place);
    law(isOfAll, `${person} is on record for ${act}, and not with its bulk`);
  }
  for (const { place } of record.attempts.filter((attempt) => attempt.request === request.id)) {
    const before = acts.filter((act) => act.act === 'approve' && act.place < place);
    law(isEnough(bulk.needs, before), 'it was sent without the approvals that its bulk needs');
    law(
      acts.every((act) => act.act !== 'stop' || act.place > place),
      'it was sent after its bulk was stopped',
    );
  }
  return breaks;
}
