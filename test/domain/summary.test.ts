import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countsOf, tiesOut, total } from '../../src/domain/summary.ts';
import { FIGURES, QUIET } from './someFigures.ts';

describe('tiesOut', () => {
  it('holds when every request that was there ended or was carried out', () => {
    expect(tiesOut(FIGURES)).toBe(true);
    expect(tiesOut(QUIET)).toBe(true);
  });

  it('does not hold when one figure is off by any number', () => {
    const off = fc.integer({ min: -5, max: 5 }).filter((by) => by !== 0);
    fc.assert(
      fc.property(fc.constantFrom('carriedIn', 'carriedOut'), off, (name, by) => {
        expect(tiesOut({ ...FIGURES, [name]: FIGURES[name] + by })).toBe(false);
      }),
    );
    expect(tiesOut({ ...FIGURES, opened: FIGURES.opened.slice(1) })).toBe(false);
    expect(tiesOut({ ...FIGURES, ended: FIGURES.ended.slice(1) })).toBe(false);
  });
});

describe('counts', () => {
  it('are added over accounts and currencies, as money never is', () => {
    expect(countsOf(FIGURES)).toEqual({ opened: 5, ended: { cancelled: 4, rejected: 1 } });
    expect(total([])).toBe(0);
  });
});
