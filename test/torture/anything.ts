/** Anything that may happen, in any order: what fast-check draws the model's commands from. */
import * as fc from 'fast-check';
import type { Answer } from './bench.ts';
import { ask, decide, dispatch, lookUp, REQUESTER, tick, wait } from './commands.ts';

const atSome = fc.record({
  at: fc.integer({ min: 1, max: 22 }),
  fate: fc.constantFrom('lose' as const, 'pass_and_cut' as const),
});
const often = fc.option(atSome, { freq: 2 });
const seldom = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: atSome });

const which = fc.nat({ max: 5 });
const says = 'So it is.';
const answer = fc.constantFrom<Answer>(
  { outcome: { type: 'cancelled', reference: null, says }, isDone: true },
  { outcome: { type: 'accepted', reference: null, says }, isDone: true },
  { outcome: { type: 'refused', code: '1', says }, isDone: false },
  { outcome: { type: 'unknown', says }, isDone: true },
  { outcome: { type: 'unknown', says }, isDone: false },
  { outcome: { type: 'not_sent', says }, isDone: false },
);

const approval = fc.record({
  user: fc.constantFrom('U_PAVEL', 'U_LENA', 'U_PAVEL', 'U_LENA', REQUESTER),
  type: fc.constant('approve' as const),
  slackAnswers: fc.integer({ min: 0, max: 9 }).map((chance) => chance > 0),
});
const end = fc.record({
  user: fc.constantFrom('U_PAVEL', REQUESTER),
  type: fc.constantFrom('reject' as const, 'withdraw' as const),
  slackAnswers: fc.constant(true),
});

const asking = fc.tuple(fc.boolean(), seldom).map((given) => ask(...given));
const approving = fc.tuple(which, approval, seldom).map((given) => decide(...given));
const ending = fc.tuple(which, end, seldom).map((given) => decide(...given));
const sending = fc.tuple(which, answer, often).map((given) => dispatch(...given));
const looking = fc.tuple(which, seldom).map((given) => lookUp(...given));
const ticking = seldom.map(tick);
const waiting = (...seconds: readonly number[]) => fc.constantFrom(...seconds).map(wait);

/** One of these is as likely as another, so what happens often stands here more than once. */
const frequent = [asking, asking, approving, approving, approving, approving, sending, sending, sending];
const rare = [ending, looking, looking, ticking, waiting(1, 10, 31, 120), waiting(10, 1_000, 9 * 3_600)];

export const anything = fc.commands(frequent.concat(rare), { maxCommands: 80, size: 'max' });
