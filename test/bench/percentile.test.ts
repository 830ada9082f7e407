import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { median, percentile } from '../../bench/percentile.ts';

test('a percentile is a value that was measured, with at least that share of all at or below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ noNaN: true }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, share) => {
        const found = percentile(values, share);
        expect(values).toContain(found);
        expect(values.filter((value) => value <= found).length).toBeGreaterThanOrEqual(share * values.length);
      },
    ),
  );
});

test('no value below it will do', () => {
  expect(percentile([10, 2, 3, 4, 5, 6, 7, 8, 9, 1], 0.5)).toBe(5);
  expect(percentile([10, 2, 3, 4, 5, 6, 7, 8, 9, 1], 0.99)).toBe(10);
  expect(median([3, 1, 2])).toBe(2);
});

test('of nothing there is no percentile', () => {
  expect(() => percentile([], 0.5)).toThrow('nothing was measured');
});
