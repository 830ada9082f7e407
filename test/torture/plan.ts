/** What happens in a sequence: drawn from a seed, so that the same numbers always plan the same. */
import * as fc from 'fast-check';
import type { Peer } from './crew.ts';
import type { Gesture } from './model.ts';

/** Faults that strike at one step of a process: what it sends to a peer next is lost, or carried and never answered. */
const steps = ['kill', 'stop', 'cut', 'backend_terminated'] as const;
/** Faults of the surroundings: they begin at a step as well, and last until the round is over. */
const spells = [
  'postgres_stopped',
  'postgres_crashed',
  'disk_full',
  'slack_away',
  'slack_reconnect',
  'slack_rate_limited',
  'slack_answer_lost',
  'provider_away',
  'clock_forward',
  'clock_back',
] as const;
const silences = ['provider_deaf', 'provider_mute'] as const;
export const kinds = [...steps, ...spells, ...silences] as const;
export type Kind = (typeof kinds)[number];

export interface Fault {
  readonly kind: Kind;
  /** It strikes when this much was sent over this kind of wire since the round began. */
  readonly on: Peer;
  readonly at: number;
  /** Whether what was being sent is lost on the way, or arrives and is never answered. */
  readonly loses: boolean;
  /** How far a clock steps. */
  readonly seconds: number;
}

export interface Round {
  readonly faults: readonly Fault[];
  /** All at once. */
  readonly gestures: readonly Gesture[];
  /** What passes on the clock before the faults are lifted. */
  readonly thenSeconds: number;
}

export interface Plan {
  readonly processes: number;
  readonly rounds: readonly Round[];
}

/** Maria and Tom ask; Pavel is of finance, Lena of finance and risk. */
export const GROUPS = { finance: ['U_PAVEL', 'U_LENA'], risk: ['U_LENA'] };

/** Payments that can be cancelled: quick ones, slow ones, ones whose answer is lost, and some that are refused. */
const PAYMENTS: readonly (readonly [account: string, payment: string])[] = [
  ['shop-tr', 'T4U_small'],
  ['shop-tr', 'T4U_medium'],
  ['shop-tr', 'T4U_large'],
  ['shop-tr', 'T4U_slow'],
  ['shop-tr', 'T4U_dropped'],
  ['shop-ua', 'order-1001-unpaid'],
  ['shop-ua', 'order-1002-unpaid'],
  ['shop-ua', 'order-1003-unpaid'],
  ['shop-ua', 'order-3001-paid-meanwhile'],
  ['shop-ua', 'order-4001-slow'],
  ['shop-ua', 'order-4002-dropped'],
  ['shop-pl', 'holdSmall1001'],
  ['shop-pl', 'holdMedium1002'],
  ['shop-pl', 'holdLarge1003'],
  ['shop-pl', 'holdCaptured2001'],
  ['shop-pl', 'holdSlow4001'],
  ['shop-pl', 'holdDropped4002'],
  ['hotel-kz', '7777777771'],
  ['hotel-kz', '7777777777'],
  ['hotel-kz', '7777777779'],
  ['hotel-kz', '7777778001'],
  ['hotel-kz', '7777778002'],
  ['hotel-kz', '7777778003'],
  ['hotel-kz', '7777778004'],
  ['game-world', 'b4990'],
  ['game-world', 'b480'],
  ['game-world', 'b12500'],
  ['game-world', 'bslow'],
  ['game-world', 'bdropped'],
];

/** Each with the share of people who do it: most approve, some of them who may not. */
const decider: fc.Arbitrary<Pick<Gesture, 'person' | 'act'>> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.constantFrom(
      { person: 'U_PAVEL', act: 'approve' as const },
      { person: 'U_LENA', act: 'approve' as const },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { person: 'U_MARIA', act: 'approve' as const },
      { person: 'U_TOM', act: 'approve' as const },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { person: 'U_PAVEL', act: 'reject' as const },
      { person: 'U_LENA', act: 'reject' as const },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { person: 'U_MARIA', act: 'withdraw' as const },
      { person: 'U_TOM', act: 'withdraw' as const },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { person: 'U_MARIA', act: 'ask' as const },
      { person: 'U_PAVEL', act: 'ask' as const },
    ),
  },
);

const fault: fc.Arbitrary<Fault> = fc.record({
  kind: fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom<Kind>(...steps) },
    { weight: 12, arbitrary: fc.constantFrom<Kind>(...spells) },
    // These two take the fifteen seconds after which the app gives up.
    { weight: 1, arbitrary: fc.constantFrom<Kind>(...silences) },
  ),
  on: fc.constantFrom<Peer>('postgres', 'postgres', 'postgres', 'provider', 'provider', 'slack'),
  at: fc.nat(),
  loses: fc.boolean(),
  seconds: fc.constantFrom(3, 20, 40, 90, 600, 3_600),
});

/** How much is about to be sent in a round, so that a fault strikes at any step of it. */
const LONGEST: Readonly<Record<Peer, number>> = { postgres: 240, slack: 50, provider: 12 };
const placed = fault.map((one) => ({ ...one, at: 1 + (one.at % LONGEST[one.on]) }));

const plan: fc.Arbitrary<Plan> = fc
  .record({
    processes: fc.integer({ min: 2, max: 5 }),
    payments: fc.shuffledSubarray([...PAYMENTS], { minLength: 3, maxLength: 6 }),
    asks: fc.array(placed, { maxLength: 1 }),
    rounds: fc.array(
      fc.record({
        faults: fc.array(placed, { minLength: 1, maxLength: 3 }),
        deciders: fc.array(decider, { minLength: 5, maxLength: 9 }),
        from: fc.nat(),
        thenSeconds: fc.constantFrom(0, 0, 5, 40, 240),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ processes, payments, asks, rounds }) => ({
    processes,
    rounds: [
      {
        faults: asks,
        thenSeconds: 0,
        gestures: payments.map(([account, payment], n) => ({
          account,
          payment,
          act: 'ask' as const,
          person: n % 4 === 3 ? 'U_TOM' : 'U_MARIA',
        })),
      },
      ...rounds.map(({ deciders, from, ...round }) => ({
        ...round,
        gestures: deciders.map((one, n): Gesture => {
          const [account = '', payment = ''] = payments[(from + n) % payments.length] ?? [];
          return { account, payment, ...one };
        }),
      })),
    ],
  }));

export function planSequence(seed: number, sequence: number): Plan {
  const [drawn] = fc.sample(fc.noBias(plan), { seed: (seed * 1_000_003 + sequence) | 0, numRuns: 1 });
  if (drawn === undefined) throw new Error('nothing was planned');
  return drawn;
}
