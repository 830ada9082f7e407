/** Any request with any story and any context, as long as each part can be in the record. */
import * as fc from 'fast-check';
import type { Outcome } from '../../src/domain/provider.ts';
import { states } from '../../src/domain/request.ts';
import type { Context, Scene } from '../../src/usecases/context.ts';
import type { Decision, Earlier, Finding, LookUps } from '../../src/usecases/story.ts';
import { aRequest } from '../domain/aRequest.ts';
import { aDecision, aFinding, aStory } from './aStory.ts';
import { few, freeze, group, money, number, orNull, person, request, text, time } from './anything.ts';

const context: fc.Arbitrary<Context> = fc.record({
  watchers: fc.array(fc.record({ person, since: time }), { maxLength: 100 }),
  ofPayment: fc.record({
    named: fc.array(
      fc.record({ number, state: fc.constantFrom(...states), requester: person, requestedAt: time }),
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

export const decision: fc.Arbitrary<Decision> = fc
  .record({
    act: fc.constantFrom('approve', 'reject', 'withdraw', 'find_cancelled', 'find_refused'),
    person,
    decidedAt: time,
    note: orNull(text(500)),
    groups: fc.array(group, few),
    refusal: orNull(fc.constantFrom('own_request', 'not_an_approver', 'frozen')),
  })
  .map((changes) => aDecision(changes));

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ type: fc.constantFrom('unknown', 'not_sent'), says: text(300) }),
  fc.record({ type: fc.constant('refused'), code: text(100), says: text(300) }),
  fc.record({
    type: fc.constantFrom('cancelled', 'accepted'),
    reference: orNull(text(300)),
    says: text(300),
  }),
);
export const finding: fc.Arbitrary<Finding> = fc
  .record({ outcome, learntAt: time, source: fc.constantFrom('answer', 'look_up', 'web_hook', 'person') })
  .map(({ outcome: learnt, ...changes }) => aFinding(learnt, changes));

const lookUps: fc.Arbitrary<LookUps> = fc.record({
  last: orNull(fc.record({ says: text(300), at: time })),
  endedAt: orNull(time),
});

/** Of a request that ended without a cancellation, and was asked again. */
const earlier: fc.Arbitrary<Earlier> = fc
  .tuple(request, text(500), fc.integer({ min: 0, max: 20 }))
  .map(([changes, note, before]) => ({
    request: aRequest({ ...changes, state: 'rejected' }),
    decisions: [aDecision({ act: 'reject', note, saw: null })],
    findings: [],
    before,
  }));

export const follower = fc.record({ id: fc.uuid(), number, requester: person, requestedAt: time });

export const anyScene: fc.Arbitrary<Scene> = fc
  .record({
    changes: request,
    decisions: fc.array(decision, few),
    findings: fc.array(finding, few),
    asked: lookUps,
    beside: context,
    further: fc.record({
      earlier: orNull(earlier),
      followers: fc.array(follower, few),
      standing: fc.array(freeze, few),
    }),
  })
  .map(({ changes, decisions, findings, asked, beside, further }) => ({
    ...aStory(changes, decisions, findings, asked, changes.state === 'pending' ? beside : null),
    ...further,
  }));
