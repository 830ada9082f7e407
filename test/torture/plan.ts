/** What happens in a sequence: drawn from a seed, so that the same numbers always plan the same. */
import * as fc from 'fast-check';
import type { Peer } from './crew.ts';
import { PAYMENTS } from './payments.ts';
import type { AboutFreezes, AboutPayments, Gesture } from './witness.ts';

/** Faults that strike at one step of a process: what it sends to a peer next is lost, or carried and never answered. */
const steps = ['kill', 'terminate', 'stop', 'cut', 'backend_terminated'] as const;
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

/** Each with the share of people who do it: most approve, some of them who may not. */
const decider: fc.Arbitrary<Pick<AboutPayments, 'person' | 'act'>> = fc.oneof(
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

/** Somebody stops what is sent: mostly one who may. Who approves is not frozen, or nobody could lift it. */
const freezing: fc.Arbitrary<AboutFreezes> = fc.record({
  person: fc.constantFrom('U_PAVEL', 'U_LENA', 'U_PAVEL', 'U_LENA', 'U_TOM'),
  act: fc.constant('freeze' as const),
  what: fc.constantFrom('all', 'shop-tr', 'shop-ua', 'shop-pl', 'U_MARIA', 'U_TOM'),
});
const lifting: fc.Arbitrary<AboutFreezes> = fc.record({
  person: fc.constantFrom('U_PAVEL', 'U_LENA', 'U_PAVEL', 'U_LENA', 'U_TOM'),
  act: fc.constant('lift' as const),
  what: fc.constant(''),
});
const steerer: fc.Arbitrary<Pick<AboutPayments, 'person' | 'act'>> = fc.record({
  person: fc.constantFrom('U_PAVEL', 'U_LENA', 'U_MARIA'),
  act: fc.constantFrom('go_on' as const, 'go_on' as const, 'stop' as const),
});

/** Several payments of one account, as Maria asks for them in one. */
const bulk: fc.Arbitrary<readonly (typeof PAYMENTS)[number][]> = fc
  .constantFrom(...new Set(PAYMENTS.map(([account]) => account)))
  .chain((of) =>
    fc.shuffledSubarray(
      PAYMENTS.filter(([account]) => account === of),
      { minLength: 2, maxLength: 4 },
    ),
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
    bulk: fc.option(bulk, { freq: 3 }),
    asks: fc.array(placed, { maxLength: 1 }),
    rounds: fc.array(
      fc.record({
        faults: fc.array(placed, { minLength: 1, maxLength: 3 }),
        deciders: fc.array(decider, { minLength: 5, maxLength: 9 }),
        steerers: fc.array(steerer, { maxLength: 1 }),
        freezers: fc.oneof(
          { weight: 1, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.array(fc.oneof(freezing, lifting), { minLength: 1, maxLength: 2 }) },
        ),
        from: fc.nat(),
        thenSeconds: fc.constantFrom(0, 0, 5, 40, 240),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(({ processes, payments, bulk: many, asks, rounds }) => {
    const single = payments.filter((one) => many?.includes(one) !== true).map(about);
    const whole =
      many === null ? [] : [{ account: many[0]?.[0] ?? '', payment: many.map(([, one]) => one).join('\n') }];
    // A bulk takes more approvals to move, so it comes twice as often.
    const subjects = [...single, ...whole, ...whole];
    return {
      processes,
      rounds: [
        {
          faults: asks,
          thenSeconds: 0,
          gestures: [...whole, ...single].map((subject, n) => ({
            ...subject,
            act: 'ask' as const,
            person: n % 4 === 3 ? 'U_TOM' : 'U_MARIA',
          })),
        },
        ...rounds.map(({ deciders, steerers, freezers, from, ...round }) => ({
          ...round,
          gestures: inserted(
            [
              ...deciders.map((one, n) => ({
                ...(subjects[(from + n) % subjects.length] ?? NOTHING),
                ...one,
              })),
              ...whole.flatMap((subject) => steerers.map((one) => ({ ...subject, ...one }))),
            ],
            freezers,
            from,
          ),
        })),
      ],
    };
  });

/** Among the others, at any place. */
function inserted(gestures: readonly Gesture[], more: readonly Gesture[], from: number): Gesture[] {
  return gestures.toSpliced(from % (gestures.length + 1), 0, ...more);
}

const NOTHING = { account: '', payment: '' };

function about([account, payment]: (typeof PAYMENTS)[number]) {
  return { account, payment };
}

export function planSequence(seed: number, sequence: number): Plan {
  const [drawn] = fc.sample(fc.noBias(plan), { seed: (seed * 1_000_003 + sequence) | 0, numRuns: 1 });
  if (drawn === undefined) throw new Error('nothing was planned');
  return drawn;
}
