import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALWAYS_OPEN, closesAt, type Window } from '../../src/domain/window.ts';
import { anEvidence } from './aRequest.ts';

const now = new Date('2026-11-20T10:00:00Z');
const madeAt = (text: string | null) => ({ ...anEvidence, madeAt: text });
const until = (time: string, zone: string): Window => ({ cutOff: { time, zone }, holdSeconds: null });

describe('the window of a payment', () => {
  it.each<[string, Window, string | null, string | null]>([
    ['never closes where nothing says so', ALWAYS_OPEN, '2026-11-20T08:00:00Z', null],
    [
      'closes at the end of the day on which it was paid',
      until('22:00', 'Europe/Istanbul'),
      '2026-11-20T08:00:00Z',
      '2026-11-20T19:00:00Z',
    ],
    [
      'closed yesterday for what was paid yesterday',
      until('22:00', 'Europe/Istanbul'),
      '2026-11-19T08:00:00Z',
      '2026-11-19T19:00:00Z',
    ],
    [
      'closes on the next day for what was paid late in the evening',
      until('22:00', 'Europe/Istanbul'),
      '2026-11-20T19:30:00Z',
      '2026-11-21T19:00:00Z',
    ],
    [
      'counts from now when nobody said when it was paid',
      until('22:00', 'Europe/Istanbul'),
      null,
      '2026-11-20T19:00:00Z',
    ],
    [
      'does not believe a time without its offset',
      until('22:00', 'Europe/Istanbul'),
      '2026-11-19T08:00:00',
      '2026-11-20T19:00:00Z',
    ],
    [
      'takes an offset without a colon',
      until('22:00', 'Europe/Istanbul'),
      '2026-11-19T08:00:00+0300',
      '2026-11-19T19:00:00Z',
    ],
    [
      'closes with the age of the hold',
      { cutOff: null, holdSeconds: 432_000 },
      '2026-11-18T08:00:00+05:00',
      '2026-11-23T03:00:00Z',
    ],
    ['knows no age without the time of the payment', { cutOff: null, holdSeconds: 432_000 }, null, null],
    [
      'closes at the earlier of two ends',
      { cutOff: { time: '22:00', zone: 'UTC' }, holdSeconds: 3600 },
      '2026-11-20T09:30:00Z',
      '2026-11-20T10:30:00Z',
    ],
    [
      'knows the longer day of autumn',
      until('02:30', 'Europe/Warsaw'),
      '2026-10-24T12:00:00Z',
      '2026-10-25T00:30:00Z',
    ],
    [
      'ends after an hour that the clock skips',
      until('02:30', 'Europe/Warsaw'),
      '2027-03-27T12:00:00Z',
      '2027-03-28T01:30:00Z',
    ],
  ])('%s', (_what, window, made, closes) => {
    expect(closesAt(window, madeAt(made), now)?.toISOString() ?? null).toBe(
      closes === null ? null : new Date(closes).toISOString(),
    );
  });

  it('closes at most 25 hours after the payment, at that time on the wall', () => {
    const zones = fc.constantFrom(
      'Europe/Istanbul',
      'Europe/Warsaw',
      'America/Sao_Paulo',
      'Asia/Almaty',
      'Asia/Kolkata',
      'UTC',
    );
    // Not between 00:00 and 04:00, where clocks are changed.
    const hours = fc.integer({ min: 4, max: 23 }).map((hour) => `${String(hour).padStart(2, '0')}:45`);
    const moments = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2030-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, hours, moments, (zone, time, made) => {
        const closes = closesAt(until(time, zone), madeAt(made.toISOString()), made);
        const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(
          closes ?? made,
        );
        expect(shown).toBe(time);
        expect(closes?.getTime()).toBeGreaterThan(made.getTime());
        expect(closes?.getTime()).toBeLessThanOrEqual(made.getTime() + 25 * 3_600_000);
      }),
    );
  });
});
