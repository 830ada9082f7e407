import { describe, expect, it } from 'vitest';
import { decimalText, type Money, parseMoney } from '../../src/domain/money.ts';
import {
  canBeAskedAgain,
  isOpen,
  nameOf,
  readNumber,
  type State,
  states,
  targetOf,
} from '../../src/domain/request.ts';
import { aRequest } from './aRequest.ts';

const open: Readonly<Record<State, boolean>> = {
  pending: true,
  approved: true,
  sending: true,
  accepted: true,
  unknown: true,
  cancelled: false,
  refused: false,
  rejected: false,
  withdrawn: false,
  expired: false,
  lapsed: false,
};

it.each(states)('a request that is %s is open or over, and which', (state) => {
  expect(isOpen(state)).toBe(open[state]);
});

it.each(states)('a request that is %s can be asked again, or need not', (state) => {
  const again: readonly State[] = ['refused', 'rejected', 'withdrawn', 'expired', 'lapsed'];
  expect(canBeAskedAgain(state)).toBe(again.includes(state));
});

describe('what a request asked for', () => {
  it('is the whole without an amount, whatever was left of it', () => {
    expect(targetOf(aRequest())).toEqual({ payment: 'holdMedium1002', details: { ticket: '1' }, part: null });
  });

  it.each<Money>([
    { minor: 5000n, currency: 'PLN' },
    { minor: 1n, currency: 'PLN' },
    { minor: 1500n, currency: 'JPY' },
    { minor: 1005n, currency: 'KWD' },
    { minor: 12_345n, currency: 'CLF' },
  ])('is a part that is read as the same amount again: $minor $currency', (amount) => {
    const { part } = targetOf(aRequest({ partial: true, amount }));
    expect(part).toBe(decimalText(amount));
    expect(parseMoney(part ?? '', amount.currency)).toEqual(amount);
  });
});

describe('the number of a request', () => {
  it('is said as C-1042', () => {
    expect(nameOf({ number: 1042 })).toBe('C-1042');
  });

  it.each(['C-1042', 'c-1042', 'C1042', 'c1042', '1042'])('is read from %s', (text) => {
    expect(readNumber(text)).toBe(1042);
  });

  it.each([
    '',
    'C-',
    'C--1042',
    'D-1042',
    'C-10 42',
    ' 1042',
    '1042\n',
    '-1042',
    '10.42',
    '1e3',
    '٤٢',
    '1'.repeat(13),
  ])('is not read from %j', (text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});
