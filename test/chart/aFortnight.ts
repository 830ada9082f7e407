/** Fortnights to draw. */
import * as fc from 'fast-check';
import { FORTNIGHT_DAYS, type Fortnight, type FortnightDay } from '../../src/domain/fortnight.ts';
import { endStates } from '../../src/domain/request.ts';

const DAY_MS = 86_400_000;

function datesUpTo(last: string): string[] {
  return Array.from({ length: FORTNIGHT_DAYS }, (_, index) => {
    const daysBefore = FORTNIGHT_DAYS - 1 - index;
    return new Date(Date.parse(last) - daysBefore * DAY_MS).toISOString().slice(0, 10);
  });
}

/** A fortnight in which nothing happened but on the days that are given, by their number from 0. */
export function aFortnight(
  days: Readonly<Record<number, Partial<FortnightDay>>> = {},
  more: Partial<Fortnight> = {},
): Fortnight {
  const quiet = { opened: 0, ended: {}, cancelled: [], withoutAmount: 0 };
  return {
    zone: 'Europe/Warsaw',
    carriedOut: 0,
    days: datesUpTo('2026-11-18').map((date, index) => ({ ...quiet, date, ...days[index] })),
    ...more,
  };
}

const count = fc.oneof(fc.nat(9), fc.nat(1200), fc.nat(2_000_000));
const currencies = ['PLN', 'EUR', 'USD', 'TRY', 'UAH', 'KZT', 'GBP', 'CZK', 'HUF', 'BRL', 'JPY', 'KWD'];

const anyDay = fc.record({
  opened: count,
  ended: fc.dictionary(fc.constantFrom(...endStates), count),
  cancelled: fc
    .dictionary(fc.constantFrom(...currencies), fc.bigInt(1n, 10n ** 15n))
    .map((sums) => Object.entries(sums).map(([currency, minor]) => ({ minor, currency }))),
  withoutAmount: count,
});

export const anyFortnight = fc
  .record({
    last: fc.constantFrom('2026-11-18', '2027-01-07', '2028-03-01', '2026-12-31'),
    zone: fc.constantFrom('UTC', 'Asia/Almaty', 'America/Argentina/ComodRivadavia'),
    carriedOut: count,
    days: fc.array(anyDay, { minLength: FORTNIGHT_DAYS, maxLength: FORTNIGHT_DAYS }),
  })
  .map(({ last, days, ...more }): Fortnight => {
    const dates = datesUpTo(last);
    return { ...more, days: days.map((day, index) => ({ ...day, date: dates[index] ?? '' })) };
  });
