import { describe, expect, it } from 'vitest';
import { toSummary } from '../../src/config/summarySettings.ts';
import { faultsWith, read, settingsWith } from './example.ts';

const AT_NINE = { time: '09:00', zone: 'Europe/Warsaw' };
const DAYS = { kind: 'day', weekday: null };

describe('the summaries of the settings', () => {
  it.each([
    [AT_NINE, { ...AT_NINE, tracks: [DAYS], reviewers: ['finance', 'risk'], acceptedSeconds: 86_400 }],
    [
      { ...AT_NINE, weekly: 'sunday', monthly: true, reviewers: 'risk', accepted_limit: '3d' },
      {
        ...AT_NINE,
        tracks: [DAYS, { kind: 'week', weekday: 7 }, { kind: 'month', weekday: null }],
        reviewers: ['risk'],
        acceptedSeconds: 3 * 86_400,
      },
    ],
  ])('are read from %j; who approves signs off where nobody else is named', (summary, meant) => {
    const result = read(settingsWith({ summary }));
    if (!result.ok) throw new Error(result.faults.join('\n'));
    expect(toSummary(result.settings)).toEqual({ ...meant, channel: 'C0FINANCE' });
  });

  it.each<[object, string]>([
    [{ reviewers: 'audit' }, 'summary.reviewers is not one of the groups'],
    [{ reviewers: ['risk'] }, 'summary.reviewers Invalid input: expected string, received array'],
    [{ weekly: 'someday' }, 'summary.weekly must be a day such as monday'],
    [{ monthly: 'yes' }, 'summary.monthly Invalid input: expected boolean, received string'],
    [{ accepted_limit: '1 day' }, 'summary.accepted_limit must be a duration such as 30m, 8h or 2d'],
    [{ time: '24:00' }, 'summary.time must be a time such as 09:00'],
    [{ zone: 'Warsaw' }, 'summary.zone must be a time zone such as Europe/Warsaw'],
  ])('are refused with %j', (changes, fault) => {
    expect(faultsWith({ summary: { ...AT_NINE, ...changes } })).toEqual([fault]);
  });
});
