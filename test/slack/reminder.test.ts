import { describe, expect, it } from 'vitest';
import { states } from '../../src/domain/request.ts';
import { reminders } from '../../src/domain/reminders.ts';
import { reminderMessage } from '../../src/slack/reminder.ts';
import { aDecision, aStory, liveIn, showTime, shown } from './aStory.ts';
import { longest } from './longest.ts';

const groups = { finance: ['U_PAVEL', 'U_LENA', 'U_MARIA'], risk: ['U_LENA'] };
const needs = [
  { group: 'finance', count: 1 },
  { group: 'risk', count: 1 },
];
const waiting = aStory({ rule: { policy: 'p1', needs } }, [aDecision()]);

function escalated(escalateTo: readonly string[]): string {
  return reminderMessage('escalation', waiting, { showTime, groups, escalateTo }).text;
}

describe('a reminder', () => {
  it('calls those whose approval is missing, with the buttons of the card', () => {
    expect(shown(reminderMessage('reminder', waiting, { showTime, groups }))).toMatchInlineSnapshot(`
      "⏰ This still waits for a decision, and expires at 19 Nov, 16:00 UTC. <@U_LENA> please approve or reject this. Nothing is sent before.
      ---
      ⏰ This still waits for a decision, and expires at 19 Nov, 16:00 UTC. <@U_LENA> please approve or reject this. Nothing is sent before.
      Approve
      Reject
      Withdraw"
    `);
  });

  it.each(states.filter((state) => state !== 'pending'))(
    'calls nobody and has no buttons when %s',
    (state) => {
      for (const reminder of reminders) {
        const setting = { showTime, groups, escalateTo: ['U_TOM'] };
        const { text, blocks } = reminderMessage(reminder, aStory({ state }), setting);
        expect(text).not.toContain('<@');
        expect(blocks.map(({ type }) => type)).toEqual(['section']);
      }
    },
  );

  it('has block ids that no other message of the request has', () => {
    const ids = reminders.flatMap((reminder) =>
      reminderMessage(reminder, waiting, { showTime, groups }).blocks.flatMap((block) =>
        'block_id' in block ? [block.block_id] : [],
      ),
    );
    expect(ids).toEqual(['decide-reminder-1', 'decide-escalation-1']);
  });

  it('calls twenty people at most', () => {
    const many = Array.from({ length: 60 }, (_one, n) => `U_${n}A123456789`);
    const setting = { showTime, groups: { finance: many.slice(30) }, escalateTo: many };
    for (const reminder of reminders) {
      const message = reminderMessage(reminder, aStory(), setting);
      expect(shown(message)).toContain(message.text);
      expect(message.text.match(/<@/g)).toHaveLength(20);
    }
  });

  it('fits when everything is as long as it can be', () => {
    for (const story of longest('pending'))
      for (const reminder of reminders) {
        const message = reminderMessage(reminder, story, { showTime, groups, escalateTo: ['U_TOM'] });
        expect(shown(message)).toContain(message.text);
        expect(liveIn(message)).toEqual([]);
      }
  });
});

describe('an escalation', () => {
  it('tells those who may not give the missing approval so', () => {
    expect(escalated(['U_TOM', 'U_LENA'])).toBe(
      '🚨 Nobody has decided on this after the reminder, and it expires at 19 Nov, 16:00 UTC. ' +
        '<@U_LENA> please approve or reject it. ' +
        "<@U_TOM> please see that somebody does: the approval that is missing can't come from you.",
    );
  });

  it('goes to the people of a group', () => {
    expect(escalated(groups.risk)).toContain('<@U_LENA> please approve or reject it.');
  });

  it('calls neither whoever asked nor whoever approved, and says so when nobody is left', () => {
    expect(escalated(['U_MARIA', 'U_PAVEL'])).toBe(
      '🚨 Nobody has decided on this after the reminder, and it expires at 19 Nov, 16:00 UTC. ' +
        'Everybody to whom it is escalated asked for it or approved it already.',
    );
  });
});
