import { describe, expect, it } from 'vitest';
import { isOpen, nameOf, readNumber, type State, states } from '../../src/domain/request.ts';

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
