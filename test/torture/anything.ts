/** Anything that may happen, in any order: what fast-check draws the model's commands from. */
import * as fc from 'fast-check';
import type { Answer } from './bench.ts';
import { askInBulk, decideOnBulk, dispatchBulk, steerBulk } from './bulkCommands.ts';
import { ask, decide, dispatch, lookUp, tick, wait } from './commands.ts';
import { freeze, lift } from './freezeCommands.ts';
import { REQUESTER } from './known.ts';

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

const somebody = fc.constantFrom('U_PAVEL', 'U_LENA', 'U_TOM', 'U_PAVEL', 'U_LENA', 'U_TOM', REQUESTER);
/** Half of it stops nothing that happens here. */
const thing = fc.constantFrom('all', 'shop-pl', 'shop-tr', 'shop-tr', 'U_TOM', 'U_TOM', 'U_PAVEL', REQUESTER);
const freezing = fc.tuple(thing, somebody, seldom).map((given) => freeze(...given));
const lifters = fc.constantFrom(['U_PAVEL'], ['U_TOM', 'U_LENA'], ['U_NINA', 'U_OLGA'], ['U_NINA', 'U_OLGA']);
const lifting = fc.tuple(which, lifters, seldom).map((given) => lift(...given));

/** One of these is as likely as another, so what happens often stands here more than once. */
const frequent = [asking, asking, approving, approving, approving, approving, sending, sending, sending];
const rare = [
  ending,
  looking,
  looking,
  ticking,
  freezing,
  lifting,
  lifting,
  waiting(1, 10, 31, 120),
  waiting(10, 31, 1_000, 9 * 3_600),
];
const size = { maxCommands: 80, size: 'max' } as const;

export const anything = fc.commands([...frequent, ...rare], size);

const askingInBulk = fc
  .tuple(fc.constantFrom(3, 4), fc.constantFrom('tiny' as const, 'tiny' as const, 'small' as const), seldom)
  .map((given) => askInBulk(...given));
const approvingBulk = fc.tuple(which, approval, seldom).map((given) => decideOnBulk(...given));
const endingBulk = fc.tuple(which, end, seldom).map((given) => decideOnBulk(...given));
const late = fc.option(
  fc.record({
    at: fc.integer({ min: 1, max: 90 }),
    fate: fc.constantFrom('lose' as const, 'pass_and_cut' as const),
  }),
  { freq: 2 },
);
const sendingBulk = fc.tuple(which, answer, late).map((given) => dispatchBulk(...given));
const steer = fc.constantFrom('go_on' as const, 'go_on' as const, 'stop' as const);
const steering = fc.tuple(which, somebody, steer, seldom).map((given) => steerBulk(...given));

export const anythingInBulk = fc.commands(
  [
    askingInBulk,
    approvingBulk,
    approvingBulk,
    approvingBulk,
    sendingBulk,
    sendingBulk,
    sendingBulk,
    endingBulk,
    steering,
    freezing,
    lifting,
    ticking,
    waiting(1, 16, 31, 120, 1_000),
  ],
  size,
);
