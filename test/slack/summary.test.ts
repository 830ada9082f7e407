import { describe, expect, it } from 'vitest';
import type { Figures } from '../../src/domain/summary.ts';
import { inZone } from '../../src/slack/look.ts';
import { summaryMessage } from '../../src/slack/summary.ts';
import type { Summary } from '../../src/usecases/summaries.ts';
import { FIGURES, QUIET, WAITING } from '../domain/someFigures.ts';
import { shown } from './aStory.ts';

const showTime = inZone('Europe/Warsaw');

function summaryOf(figures: Figures, more: Partial<Summary> = {}): Summary {
  return {
    channel: 'C_FINANCE',
    figures,
    ts: null,
    asksSignOff: true,
    signOff: null,
    picture: null,
    showsSignOff: false,
    ...more,
  };
}
const show = (figures: Figures, more?: Partial<Summary>) =>
  shown(summaryMessage(summaryOf(figures, more), showTime));

describe('the summary', () => {
  it('of a day says what waits, what it brought, money by account, what stood out, and that it adds up', () => {
    const waiting = [
      { why: 'unknown', count: 1, items: [WAITING], more: 0 },
      { why: 'pending', count: 12, items: [{ ...WAITING, name: 'B-1001', lines: 12 }], more: 0 },
    ] as const;
    expect(show({ ...FIGURES, waiting })).toMatchInlineSnapshot(`
      "*Cancellations on Wednesday, 18 November 2026*
      *Waits on somebody: 13*
      ❓ Outcome unknown: *1*
      • *C-1042*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      ⏳ More than half of the time to decide is over: *12*
      • *B-1001* (12 requests)  ·  \`shop-pl\`  ·  480.00 PLN  ·  asked 18 Nov, 10:30 CET, to be decided before 18 Nov, 18:30 CET
      record head 4711:abababababababababababababababababababababababababababababababab
      📝 Opened: *5*
      ✍️ Approved: *4*
      ✅ Cancelled: *4*
      🚫 Rejected: *1*
      *Money*
      \`shop-pl\`: cancelled *1 234 567.50 PLN* (3)  ·  rejected *5.00 PLN* (1)
      \`hotel-kz\`: cancelled *1 500 JPY* (1)
      Time to decision: half within 12 min, the slowest 3 h 10 min (C-1040)
      Largest: *C-1039* 900 000.00 PLN at \`shop-pl\`, cancelled
      Refused by providers: 2 × \`41\` at \`shop-tr\`
      Refused tries: *3* (2 self-approvals, 1 by somebody who is no approver)
      carried in 2 + opened 5 = ended 5 + carried out 2
      18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw; as known at 19 Nov, 09:00 CET
      ---
      Cancellations on Wednesday, 18 November 2026
      *Waits on somebody: 13*
      ❓ Outcome unknown: *1*
      • *C-1042*  ·  \`shop-pl\`  ·  480.00 PLN  ·  since 18 Nov, 10:30 CET
      ⏳ More than half of the time to decide is over: *12*
      • *B-1001* (12 requests)  ·  \`shop-pl\`  ·  480.00 PLN  ·  asked 18 Nov, 10:30 CET, to be decided before 18 Nov, 18:30 CET
      📝 Opened: *5*
      ✍️ Approved: *4*
      ✅ Cancelled: *4*
      🚫 Rejected: *1*
      *Money*
      \`shop-pl\`: cancelled *1 234 567.50 PLN* (3)  ·  rejected *5.00 PLN* (1)
      \`hotel-kz\`: cancelled *1 500 JPY* (1)
      Time to decision: half within 12 min, the slowest 3 h 10 min (C-1040)
      Largest: *C-1039* 900 000.00 PLN at \`shop-pl\`, cancelled
      Refused by providers: 2 × \`41\` at \`shop-tr\`
      Refused tries: *3* (2 self-approvals, 1 by somebody who is no approver)
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

  it('of a quiet day says that it was one', () => {
    expect(show(QUIET)).toMatchInlineSnapshot(`
      "*Cancellations on Wednesday, 18 November 2026*
      *Nothing waits on anybody.*
      record head 4711:abababababababababababababababababababababababababababababababab
      A quiet day: no request was opened and none ended.
      carried in 0 + opened 0 = ended 0 + carried out 0
      18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw; as known at 19 Nov, 09:00 CET
      ---
      Cancellations on Wednesday, 18 November 2026
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

  it('is loud about figures that do not add up', () => {
    expect(show({ ...FIGURES, carriedOut: 1 }).match(/🚨 \*These figures do not add up/g)).toHaveLength(2);
  });
});
