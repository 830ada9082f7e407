import { describe, expect, it } from 'vitest';
import { faultsWith, read, settingsWith } from './example.ts';

describe('the reminders of the settings', () => {
  it.each([
    [
      { after: '1h', escalate_after: '3h', escalate_to: 'risk', quiet: '20:00-08:00 Europe/Warsaw' },
      {
        afterSeconds: 3600,
        escalateAfterSeconds: 10_800,
        escalateTo: 'risk',
        quiet: { from: '20:00', until: '08:00', zone: 'Europe/Warsaw' },
      },
    ],
    [
      { after: '30m', escalate_after: '1h', escalate_to: ['U0BOSS'] },
      { afterSeconds: 1800, escalateAfterSeconds: 3600, escalateTo: ['U0BOSS'], quiet: null },
    ],
    [{ after: '30m' }, { afterSeconds: 1800, escalateAfterSeconds: null, escalateTo: [], quiet: null }],
    [undefined, undefined],
  ])('are read from %j', (reminders, meant) => {
    const result = read(settingsWith({ reminders }));
    expect(result.ok && result.settings.reminders).toEqual(meant);
  });

  it.each<[object, string]>([
    [{ quiet: '20:00-08:00 UTC' }, 'reminders.after is missing'],
    [{ after: '0m' }, 'reminders.after must be a duration such as 30m, 8h or 2d'],
    [{ after: '1h', later: '2h' }, 'reminders Unrecognized key: "later"'],
    [{ after: '1h', quiet: '20:00-20:00 UTC' }, 'reminders.quiet must end at another time than it begins'],
    [
      { after: '1h', quiet: '20-8 UTC' },
      "reminders.quiet must be two times and a zone such as '20:00-08:00 Europe/Warsaw'",
    ],
    [
      { after: '1h', quiet: '20:00-08:00 Warsaw' },
      'reminders.quiet.zone must be a time zone such as Europe/Warsaw',
    ],
    [
      { after: '1h', escalate_to: 'risk' },
      'reminders.escalate_after is missing: nobody knows when to escalate',
    ],
    [{ after: '1h', escalate_after: '2h' }, 'reminders.escalate_to is missing: nobody knows whom to call'],
    [
      { after: '1h', escalate_after: '1h', escalate_to: 'risk' },
      'reminders.escalate_after must be longer than after: the approvers come first',
    ],
    [
      { after: '1h', escalate_after: '2h', escalate_to: 'bosses' },
      'reminders.escalate_to is not one of the groups',
    ],
    [
      { after: '1h', escalate_after: '2h', escalate_to: ['#bosses'] },
      'reminders.escalate_to[0] must be a user id such as U0123456789',
    ],
  ])('are refused when they are %j', (reminders, fault) => {
    expect(faultsWith({ reminders: { ...reminders } })).toEqual([fault]);
  });
});
