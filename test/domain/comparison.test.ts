import { describe, expect, it } from 'vitest';
import { compare, datesToCompare, type Earlier } from '../../src/domain/comparison.ts';
import type { Kind } from '../../src/domain/summary.ts';
import { FIGURES } from './someFigures.ts';

const NOTHING = { opened: [], ended: [] };

const earlier = (last: string, opened: number, cancelled = 0, first = last): Earlier => ({
  first,
  last,
  counts: { opened, ended: cancelled === 0 ? {} : { cancelled } },
});
const day = (last: string, first = last) => ({ kind: 'day', first, last }) as const;

describe('what a period is compared with', () => {
  it.each<[Kind, string, string[]]>([
    [
      'day',
      '2026-03-02',
      [
        '2026-03-01',
        '2026-02-23',
        '2026-02-16',
        '2026-02-09',
        '2026-02-02',
        '2026-01-26',
        '2026-01-19',
        '2026-01-12',
        '2026-01-05',
      ],
    ],
    [
      'week',
      '2026-03-01',
      [
        '2026-02-22',
        '2026-02-15',
        '2026-02-08',
        '2026-02-01',
        '2026-01-25',
        '2026-01-18',
        '2026-01-11',
        '2026-01-04',
      ],
    ],
    [
      'month',
      '2026-03-31',
      [
        '2026-02-28',
        '2026-01-31',
        '2025-12-31',
        '2025-11-30',
        '2025-10-31',
        '2025-09-30',
        '2025-08-31',
        '2025-07-31',
      ],
    ],
    [
      'month',
      '2028-03-31',
      [
        '2028-02-29',
        '2028-01-31',
        '2027-12-31',
        '2027-11-30',
        '2027-10-31',
        '2027-09-30',
        '2027-08-31',
        '2027-07-31',
      ],
    ],
  ])('is, for a %s that ends on %s, what ended on %j', (kind, last, dates) => {
    expect(datesToCompare({ kind, last })).toEqual(dates);
  });
});

describe('a comparison', () => {
  it('is with the day before, and with the median of the same weekday', () => {
    const before = earlier('2026-11-17', 3, 1);
    const same = [earlier('2026-11-11', 10, 2), earlier('2026-11-04', 1), earlier('2026-10-28', 4, 9)];
    expect(compare(day('2026-11-18'), FIGURES, [before, ...same])).toEqual({
      before: { opened: 3, ended: { cancelled: 1 } },
      // Rejected today, and on none of those days.
      usual: { of: 3, opened: 4, ended: { cancelled: 2, rejected: 0 } },
    });
  });

  it('rounds a median between two', () => {
    const same = ['2026-11-11', '2026-11-04', '2026-10-28', '2026-10-21'].map((date, n) =>
      earlier(date, n + 1),
    );
    expect(compare(day('2026-11-18'), NOTHING, same).usual).toEqual({ of: 4, opened: 3, ended: {} });
  });

  it('says nothing of what is usual by two days, nor of a day before that was never summarised', () => {
    const same = [earlier('2026-11-11', 10), earlier('2026-11-04', 1)];
    expect(compare(day('2026-11-18'), NOTHING, same)).toEqual({ before: null, usual: null });
  });

  it('leaves out what took several days, on either side', () => {
    const long = earlier('2026-11-17', 30, 0, '2026-11-15');
    expect(compare(day('2026-11-18'), NOTHING, [long]).before).toBeNull();
    expect(compare(day('2026-11-18', '2026-11-17'), NOTHING, [earlier('2026-11-17', 3)]).before).toBeNull();
  });

  it('is of whole weeks, and of whole months', () => {
    const week = { kind: 'week', first: '2026-11-16', last: '2026-11-22' } as const;
    expect(compare(week, NOTHING, [earlier('2026-11-15', 7, 0, '2026-11-09')]).before?.opened).toBe(7);
    expect(compare(week, NOTHING, [earlier('2026-11-15', 7, 0, '2026-11-10')]).before).toBeNull();
    const month = { kind: 'month', first: '2026-11-01', last: '2026-11-30' } as const;
    expect(compare(month, NOTHING, [earlier('2026-10-31', 7, 0, '2026-10-01')]).before?.opened).toBe(7);
    expect(compare(month, NOTHING, [earlier('2026-10-31', 7, 0, '2026-09-01')]).before).toBeNull();
  });
});
