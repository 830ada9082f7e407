/** SIGKILL at every step from the click to the outcome, one after the other. */
import type { Peer } from './crew.ts';
import type { Gesture } from './witness.ts';
import type { Plan } from './plan.ts';

/** A little more than what is sent to each until the outcome is recorded and shown; beyond that nothing strikes. */
const STEPS: readonly (readonly [peer: Peer, steps: number])[] = [
  ['postgres', 90],
  ['provider', 6],
  ['slack', 24],
];

/** Quick, and told by look-ups what became of it. */
const asked: Gesture = { person: 'U_MARIA', act: 'ask', account: 'shop-ua', payment: 'order-1001-unpaid' };
const approved: Gesture = { ...asked, person: 'U_PAVEL', act: 'approve' };

const faults = STEPS.flatMap(([on, steps]) =>
  Array.from({ length: steps }, (_one, n) => n + 1).flatMap((at) =>
    [true, false].map((loses) => ({ kind: 'kill' as const, on, at, loses, seconds: 0 })),
  ),
);

/** @param n from 1. Undefined when there is no such step. */
export function planStep(n: number): Plan | undefined {
  const fault = faults[n - 1];
  if (fault === undefined) return undefined;
  return {
    processes: 2,
    rounds: [
      { faults: [], gestures: [asked], thenSeconds: 0 },
      { faults: [fault], gestures: [approved], thenSeconds: 0 },
    ],
  };
}
