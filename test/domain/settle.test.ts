import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standings } from '../../src/domain/evidence.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import { isOpen, type State, states } from '../../src/domain/request.ts';
import { nextLookUpSeconds, readAfterAttempt, settle } from '../../src/domain/settle.ts';
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

describe('nextLookUpSeconds', () => {
  const all = Array.from({ length: 70 }, (_one, made) => nextLookUpSeconds(made));
  const waits = all.filter((seconds) => seconds !== null);

  it('begins after seconds, grows to an hour, then to a day, and ends after a month', () => {
    expect(waits.slice(0, 8)).toEqual([5, 15, 60, 300, 900, 3600, 3600, 3600]);
    expect(waits).toHaveLength(60);
    expect(waits.slice(30)).toEqual(Array.from({ length: 30 }, () => 86_400));
    expect(all.slice(60)).toEqual(Array.from({ length: 10 }, () => null));
  });
});
