import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSeconds, wallTime } from '../../src/domain/clock.ts';
import { isWithin } from '../../src/domain/hours.ts';
import { dueAt, isDue, type Reminder, type Reminding, reminders } from '../../src/domain/reminders.ts';
import { states } from '../../src/domain/request.ts';

const HOUR = 3600;
const always: Reminding = { afterSeconds: HOUR, escalateAfterSeconds: 3 * HOUR, quiet: null };
const quietIn = (from: string, until: string, zone = 'Europe/Warsaw'): Reminding => ({
  ...always,
  quiet: { from, until, zone },
});
const nights = quietIn('20:00', '08:00');

describe('a reminder is due', () => {
  it.each<[string, Reminder, Reminding, string, string | null]>([
    ['after its time', 'reminder', always, '2026-11-20T10:00:00Z', '2026-11-20T11:00:00Z'],
    ['before the escalation', 'escalation', always, '2026-11-20T10:00:00Z', '2026-11-20T13:00:00Z'],
    [
      'and nothing is escalated where nobody says to whom',
      'escalation',
      { ...always, escalateAfterSeconds: null },
      '2026-11-20T10:00:00Z',
      null,
    ],
    ['when the night is over', 'reminder', nights, '2026-11-20T20:30:00Z', '2026-11-21T07:00:00Z'],
    [
      'on the same morning, after midnight',
      'reminder',
      nights,
      '2026-11-21T01:00:00Z',
      '2026-11-21T07:00:00Z',
    ],
    ['a minute before the night', 'reminder', nights, '2026-11-20T17:59:00Z', '2026-11-20T18:59:00Z'],
    ['not in its first minute', 'reminder', nights, '2026-11-20T18:00:00Z', '2026-11-21T07:00:00Z'],
    [
      'when the lunch break is over',
      'reminder',
      quietIn('12:00', '13:30'),
      '2026-11-20T10:15:00Z',
      '2026-11-20T12:30:00Z',
    ],
    [
      'and its escalation waits as long after it, whatever the night took',
      'escalation',
      nights,
      '2026-11-20T20:30:00Z',
      '2026-11-21T09:00:00Z',
    ],
    [
      'and the escalation has its own night',
      'escalation',
      nights,
      '2026-11-20T17:00:00Z',
      '2026-11-21T07:00:00Z',
    ],
    [
      'when the clock was put forward in the night',
      'reminder',
      nights,
      '2026-03-28T22:00:00Z',
      '2026-03-29T06:00:00Z',
    ],
    [
      'when the clock was put back in the night',
      'reminder',
      nights,
      '2026-10-24T22:00:00Z',
      '2026-10-25T07:00:00Z',
    ],
    [
      'when the night ends in the hour that comes twice, at the second end',
      'reminder',
      quietIn('20:00', '02:30'),
      '2026-10-25T00:10:00Z',
      '2026-10-25T01:30:00Z',
    ],
  ])('%s', (_what, reminder, reminding, requestedAt, due) => {
    expect(dueAt(reminder, new Date(requestedAt), reminding)?.toISOString() ?? null).toBe(
      due === null ? null : new Date(due).toISOString(),
    );
  });

  const zone = fc.constantFrom(
    'UTC',
    'Europe/Warsaw',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
  );
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
  const anyQuiet = fc.record({ from: time, until: time, zone }).filter(({ from, until }) => from !== until);
  const anyTime = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  const seconds = fc.integer({ min: 60, max: 3 * 24 * HOUR });

  it('outside of quiet hours, never early, and at their end where they moved it', () => {
    fc.assert(
      fc.property(anyQuiet, anyTime, seconds, seconds, (quiet, requestedAt, afterSeconds, more) => {
        const reminding = { afterSeconds, escalateAfterSeconds: afterSeconds + more, quiet };
        let earliest = addSeconds(requestedAt, afterSeconds);
        for (const reminder of reminders) {
          const at = dueAt(reminder, requestedAt, reminding) ?? requestedAt;
          expect(isWithin(quiet, wallTime(at, quiet.zone))).toBe(false);
          expect(at.getTime()).toBeGreaterThanOrEqual(earliest.getTime());
          expect(isWithin(quiet, wallTime(earliest, quiet.zone))).toBe(at > earliest);
          expect(at.getTime() - earliest.getTime()).toBeLessThanOrEqual(25 * HOUR * 1000);
          earliest = addSeconds(at, more);
        }
      }),
    );
  });
});

describe('a reminder may be sent', () => {
  const requestedAt = new Date('2026-11-20T10:00:00Z');
  const request = { state: 'pending', requestedAt, deadline: new Date('2026-11-21T18:00:00Z') } as const;
  const isDueAt = (now: string, changes: object = {}, reminding = nights) =>
    isDue('reminder', { ...request, ...changes }, reminding, new Date(now));

  it('from its time on, however late, until the deadline', () => {
    expect(isDueAt('2026-11-20T10:59:59Z')).toBe(false);
    expect(isDueAt('2026-11-20T11:00:00Z')).toBe(true);
    expect(isDueAt('2026-11-21T17:59:59Z')).toBe(true);
    expect(isDueAt('2026-11-21T18:00:00Z', {}, always)).toBe(false);
  });

  it('not in quiet hours, also when it was due before them', () => {
    expect(isDueAt('2026-11-20T18:59:59Z')).toBe(true);
    expect(isDueAt('2026-11-20T19:00:00Z')).toBe(false);
    expect(isDueAt('2026-11-21T06:59:59Z')).toBe(false);
    expect(isDueAt('2026-11-21T07:00:00Z')).toBe(true);
  });

  it.each(states.filter((state) => state !== 'pending'))('not when the request is %s', (state) => {
    expect(isDueAt('2026-11-20T12:00:00Z', { state })).toBe(false);
  });

  it('and is not escalated where that is not wanted', () => {
    const reminding = { ...always, escalateAfterSeconds: null };
    expect(isDue('escalation', request, reminding, new Date('2026-11-20T17:00:00Z'))).toBe(false);
  });
});
