import { describe, expect, it } from 'vitest';
import { states } from '../../src/domain/request.ts';
import { type Figures, WAITING_SHOWN, type Waiting } from '../../src/domain/summary.ts';
import { inReadersZone, inZone } from '../../src/slack/look.ts';
import { summaryMessage } from '../../src/slack/summary.ts';
import { shown, textsOf } from './aStory.ts';

const showTime = inZone('Europe/Warsaw');

const waiting: Waiting = {
  number: 1042,
  account: 'shop-pl',
  state: 'unknown',
  amount: { minor: 48_000n, currency: 'PLN' },
  requestedAt: new Date('2026-11-18T09:30:00.000Z'),
};

const figures: Figures = {
  date: '2026-11-18',
  zone: 'Europe/Warsaw',
  since: new Date('2026-11-17T23:00:00.000Z'),
  until: new Date('2026-11-18T23:00:00.000Z'),
  carriedIn: 2,
  opened: 5,
  ended: [
    {
      state: 'cancelled',
      count: 4,
      money: [
        { minor: 123_456_750n, currency: 'PLN' },
        { minor: 1500n, currency: 'JPY' },
      ],
      withoutAmount: 1,
    },
    { state: 'rejected', count: 1, money: [{ minor: 500n, currency: 'PLN' }], withoutAmount: 0 },
  ],
  carriedOut: 2,
  refusedTries: 3,
  waiting: [waiting, { ...waiting, number: 1043, state: 'pending', amount: null }],
  waitingCount: 2,
};

describe('the summary', () => {
  it('of a day says what waits, what ended with a sum for each currency, and that it adds up', () => {
    expect(shown(summaryMessage(figures, showTime))).toMatchInlineSnapshot(`
      "*Cancellations on Wednesday, 18 November 2026*
      *Waiting now: 2*
      ❓ Outcome unknown: *C-1042*, \`shop-pl\`, 480.00 PLN, asked 18 Nov, 10:30 CET
      ⏳ Waiting for approval: *C-1043*, \`shop-pl\`, amount not known, asked 18 Nov, 10:30 CET
      ✅ Cancelled: *4*  ·  1 234 567.50 PLN  ·  1 500 JPY  ·  1 without a known amount
      🚫 Rejected: *1*  ·  5.00 PLN
      carried in 2 + opened 5 = ended 5 + carried out 2
      ---
      Cancellations on Wednesday, 18 November 2026
      *Waiting now: 2*
      ❓ Outcome unknown: *C-1042*, \`shop-pl\`, 480.00 PLN, asked 18 Nov, 10:30 CET
      ⏳ Waiting for approval: *C-1043*, \`shop-pl\`, amount not known, asked 18 Nov, 10:30 CET
      ✅ Cancelled: *4*  ·  1 234 567.50 PLN  ·  1 500 JPY  ·  1 without a known amount
      🚫 Rejected: *1*  ·  5.00 PLN
      carried in 2 + opened 5 = ended 5 + carried out 2  ·  3 refused tries  ·  18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw"
    `);
  });

  it('of a quiet day says that it was one', () => {
    const quiet = {
      carriedIn: 0,
      opened: 0,
      ended: [],
      carriedOut: 0,
      refusedTries: 0,
      waiting: [],
      waitingCount: 0,
    };
    expect(shown(summaryMessage({ ...figures, ...quiet }, showTime))).toMatchInlineSnapshot(`
      "*Cancellations on Wednesday, 18 November 2026*
      *Nothing waits on anybody.*
      A quiet day: no request ended.
      carried in 0 + opened 0 = ended 0 + carried out 0
      ---
      Cancellations on Wednesday, 18 November 2026
      *Nothing waits on anybody.*
      A quiet day: no request ended.
      carried in 0 + opened 0 = ended 0 + carried out 0  ·  0 refused tries  ·  18 Nov, 00:00 CET to 19 Nov, 00:00 CET, Europe/Warsaw"
    `);
  });

  it('warns when the figures do not add up', () => {
    const message = summaryMessage({ ...figures, carriedOut: 1 }, showTime);
    const warning = '⚠️ These figures do not add up: carried in 2 + opened 5 = ended 5 + carried out 1';
    expect(message.text).toContain(warning);
    expect(textsOf(message.blocks).at(-1)?.text).toContain(warning);
  });

  it('says how many more wait than it shows', () => {
    expect(
      shown(summaryMessage({ ...figures, waitingCount: 40 }, showTime)).match(/… and 38 more/g),
    ).toHaveLength(2);
  });

  it.each([showTime, inReadersZone])('shows the longest of everything, and cuts nothing off', (time) => {
    const long = Array.from({ length: WAITING_SHOWN }, (_one, n) => ({
      ...waiting,
      number: 999_999_999_980 + n,
      account: 'a'.repeat(40),
      state: 'accepted' as const,
      amount: { minor: 999_999_999_999_999_999n, currency: 'PLN' },
    }));
    const ended = states.slice(-6).map((state) => ({
      state,
      count: 99_999,
      money: ['EUR', 'JPY', 'KWD', 'PLN', 'TRY', 'UAH', 'KZT', 'UZS'].map((currency) => ({
        minor: 999_999_999_999_999_999n,
        currency,
      })),
      withoutAmount: 99_999,
    }));
    const message = summaryMessage({ ...figures, waiting: long, waitingCount: 99_999, ended }, time);
    const blocks = shown(message).split('---\n')[1] ?? '';
    for (const { number } of long) expect(blocks).toContain(`*C-${number}*`);
    expect(blocks).toContain('… and 99979 more');
    expect(blocks.match(/99999 without a known amount/g)).toHaveLength(6);
    expect(blocks.split('\n').filter((line) => line.endsWith('…'))).toEqual([]);
    // Every date that is begun is also ended.
    expect(blocks.match(/<!date/g)?.length).toBe(blocks.match(/UTC>/g)?.length);
  });
});
