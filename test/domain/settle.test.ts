import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_SECONDS } from '../../src/domain/clock.ts';
import { standings } from '../../src/domain/evidence.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import { isOpen, type State, states } from '../../src/domain/request.ts';
import {
  FIRST_LOOK_UP_SECONDS,
  nextLookUpSeconds,
  readAfterAttempt,
  settle,
} from '../../src/domain/settle.ts';
import { anEvidence } from './aRequest.ts';

const outcomes: readonly Outcome[] = [
  { type: 'cancelled', reference: 'r1', says: 'Cancelled.' },
  { type: 'accepted', reference: null, says: 'Taken in.' },
  { type: 'refused', code: '42', says: 'Captured already.' },
  { type: 'unknown', says: 'No answer in time.' },
  { type: 'not_sent', says: 'The connection was refused.' },
];

/** Every move that there is; whatever is not here changes nothing. */
const moves: Readonly<Partial<Record<State, Readonly<Partial<Record<Outcome['type'], State>>>>>> = {
  sending: {
    cancelled: 'cancelled',
    accepted: 'accepted',
    refused: 'refused',
    unknown: 'unknown',
    not_sent: 'approved',
  },
  accepted: { cancelled: 'cancelled', refused: 'refused' },
  unknown: { cancelled: 'cancelled', accepted: 'accepted', refused: 'refused', not_sent: 'approved' },
};

/** The states that a request goes through while these arrive, the first included. */
function follow(start: State, arriving: readonly Outcome[]): State[] {
  const path = [start];
  for (const outcome of arriving) {
    const now = path.at(-1) ?? start;
    path.push(settle(now, outcome) ?? now);
  }
  return path;
}

describe('settle', () => {
  it.each(
    states.flatMap((state) =>
      outcomes.map((outcome) => [state, outcome, moves[state]?.[outcome.type]] as const),
    ),
  )('takes a request that is %s, at %o, to %s', (state, outcome, next) => {
    expect(settle(state, outcome)).toBe(next);
  });

  const anyOutcomes = fc.array(fc.constantFrom(...outcomes), { maxLength: 12 });

  it('leaves no final state, whatever arrives late and in whatever order', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...states.filter((state) => !isOpen(state))),
        anyOutcomes,
        (end, arriving) => {
          expect(new Set(follow(end, arriving))).toEqual(new Set([end]));
        },
      ),
    );
  });

  it('sends again only what surely did not leave', () => {
    fc.assert(
      fc.property(fc.constantFrom(...states), fc.constantFrom(...outcomes), (state, outcome) => {
        fc.pre(settle(state, outcome) === 'approved');
        expect(['sending', 'unknown']).toContain(state);
        expect(outcome.type).toBe('not_sent');
      }),
    );
  });

  it('never gets from unknown or accepted to a second attempt without the proof that nothing left', () => {
    fc.assert(
      fc.property(fc.constantFrom<State>('unknown', 'accepted'), anyOutcomes, (start, arriving) => {
        const unproven = arriving.filter(({ type }) => type !== 'not_sent');
        expect(follow(start, unproven)).not.toContain('approved');
      }),
    );
  });
});

describe('readAfterAttempt', () => {
  it('takes "cancelled" as the proof that it is', () => {
    const evidence = { ...anEvidence, standing: 'cancelled' as const, says: 'The hold is released.' };
    expect(readAfterAttempt(evidence)).toEqual({
      type: 'cancelled',
      reference: null,
      says: 'The hold is released.',
    });
  });

  it.each(standings.filter((standing) => standing !== 'cancelled'))(
    'learns nothing from "%s"',
    (standing) => {
      expect(readAfterAttempt({ ...anEvidence, standing })).toEqual({
        type: 'unknown',
        says: anEvidence.says,
      });
    },
  );
});

/** The waits of every look-up after the first, of an attempt that is never settled. */
function waitsUntil(horizon: number): number[] {
  const waits: number[] = [];
  let age = FIRST_LOOK_UP_SECONDS;
  for (let next = nextLookUpSeconds(1, age, horizon); next !== null;) {
    waits.push(next);
    age += next;
    next = nextLookUpSeconds(waits.length + 1, age, horizon);
  }
  return waits;
}

describe('nextLookUpSeconds', () => {
  it.each([
    [10, [5]],
    [60, [15, 40]],
    [3600, [15, 60, 300, 900, 2320]],
    [2 * 3600, [15, 60, 300, 900, 3600, 2320]],
  ])('with a horizon of %i s waits %j', (horizon, waits) => {
    expect(waitsUntil(horizon)).toEqual(waits);
  });

  it('grows to an hour, and after a day of hours to a day', () => {
    const waits = waitsUntil(30 * DAY_SECONDS);
    expect(waits.slice(4, 29)).toEqual(Array.from({ length: 25 }, () => 3600));
    expect(waits.slice(29, -1)).toEqual(Array.from({ length: 28 }, () => DAY_SECONDS));
  });

  it.each([1, 2, 3, 5, 30])('makes the last look-up at the horizon of %i days', (days) => {
    const horizon = days * DAY_SECONDS;
    const sum = waitsUntil(horizon).reduce((total, wait) => total + wait, FIRST_LOOK_UP_SECONDS);
    expect(sum).toBe(horizon);
  });

  it.each([
    [1, 86_400, 86_400, null],
    [40, 86_399.2, 86_400, 1],
    [1, 9e9, 86_400, null],
  ])('after %i look-ups, at the age of %f s with a horizon of %i s, gives %j', (made, age, horizon, next) => {
    expect(nextLookUpSeconds(made, age, horizon)).toBe(next);
  });
});
