import { describe, expect, it } from 'vitest';
import type { Bulk, BulkState } from '../../src/domain/bulk.ts';
import type { Approval } from '../../src/domain/decide.ts';
import { bulkWaitsFor, waitsFor } from '../../src/domain/waiting.ts';
import { aRequest, lena, maria, pavel, tom } from './aRequest.ts';

const NOW = new Date('2026-11-19T09:00:00.000Z');
const needs = [
  { group: 'finance', count: 1 },
  { group: 'risk', count: 1 },
];
const request = aRequest({ rule: { policy: 'p1', needs } });
const live = (...groups: string[]) => ({ live: true, groups }) as const;
const by = (person: typeof pavel, groups: string[]): Approval => ({ person, groups });

describe('a request that needs one of finance and one of risk', () => {
  it.each([
    ['waits for somebody of finance', pavel, live('finance'), [], true],
    ['waits for somebody of risk', tom, live('risk'), [], true],
    ['does not wait for whoever asked', maria, live('finance', 'risk'), [], false],
    ['does not wait for somebody of no such group', tom, live('support'), [], false],
    ['does not wait for whoever left', pavel, { live: false, why: 'gone' } as const, [], false],
    ['does not wait for whoever approved', pavel, live('finance'), [by(pavel, ['finance'])], false],
    ['does not wait for a second of finance', lena, live('finance'), [by(pavel, ['finance'])], false],
    ['still waits for risk after finance', tom, live('risk'), [by(pavel, ['finance'])], true],
    [
      'waits for finance where whoever approved can fill the other place',
      pavel,
      live('finance'),
      [by(lena, ['finance', 'risk'])],
      true,
    ],
  ])('%s', (_what, person, membership, approvals, waits) => {
    expect(waitsFor(request, approvals, { person, membership }, NOW)).toBe(waits);
  });

  it('waits for nobody once its deadline is over, or it was decided', () => {
    const pavels = { person: pavel, membership: live('finance') };
    expect(waitsFor(request, [], pavels, request.deadline)).toBe(false);
    expect(waitsFor({ ...request, state: 'rejected' }, [], pavels, NOW)).toBe(false);
  });
});

describe('a bulk that needs one of finance and one of risk', () => {
  const bulk: Bulk = { ...request, lines: [request.digest] };
  const waits = (...[state, person, membership, approvals = []]: Waiting) =>
    bulkWaitsFor(bulk, state, approvals, { person, membership }, NOW);
  type Waiting = [
    state: BulkState,
    person: typeof pavel,
    membership: ReturnType<typeof live>,
    approvals?: readonly Approval[],
  ];

  it.each<[string, Waiting, boolean]>([
    ['waits for somebody of finance', ['pending', pavel, live('finance')], true],
    ['does not wait for whoever asked', ['pending', maria, live('finance')], false],
    [
      'does not wait for whoever approved',
      ['pending', pavel, live('finance'), [by(pavel, ['finance'])]],
      false,
    ],
    [
      'waits for whoever approved when it was halted',
      ['paused', pavel, live('finance'), [by(pavel, ['finance'])]],
      true,
    ],
    ['does not wait for whoever asked when it was halted', ['paused', maria, live('finance')], false],
    ['does not wait for strangers when it was halted', ['paused', tom, live('support')], false],
    ['waits for nobody while it is sent', ['sending', pavel, live('finance')], false],
    ['waits for nobody when it has ended', ['ended', pavel, live('finance')], false],
  ])('%s', (_what, waiting, does) => {
    expect(waits(...waiting)).toBe(does);
  });
});
