/** The law of freezes: who may make and lift one, and that nothing is sent or approved against one that stands. */
import { type Break, bulkName, collect, freezeName, nameOf } from './breaks.ts';
import { approversBefore, standingAt, stops } from './law.ts';
import type { ActRow, DecisionRow, Everything, FreezeRow } from './record.ts';
import type { Gesture, Witness } from './witness.ts';

export function judgeFreezes(record: Everything, witness: Witness): Break[] {
  return [
    ...record.freezes.flatMap((freeze, at) => judgeFreeze(freeze, at, record, witness)),
    ...record.requests.flatMap((request) => {
      const decisions = record.decisions.filter((decision) => decision.request === request.id);
      const attempts = record.attempts.filter((attempt) => attempt.request === request.id);
      return judgeHeeding(nameOf(request), request, decisions, attempts, record);
    }),
    ...record.bulks.flatMap((bulk) => {
      const acts = record.acts.filter((act) => act.bulk === bulk.id);
      return judgeHeeding(bulkName(bulk), bulk, acts, [], record);
    }),
  ];
}

function judgeFreeze(freeze: FreezeRow, at: number, record: Everything, { gestures }: Witness): Break[] {
  const { breaks, law } = collect(freezeName(freeze.number));
  const isFrozen = (person: string, place: number) =>
    standingAt(record, place).some(({ users }) => users.includes(person));
  const hasDone = (person: string, act: Gesture['act'], what?: string) =>
    gestures.some(
      (gesture) =>
        gesture.person === person && gesture.act === act && (what === undefined || isOf(gesture, what)),
    );

  const what = freeze.scope === 'person' ? (freeze.users[0] ?? '') : (freeze.account ?? 'all');
  law(hasDone(freeze.person, 'freeze', what), `${freeze.person} is on record for it and never did it`);
  if (freeze.refusal !== null) return breaks;
  const before = record.freezes.slice(0, at).filter(({ refusal }) => refusal === null);
  law(freeze.number === before.length + 1, 'the freezes are not numbered without a gap');
  law(!isFrozen(freeze.person, freeze.place), 'whoever was frozen froze');

  const lifts = record.lifts.filter((lift) => lift.freeze === freeze.number);
  const counted = lifts.filter(({ refusal }) => refusal === null);
  law(counted.length <= 2, 'it was lifted after it was lifted');
  law(new Set(counted.map(({ person }) => person)).size === counted.length, 'one person lifted it alone');
  for (const { person, place } of counted) law(!isFrozen(person, place), 'whoever was frozen lifted it');
  for (const { person } of lifts)
    law(hasDone(person, 'lift'), `${person} is on record for lifting it and never did`);
  return breaks;
}

function isOf(gesture: Gesture, what: string): boolean {
  return 'what' in gesture && gesture.what === what;
}

/** Nothing is sent, approved or let go on under a freeze, and nobody decides who is frozen, but to end what is their own. */
function judgeHeeding(
  name: string,
  { account, requester }: { readonly account: string; readonly requester: string },
  decisions: readonly (DecisionRow | ActRow)[],
  attempts: Everything['attempts'],
  record: Everything,
): Break[] {
  const { breaks, law } = collect(name);
  for (const { place } of attempts) {
    const people = [requester, ...approversBefore(decisions, place)];
    for (const freeze of standingAt(record, place))
      law(!stops(freeze, account, people), `it was sent under the freeze ${freezeName(freeze.number)}`);
  }
  for (const { act, person, refusal, place } of decisions) {
    if (refusal !== null || person === null) continue;
    const people = [requester, person, ...approversBefore(decisions, place)];
    const isOwnEnd = person === requester && (act === 'withdraw' || act === 'stop');
    for (const freeze of standingAt(record, place)) {
      const isAgainst =
        act === 'approve' || act === 'go_on' ? stops(freeze, account, people) : freeze.users.includes(person);
      law(isOwnEnd || !isAgainst, `${act} counts under the freeze ${freezeName(freeze.number)}`);
    }
  }
  return breaks;
}
