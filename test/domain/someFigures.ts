/** Plausible figures of a day, and whatever a test wants different. */
import type { Figures, WaitingItem } from '../../src/domain/summary.ts';

export const FIGURES: Figures = {
  kind: 'day',
  first: '2026-11-18',
  last: '2026-11-18',
  days: 1,
  zone: 'Europe/Warsaw',
  since: new Date('2026-11-17T23:00:00.000Z'),
  until: new Date('2026-11-18T23:00:00.000Z'),
  dueAt: new Date('2026-11-19T08:00:00.000Z'),
  madeAt: new Date('2026-11-19T08:00:20.000Z'),
  head: { seq: 4711, hash: 'ab'.repeat(32) },
  carriedIn: 2,
  opened: [
    { account: 'shop-pl', count: 4, money: { minor: 123_456_750n, currency: 'PLN' } },
    { account: 'hotel-kz', count: 1, money: null },
  ],
  ended: [
    { state: 'cancelled', account: 'shop-pl', count: 3, money: { minor: 123_456_750n, currency: 'PLN' } },
    { state: 'cancelled', account: 'hotel-kz', count: 1, money: { minor: 1500n, currency: 'JPY' } },
    { state: 'rejected', account: 'shop-pl', count: 1, money: { minor: 500n, currency: 'PLN' } },
  ],
  carriedOut: 2,
  late: { opened: 0, ended: 0 },
  approved: [{ account: 'shop-pl', count: 4, money: { minor: 123_456_750n, currency: 'PLN' } }],
  decided: { count: 5, medianSeconds: 720, slowest: { name: 'C-1040', seconds: 11_400 } },
  refusals: [{ account: 'shop-tr', code: '41', count: 2 }],
  tries: [
    { why: 'own_request', count: 2 },
    { why: 'not_an_approver', count: 1 },
  ],
  largest: [
    {
      name: 'C-1039',
      account: 'shop-pl',
      state: 'cancelled',
      amount: { minor: 90_000_000n, currency: 'PLN' },
    },
  ],
  compared: { before: null, usual: null },
  waiting: [],
  freezes: { items: [], more: 0 },
  halted: { items: [], more: 0 },
  silent: [],
  unsigned: [],
};

export const QUIET: Figures = {
  ...FIGURES,
  carriedIn: 0,
  opened: [],
  ended: [],
  carriedOut: 0,
  approved: [],
  decided: null,
  refusals: [],
  tries: [],
  largest: [],
};

export const WAITING: WaitingItem = {
  name: 'C-1042',
  account: 'shop-pl',
  lines: 1,
  money: [{ minor: 48_000n, currency: 'PLN' }],
  withoutAmount: 0,
  since: new Date('2026-11-18T09:30:00.000Z'),
  deadline: new Date('2026-11-18T17:30:00.000Z'),
};
