/** Any request with any story and any context, as long as each part can be in the record. */
import * as fc from 'fast-check';
import type { Money } from '../../src/domain/money.ts';
import { type Request, states } from '../../src/domain/request.ts';
import type { Context, Scene } from '../../src/usecases/context.ts';
import type { Decision, Earlier, Finding } from '../../src/usecases/story.ts';
import { anEvidence } from '../domain/aRequest.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import { aRequest } from '../domain/aRequest.ts';
import { aDecision, aFinding, aStory } from './aStory.ts';

const character = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('&', '<', '>', '`', '*', '|', '@', '!', '\u202e', '\n', ' ', '💥'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
);

/** Any text; as often as not one that is as long as it may be. */
function text(max: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 20 }).map((short) => cutTo(short, max)),
    character.map((one) => cutTo(one.repeat(max), max)),
  );
}

function cutTo(long: string, max: number): string {
  return Array.from(long).slice(0, max).join('') || 'x';
}

const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);
const person = fc.stringMatching(/^U_[A-Z0-9]{2,12}$/).map((user) => ({ team: 'T_ACME', user }));
const time = fc.date({ min: new Date('2020-01-01'), max: new Date('2090-01-01'), noInvalidDate: true });
const money: fc.Arbitrary<Money> = fc.record({
  minor: fc.bigInt({ min: 1n, max: 999_999_999_999_999_999n }),
  currency: fc.constantFrom('PLN', 'JPY', 'KWD', 'CLF'),
});
const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const few = { maxLength: 3 };

const needs = fc.uniqueArray(fc.record({ group: name, count: fc.integer({ min: 1, max: 10 }) }), {
  selector: ({ group }) => group,
  minLength: 1,
  maxLength: 10,
});

const request = fc.record({
  state: fc.constantFrom(...states),
  number: fc.integer({ min: 1, max: 999_999_999_999 }),
  account: name,
  payment: text(300),
  details: fc.dictionary(text(20), text(300), { maxKeys: 2 }),
  partial: fc.boolean(),
  amount: orNull(money),
  reason: text(500),
  ticket: orNull(
    fc.oneof(
      text(200),
      fc.webUrl().map((url) => cutTo(url, 200)),
    ),
  ),
  closesAt: orNull(time),
  deadline: time,
  evidence: fc.record({
    standing: fc.constant(anEvidence.standing),
    says: text(300),
    amount: orNull(money),
    madeAt: fc.constant(null),
    facts: fc.dictionary(text(20), text(40), { maxKeys: 20 }),
  }),
  rule: fc
    .tuple(needs, fc.option(text(500), { nil: undefined }))
    .map(([all, stepUp]) => ({ policy: 'p1', needs: all, ...(stepUp === undefined ? {} : { stepUp }) })),
}) satisfies fc.Arbitrary<Partial<Request>>;

const context: fc.Arbitrary<Context> = fc.record({
  watchers: fc.array(fc.record({ person, since: time }), { maxLength: 100 }),
  ofPayment: fc.record({
    named: fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 999_999_999_999 }),
        state: fc.constantFrom(...states),
        requester: person,
        requestedAt: time,
      }),
      few,
    ),
    others: fc.integer({ min: 0, max: 97 }),
    isAll: fc.boolean(),
  }),
  ofRequester: fc.record({
    requests: fc.integer({ min: 0, max: 500 }),
    cancelled: fc.integer({ min: 0, max: 500 }),
    sums: fc.array(money, { maxLength: 20 }),
    withoutAmount: fc.integer({ min: 0, max: 500 }),
    isAll: fc.boolean(),
  }),
});

const decision: fc.Arbitrary<Decision> = fc
  .record({ person, decidedAt: time, note: orNull(text(500)), groups: fc.array(name, few) })
  .map((changes) => aDecision(changes));

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ type: fc.constant('unknown' as const), says: text(300) }),
  fc.record({ type: fc.constant('refused' as const), code: text(100), says: text(300) }),
  fc.record({ type: fc.constant('cancelled' as const), reference: orNull(text(300)), says: text(300) }),
);
const finding: fc.Arbitrary<Finding> = fc
  .tuple(outcome, time)
  .map(([learnt, learntAt]) => aFinding(learnt, { learntAt }));

/** Of a request that ended without a cancellation, and was asked again. */
const earlier: fc.Arbitrary<Earlier> = fc
  .tuple(request, text(500), fc.integer({ min: 0, max: 20 }))
  .map(([changes, note, before]) => ({
    request: aRequest({ ...changes, state: 'rejected' }),
    decisions: [aDecision({ act: 'reject', note, saw: null })],
    findings: [],
    before,
  }));

export const anyScene: fc.Arbitrary<Scene> = fc
  .tuple(request, fc.array(decision, few), fc.array(finding, few), context, orNull(earlier))
  .map(([changes, decisions, findings, beside, before]) => ({
    ...aStory(changes, decisions, findings, undefined, changes.state === 'pending' ? beside : null),
    earlier: before,
  }));
