import { describe, expect, it } from 'vitest';
import type { Figures } from '../../src/domain/summary.ts';
import { inZone } from '../../src/slack/look.ts';
import { summaryMessage } from '../../src/slack/summary.ts';
import type { Summary } from '../../src/usecases/summaries.ts';
import { FIGURES, QUIET, WAITING } from '../domain/someFigures.ts';
import { shown } from './aStory.ts';

const showTime = inZone('Europe/Warsaw');

function messageOf(figures: Figures, more: Partial<Summary> = {}) {
  const made = {
    channel: 'C_FINANCE',
    figures,
    ts: null,
    asksSignOff: true,
    signOff: null,
    picture: null,
    showsSignOff: false,
  };
  return summaryMessage({ ...made, ...more }, showTime);
}
/** What the blocks show, one text below the other. */
const show = (figures: Figures, more?: Partial<Summary>) =>
  shown(messageOf(figures, more)).split('---\n')[1]?.replaceAll('\u00a0', ' ');

describe('the summary', () => {
  it('of a day says what it brought, against what is usual, money by account, what stood out, and that it adds up', () => {
    const compared = {
      before: { opened: 7, ended: { cancelled: 1, withdrawn: 2 } },
      usual: { of: 8, opened: 5, ended: { cancelled: 3, rejected: 1 } },
    };
    expect(show({ ...FIGURES, compared, late: { opened: 1, ended: 0 } })).toMatchInlineSnapshot(`
      "Cancellations on Wednesday, 18 November 2026
      *Nothing waits on anybody.*
      📝 Opened: *5*  (−2; usually 5)
      ✍️ Approved: *4*
      ✅ Cancelled: *4*  (+3; usually 3)
      🚫 Rejected: *1*  (+1; usually 1)
      ↩️ Withdrawn: *0*  (−2; usually 0)
      In brackets: the change from the day before; the median of 8 Wednesdays
      *Money*
      \`shop-pl\`: cancelled *1 234 567.50 PLN* (3)  ·  rejected *5.00 PLN* (1)
      \`hotel-kz\`: cancelled *1 500 JPY* (1)
      Time to decision: half within 12 min, the slowest 3 h 10 min (C-1040)
      Largest: *C-1039* 900 000.00 PLN at \`shop-pl\`, cancelled
      Refused by providers: 2 × \`41\` at \`shop-tr\`
      Refused tries: *3* (2 self-approvals, 1 by somebody who is no approver)
      Of earlier days, and recorded only after their summary: 1 opened, 0 ended
      carried in 2 + opened 5 = ended 5 + carried out 2
      18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw; as known at 19 Nov, 09:00 CET
      record head 4711:abababababababababababababababababababababababababababababababab
      Reviewed
      Sign this summary off?
      It is recorded that you reviewed this summary, and shown here. You can't take this back.
      Reviewed
      Not yet"
    `);
  });

  it('of a bad day says first what waits on somebody', () => {
    const { since } = WAITING;
    const bulk = { ...WAITING, name: 'B-1001', lines: 12, withoutAmount: 2 };
    expect(
      show({
        ...QUIET,
        carriedIn: 3,
        carriedOut: 1,
        unsigned: ['2026-11-16', '2026-11-17'],
        waiting: [
          {
            why: 'unknown',
            count: 8,
            items: Array.from({ length: 7 }, (_one, n) => ({ ...WAITING, name: `C-${n}` })),
            more: 1,
          },
          { why: 'accepted', count: 1, items: [WAITING], more: 0 },
          { why: 'pending', count: 12, items: [bulk], more: 0 },
        ],
        freezes: {
          items: [{ number: 3, scope: { type: 'account', account: 'shop-tr' }, frozenAt: since }],
          more: 0,
        },
        halted: { items: [{ name: 'B-1002', account: 'shop-pl', lines: 1, haltedAt: since }], more: 0 },
        silent: [{ account: 'hotel-kz', count: 3, since }],
      }),
    ).toMatchInlineSnapshot(`
      "Cancellations on Wednesday, 18 November 2026
      🚨 *These figures do not add up: carried in 3 + opened 0 = ended 0 + carried out 1.* Requests went missing or were put in past Countersign. Run \`countersign verify\` and find out before you rely on them.
      📋 Nobody has reviewed *2 days*: 16 Nov, 17 Nov
      *Waits on somebody: 13*
      ❓ Outcome unknown: *8*
      • *C-0*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      • *C-1*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      • *C-2*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      • *C-3*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      • *C-4*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      … and 3 more
      📥 Accepted long ago, and not decided by the provider: *1*
      • *C-1042*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      ⏳ More than half of the time to decide is over: *1* (12 requests)
      • *B-1001* (12 requests)  ·  \`shop-pl\`  ·  480.00 PLN, 2 without a known amount  ·  asked 18 Nov, 10:30 CET, to be decided before 18 Nov, 18:30 CET
      🧊 the account \`shop-tr\` is frozen (F-3), since 18 Nov, 10:30 CET
      ⏸️ *B-1002* halted at 18 Nov, 10:30 CET, with 1 request of \`shop-pl\` not sent
      🔌 Look-ups at \`hotel-kz\` brought no usable answer for 3 requests, since 18 Nov, 10:30 CET
      A quiet day: no request was opened and none ended.
      carried in 3 + opened 0 = ended 0 + carried out 1
      18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw; as known at 19 Nov, 09:00 CET
      record head 4711:abababababababababababababababababababababababababababababababab
      Reviewed
      Sign this summary off?
      It is recorded that you reviewed this summary, and shown here. You can't take this back.
      Reviewed
      Not yet"
    `);
  });

  it('of a quiet day says so in one line', () => {
    expect(show(QUIET)).toMatchInlineSnapshot(`
      "Cancellations on Wednesday, 18 November 2026
      *Nothing waits on anybody.*
      A quiet day: no request was opened and none ended.
      carried in 0 + opened 0 = ended 0 + carried out 0
      18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw; as known at 19 Nov, 09:00 CET
      record head 4711:abababababababababababababababababababababababababababababababab
      Reviewed
      Sign this summary off?
      It is recorded that you reviewed this summary, and shown here. You can't take this back.
      Reviewed
      Not yet"
    `);
  });

  it('that comes late, or for days that were missed, says that', () => {
    const dueAt = new Date('2026-11-19T06:59:59.000Z');
    const missed = { ...QUIET, first: '2026-11-16', days: 3, dueAt };
    expect(show(missed)?.split('\n').slice(0, 3)).toEqual([
      'Cancellations from Monday, 16 November 2026 to Wednesday, 18 November 2026',
      '🕗 This is one summary for 3 days, because none was made in between.',
      '🕗 It is late: it was to come at 19 Nov, 07:59 CET.',
    ]);
    expect(show(QUIET)).not.toContain('🕗');
  });

  it.each([
    [
      'week',
      '2026-11-16',
      '2026-11-22',
      7,
      'Cancellations from Monday, 16 November 2026 to Sunday, 22 November 2026',
    ],
    ['month', '2026-11-01', '2026-11-30', 30, 'Cancellations in November 2026'],
    [
      'month',
      '2026-10-01',
      '2026-11-30',
      61,
      'Cancellations from Thursday, 1 October 2026 to Monday, 30 November 2026',
    ],
  ] as const)('of a %s from %s to %s says which days it is of', (kind, first, last, days, title) => {
    const told = show({ ...QUIET, kind, first, last, days, unsigned: [] }, { asksSignOff: false });
    expect(told?.split('\n')[0]).toBe(title);
    expect(told).not.toContain('🕗');
    expect(told).not.toContain('Reviewed');
  });

  it('shows who signed it off, in place of the button', () => {
    const signOff = {
      person: { team: 'T_HOME', user: 'U_LENA' },
      signedAt: new Date('2026-11-19T09:30:00.000Z'),
    };
    const message = messageOf(QUIET, { signOff });
    expect(message.text.split('\n')[1]).toBe('✅ Reviewed by <@U_LENA> at 19 Nov, 10:30 CET');
    expect(message.blocks.map(({ type }) => type)).not.toContain('actions');
    expect(show(QUIET, { signOff })?.split('\n').at(-1)).toBe(
      '✅ Reviewed by <@U_LENA> at 19 Nov, 10:30 CET',
    );
  });

  it('is loud about figures that do not add up, for those who only hear it, too', () => {
    const wrong = '🚨 *These figures do not add up: carried in 2 + opened 5 = ended 5 + carried out 1.*';
    const message = messageOf({ ...FIGURES, carriedOut: 1 });
    expect(message.text.split('\n')[1]).toContain(wrong);
    expect(show({ ...FIGURES, carriedOut: 1 })?.split('\n')[1]).toContain(wrong);
  });

  it('says in its text what its blocks say', () => {
    const { text } = messageOf(FIGURES);
    for (const line of show(FIGURES, { asksSignOff: false })?.split('\n').slice(1) ?? [])
      expect(text.replaceAll('\u00a0', ' ')).toContain(line);
  });
});
