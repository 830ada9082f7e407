import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/domain/csv.ts';
import { detailText } from '../../src/language/summaryFiles.ts';
import { detailCsv } from '../../src/slack/summaryDetail.ts';
import type { DetailLine } from '../../src/usecases/summaryFiles.ts';

const LINE: DetailLine = {
  number: 1042,
  bulk: null,
  account: 'shop-pl',
  provider: 'sibs',
  payment: 'tx1',
  amount: { minor: 48_000n, currency: 'PLN' },
  partial: false,
  ticket: null,
  requester: 'U_MARIA',
  requestedAt: new Date('2026-11-18T23:30:00Z'),
  isOpened: true,
  ended: { state: 'cancelled', at: new Date('2026-11-19T08:00:00Z') },
  state: 'cancelled',
  approvers: ['U_PAVEL', 'U_LENA'],
  approvedAt: new Date('2026-11-19T07:59:00Z'),
  endedBy: null,
  refusal: null,
};

function cellsOf(line: Partial<DetailLine>): Record<string, string | undefined> {
  const [heading, row] = readCsv(detailCsv([{ ...LINE, ...line }])).map(({ cells }) => cells);
  return Object.fromEntries((heading ?? []).map((name, index) => [name, row?.[index]]));
}

describe('the requests of a summary, as CSV', () => {
  it('have all that there is to add up and to ask about, and times in UTC', () => {
    expect(cellsOf({ bulk: 1001, ticket: 'HELP-7' })).toMatchInlineSnapshot(`
      {
        "account": "shop-pl",
        "amount": "480.00",
        "approved_at": "2026-11-19T07:59:00.000Z",
        "approved_by": "U_PAVEL U_LENA",
        "bulk": "B-1001",
        "currency": "PLN",
        "ended_as": "cancelled",
        "ended_at": "2026-11-19T08:00:00.000Z",
        "ended_by": "",
        "opened": "yes",
        "part": "no",
        "payment": "tx1",
        "provider": "sibs",
        "refusal_code": "",
        "request": "C-1042",
        "requested_at": "2026-11-18T23:30:00.000Z",
        "requester": "U_MARIA",
        "state_now": "cancelled",
        "ticket": "HELP-7",
      }
    `);
  });

  it('leave open what is open, and name no amount that nobody knows', () => {
    const open = { ended: null, state: 'unknown', amount: null, approvers: [], approvedAt: null } as const;
    const empty = { ended_as: '', ended_at: '', amount: '', currency: '', approved_by: '', approved_at: '' };
    expect(cellsOf(open)).toMatchObject({ ...empty, state_now: 'unknown' });
  });

  it.each(['=1+1', '+48 600', '-5', '@import', '\t=1', '＝1'])(
    'are no formula where a payment is called %j',
    (payment) => {
      expect(cellsOf({ payment })['payment']).toBe(`'${payment}`);
    },
  );

  it('say that they are not all, where they are too many for a file', () => {
    expect(detailText(10_000, 12_345)).toBe(
      '📎 The first 10\u00a0000 of 12\u00a0345 requests that were opened or ended in this time, or stayed open. The operator’s export has them all.',
    );
  });
});
