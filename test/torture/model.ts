/**
 * The law as a small machine: what the record may look like, given who did what and what the provider counts.
 * Written from the words of the law alone: it knows nothing of the code that it judges.
 */
import { type Break, bulkName, collect, freezeName, nameOf } from './breaks.ts';
import { judgeBulk, judgeLine } from './bulkModel.ts';
import { judgeFreezes } from './freezeModel.ts';
import { isEnough, stateOf } from './law.ts';
import type { Everything, RequestRow } from './record.ts';
import { isAbout, paymentsOf, type Told, type Witness } from './witness.ts';

/** Every way in which the record breaks the law, or differs from what the world saw. */
export function judge(record: Everything, witness: Witness): Break[] {
  return [
    ...record.requests.flatMap((request) => judgeRequest(request, record, witness)),
    ...record.requests.flatMap((request) => judgeLine(request, record)),
    ...record.bulks.flatMap((bulk) => judgeBulk(bulk, record, witness)),
    ...judgeFreezes(record, witness),
    ...Map.groupBy(record.requests, ({ account, payment }) => `${account} ${payment}`)
      .values()
      .flatMap((requests) => judgePayment(requests, record, witness)),
    ...effectsOfNobody(record, witness),
    ...lostOf(record, witness.told),
  ];
}

function judgeRequest(request: RequestRow, record: Everything, witness: Witness): Break[] {
  const decisions = record.decisions.filter((decision) => decision.request === request.id);
  const counted = decisions.filter(({ refusal }) => refusal === null);
  const attempts = record.attempts.filter((attempt) => attempt.request === request.id);
  const outcomesOf = (attempt: string) => record.outcomes.filter((outcome) => outcome.attempt === attempt);
  const { breaks, law } = collect(nameOf(request));

  const approvals = counted.filter(({ act }) => act === 'approve');
  law(
    approvals.every(({ person }) => person !== request.requester),
    'the requester approved',
  );
  law(new Set(approvals.map(({ person }) => person)).size === approvals.length, 'one person counts twice');
  law(
    approvals.every(({ saw }) => saw === request.digest),
    'an approval is of something else',
  );
  law(
    counted.every(({ act, at }) => act === 'expire' || at < request.deadline || act === 'lapse'),
    'a late act counts',
  );
  law(counted.filter(({ act }) => act !== 'approve').length <= 1, 'it ended twice');
  law(
    counted.every(({ act, person }) => act !== 'withdraw' || person === request.requester),
    'somebody else withdrew',
  );
  for (const { act, person } of decisions) {
    const isDone = witness.gestures.some(
      (gesture) => gesture.person === person && gesture.act === act && isAbout(gesture, request),
    );
    law(person === null || isDone, `${person} is on record for ${act} and never did it`);
  }
  law(
    witness.gestures.some(
      (gesture) => gesture.act === 'ask' && gesture.person === request.requester && isAbout(gesture, request),
    ),
    `${request.requester} is on record as requester and never asked`,
  );

  for (const attempt of attempts) {
    const before = approvals.filter(({ place }) => place < attempt.place);
    law(isEnough(request.needs, before), 'it was sent without the approvals that it needs');
    law(
      counted.every(({ act, place }) => act === 'approve' || place > attempt.place),
      'it was sent after it had ended',
    );
  }
  const perhapsSent = attempts.filter(({ id }) => !outcomesOf(id).some(({ type }) => type === 'not_sent'));
  law(perhapsSent.length <= 1, 'it was sent twice', 'double_effect');

  const state = stateOf(request, counted, attempts, outcomesOf);
  law(request.state === state, `the state is ${request.state}, and the rows say ${state}`);
  return breaks;
}

/** What the provider counts, held against all requests for the payment: one that ended may be followed by another. */
function judgePayment(requests: readonly RequestRow[], { attempts }: Everything, witness: Witness): Break[] {
  const last = requests.at(-1);
  if (last === undefined) return [];
  const { breaks, law } = collect(nameOf(last));
  const effects = witness.effects(last.account, last.payment);
  const having = (...states: readonly string[]) =>
    requests.filter(({ state }) => states.includes(state)).length;
  const sent = requests.filter(({ id }) => attempts.some(({ request }) => request === id)).length;

  law(effects <= 1, `the provider counts ${effects} cancellations`, 'double_effect');
  law(effects === 0 || sent > 0, 'the provider cancelled what was never sent');
  const surely = having('cancelled', 'accepted');
  const perhaps = having('sending', 'unknown');
  law(
    effects >= surely && effects <= surely + perhaps,
    `${requests.map(({ state }) => state).join(', ')}, and the provider counts ${effects} cancellations`,
  );
  return breaks;
}

/** Cancellations of payments that nobody asked for here. */
function effectsOfNobody({ requests }: Everything, witness: Witness): Break[] {
  return witness.gestures.flatMap((gesture) =>
    paymentsOf(gesture)
      .filter((payment) => 'account' in gesture && witness.effects(gesture.account, payment) > 0)
      .filter(
        (payment) => !requests.some((request) => request.payment === payment && isAbout(gesture, request)),
      )
      .map((name) => ({ kind: 'law_break', name, says: 'cancelled, and there is no request for it' })),
  );
}

/** What a person was told of, and is not on record. */
function lostOf(record: Everything, told: readonly Told[]): Break[] {
  return told.flatMap(({ name, person, acts, counted }) => {
    const isKept = recordedOn(name, record).some(
      (one) =>
        one.person === person && acts.some((act) => act === one.act) && (one.refusal === null) === counted,
    );
    const what = `${person} was told of ${acts.join(' or ')}, which is not on record`;
    return isKept ? [] : [{ kind: 'lost_decision', name, says: what }];
  });
}

/** What people did to a request, a bulk or a freeze, by its name. */
function recordedOn(
  name: string,
  { requests, decisions, bulks, acts, freezes, lifts }: Everything,
): { act: string; person: string | null; refusal: string | null }[] {
  const request = requests.find((one) => nameOf(one) === name)?.id;
  const bulk = bulks.find((one) => bulkName(one) === name)?.id;
  return [
    ...decisions.filter((one) => one.request === request),
    ...acts.filter((one) => one.bulk === bulk),
    ...freezes.filter(({ number }) => freezeName(number) === name).map((one) => ({ ...one, act: 'freeze' })),
    ...lifts.filter(({ freeze }) => freezeName(freeze) === name).map((one) => ({ ...one, act: 'lift' })),
  ];
}
