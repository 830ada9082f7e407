import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Figures, tiesOut } from '../../src/domain/summary.ts';

const figures: Figures = {
  date: '2026-11-18',
  zone: 'Europe/Warsaw',
  since: new Date('2026-11-17T23:00:00.000Z'),
  until: new Date('2026-11-18T23:00:00.000Z'),
  carriedIn: 2,
  opened: 5,
  ended: [
    { state: 'cancelled', count: 3, money: [], withoutAmount: 3 },
    { state: 'rejected', count: 1, money: [], withoutAmount: 1 },
  ],
  carriedOut: 3,
  refusedTries: 9,
  waiting: [],
  waitingCount: 1,
};

describe('tiesOut', () => {
  it('holds when every request that was there ended or was carried out', () => {
    expect(tiesOut(figures)).toBe(true);
    expect(tiesOut({ ...figures, carriedIn: 0, opened: 0, ended: [], carriedOut: 0 })).toBe(true);
  });

  it('does not hold when one figure is off by any number', () => {
    const off = fc.integer({ min: -5, max: 5 }).filter((by) => by !== 0);
    fc.assert(
      fc.property(fc.constantFrom('carriedIn', 'opened', 'carriedOut'), off, (name, by) => {
        expect(tiesOut({ ...figures, [name]: figures[name] + by })).toBe(false);
      }),
    );
    expect(tiesOut({ ...figures, ended: figures.ended.slice(1) })).toBe(false);
  });

  it('does not depend on refused tries or on what waits now', () => {
    expect(tiesOut({ ...figures, refusedTries: 0, waitingCount: 7 })).toBe(true);
  });
});
