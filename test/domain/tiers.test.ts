import { describe, expect, it } from 'vitest';
import { wallTime } from '../../src/domain/clock.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Need } from '../../src/domain/policy.ts';
import {
  type Case,
  nameOfTier,
  type Policy,
  ruleOf,
  type Tier,
  tierFor,
  tiersAhead,
} from '../../src/domain/tiers.ts';

const pln = (minor: bigint): Money => ({ minor, currency: 'PLN' });
const eur = (minor: bigint): Money => ({ minor, currency: 'EUR' });
const kzt = (minor: bigint): Money => ({ minor, currency: 'KZT' });
const one = (group: string): readonly Need[] => [{ group, count: 1 }];

const noon: Case = {
  account: 'shop-pl',
  provider: 'sibs',
  amount: pln(1n),
  partial: false,
  ticketKinds: [],
  timeIn: () => '12:00',
};

/** The group that a cancellation needs, of tiers that each want one group. */
function wanted(tiers: readonly Tier[], changes: Partial<Case>): string | undefined {
  return tierFor({ version: 'v7', tiers }, { ...noon, ...changes }).needs[0]?.group;
}

describe('the tier of a cancellation', () => {
  const tiers: readonly Tier[] = [
    { accounts: ['hotel-kz'], upTo: [kzt(1000n)], needs: one('desk') },
    { accounts: ['hotel-kz', 'hotel-uz'], needs: one('hotels') },
    { upTo: [pln(50_000n), eur(10_000n)], needs: one('finance') },
    { needs: one('directors') },
  ];

  it.each([
    ['shop-pl', pln(1n), 'finance'],
    ['shop-pl', pln(50_000n), 'finance'],
    ['shop-pl', pln(50_001n), 'directors'],
    ['shop-pl', eur(10_000n), 'finance'],
    ['shop-pl', eur(10_001n), 'directors'],
    ['shop-pl', kzt(1n), 'directors'],
    ['shop-pl', null, 'directors'],
    ['hotel-kz', kzt(1000n), 'desk'],
    ['hotel-kz', kzt(1001n), 'hotels'],
    ['hotel-kz', pln(1000n), 'hotels'],
    ['hotel-kz', null, 'hotels'],
    ['hotel-uz', kzt(1n), 'hotels'],
  ])('for %s and %o is the first that matches, of %s', (account, amount, group) => {
    expect(wanted(tiers, { account, amount })).toBe(group);
  });

  it.each<[string, Tier, Partial<Case>, boolean]>([
    ['its provider', { providers: ['sibs', 'payfull'], needs: [] }, {}, true],
    ['another provider', { providers: ['payfull'], needs: [] }, {}, false],
    ['a part', { part: true, needs: [] }, { partial: true }, true],
    ['a whole where parts are wanted', { part: true, needs: [] }, {}, false],
    ['a part where wholes are wanted', { part: false, needs: [] }, { partial: true }, false],
    ['its kind of ticket', { tickets: ['refund', 'other'], needs: [] }, { ticketKinds: ['other'] }, true],
    ['another kind of ticket', { tickets: ['recurring'], needs: [] }, { ticketKinds: ['other'] }, false],
    ['no ticket where one is wanted', { tickets: ['refund'], needs: [] }, {}, false],
    ['no limit at all', { upTo: [], needs: [] }, {}, false],
  ])('with %s', (_what, tier, changes, isIt) => {
    expect(wanted([{ ...tier, needs: one('this') }, { needs: one('rest') }], changes)).toBe(
      isIt ? 'this' : 'rest',
    );
  });

  it('is foreseen as far as can be before anything is looked up', () => {
    const all: Tier[] = [
      { accounts: ['shop-tr'], needs: one('a') },
      { tickets: ['refund'], needs: one('b') },
      { tickets: ['recurring'], upTo: [], needs: one('c') },
      { part: true, needs: one('d') },
      { providers: ['sibs'], needs: one('e') },
      { needs: one('f') },
    ];
    const ahead = (changes: Partial<Case>) =>
      tiersAhead({ version: 'v7', tiers: all }, { ...noon, ...changes }).map(({ needs }) => needs[0]?.group);
    expect(ahead({})).toEqual(['d', 'e']);
    expect(ahead({ ticketKinds: ['recurring', 'other'], provider: 'paymentwall' })).toEqual(['c', 'd', 'f']);
    expect(ahead({ account: 'shop-tr' })).toEqual(['a']);
  });

  it('never is none', () => {
    const holey = { version: 'v1', tiers: [{ accounts: ['shop-pl'], needs: one('finance') }] };
    expect(() => tierFor(holey, { ...noon, account: 'shop-tr' })).toThrow('shop-tr');
  });

  it('leaves its needs and what is to be confirmed to the request, with the version of the policy', () => {
    const tier: Tier = { stepUp: 'I called them.', askers: ['support'], needs: one('finance') };
    expect(ruleOf({ version: 'v7', tiers: [tier] }, tier)).toEqual({
      policy: 'v7',
      needs: one('finance'),
      stepUp: 'I called them.',
    });
  });

  it('goes by its name, or else by its number', () => {
    const policy: Policy = { version: 'v7', tiers: [{ name: 'small', needs: [] }, { needs: [] }] };
    expect(policy.tiers.map((tier) => nameOfTier(policy, tier))).toEqual(['small', 'tier 2']);
  });
});

describe('the hours of a tier', () => {
  const night = { from: '20:00', until: '08:00', zone: 'Europe/Warsaw' };
  const day = { from: '08:00', until: '20:00', zone: 'Europe/Warsaw' };

  it.each([
    ['19:59', day],
    ['20:00', night],
    ['23:59', night],
    ['00:00', night],
    ['07:59', night],
    ['08:00', day],
  ])('at %s are the one and not the other', (time, hours) => {
    const timeIn = () => time;
    const tiers: Tier[] = [{ hours, needs: one('these') }, { needs: one('others') }];
    expect(wanted(tiers, { timeIn })).toBe('these');
    expect(wanted([{ hours: hours === day ? night : day, needs: one('others') }, ...tiers], { timeIn })).toBe(
      'these',
    );
  });

  it.each([
    ['before the clock goes forward', '2026-03-29T00:59:00Z', '01:59'],
    ['after it went forward', '2026-03-29T01:00:00Z', '03:00'],
    ['in the hour that comes twice', '2026-10-25T00:30:00Z', '02:30'],
    ['in that hour again', '2026-10-25T01:30:00Z', '02:30'],
    ['in winter', '2026-12-24T19:00:00Z', '20:00'],
    ['in summer', '2026-07-24T18:00:00Z', '20:00'],
  ])('go by the clock on the wall %s', (_when, at, time) => {
    expect(wallTime(new Date(at), 'Europe/Warsaw')).toBe(time);
  });

  it('are those of their own zone', () => {
    const at = new Date('2026-11-19T18:30:00Z');
    const timeIn = (zone: string) => wallTime(at, zone);
    const tiers: Tier[] = [
      { hours: { ...night, zone: 'Europe/Lisbon' }, needs: one('Lisbon') },
      { hours: { ...night, zone: 'Asia/Almaty' }, needs: one('Almaty') },
      { needs: one('rest') },
    ];
    expect(wanted(tiers, { timeIn })).toBe('Almaty');
  });
});
