import { describe, expect, it } from 'vitest';
import { faultsWith } from './example.ts';

const tier = (approvals: Record<string, number>, more = {}) => ({ approvals, ...more });

describe('a policy', () => {
  it.each([
    ['no tiers', [], 'policy.tiers Too small: expected array to have >=1 items'],
    [
      'a tier without approvals',
      [tier({})],
      'policy.tiers[0].approvals must name at least one group: nobody cancels a payment alone',
    ],
    [
      'zero approvals',
      [tier({ finance: 0 })],
      'policy.tiers[0].approvals.finance Too small: expected number to be >=1',
    ],
    [
      'half an approval',
      [tier({ finance: 1.5 })],
      'policy.tiers[0].approvals.finance Invalid input: expected int, received number',
    ],
    [
      'a million approvals',
      [tier({ finance: 1_000_000 })],
      'policy.tiers[0].approvals.finance Too big: expected number to be <=10',
    ],
    [
      'a group that is none',
      [tier({ board: 1 })],
      'policy.tiers[0].approvals.board is not one of the groups',
    ],
    [
      'more people than the group has',
      [tier({ finance: 3 })],
      'policy.tiers[0].approvals.finance asks for more people than there are: one person fills one place only',
    ],
    [
      'two groups that are one and the same person',
      [tier({ risk: 1, audit: 1 })],
      'policy.tiers[0].approvals.audit asks for more people than there are: one person fills one place only',
    ],
    [
      'an account that is none',
      [tier({ finance: 1 }, { accounts: ['shop-pl', 'shop-de'] }), tier({ finance: 1 })],
      'policy.tiers[0].accounts[1] is not one of the accounts',
    ],
    [
      'a currency that is none',
      [tier({ finance: 1 }, { up_to: { EURO: 1 } }), tier({ finance: 1 })],
      'policy.tiers[0].up_to.EURO must be an amount in an ISO 4217 currency',
    ],
    [
      'an amount finer than the currency',
      [tier({ finance: 1 }, { up_to: { PLN: '1.005' } }), tier({ finance: 1 })],
      'policy.tiers[0].up_to.PLN must be an amount in an ISO 4217 currency',
    ],
    [
      'an amount below nothing',
      [tier({ finance: 1 }, { up_to: { PLN: -1 } }), tier({ finance: 1 })],
      'policy.tiers[0].up_to.PLN must be an amount in an ISO 4217 currency',
    ],
    [
      'a last tier with a limit',
      [tier({ finance: 1 }, { up_to: { PLN: 1 } })],
      'policy.tiers[0] the last tier must not have up_to, so that it catches the rest',
    ],
    [
      'a last tier for some accounts',
      [tier({ finance: 1 }, { accounts: ['shop-pl'] })],
      'policy.tiers[0] the last tier must not have accounts, so that it catches the rest',
    ],
    [
      'a last tier for parts at night',
      [tier({ finance: 1 }, { part: true, hours: '20:00-08:00 Europe/Warsaw' })],
      'policy.tiers[0] the last tier must not have part or hours, so that it catches the rest',
    ],
    [
      'a provider that is none',
      [tier({ finance: 1 }, { providers: ['paypal'] }), tier({ finance: 1 })],
      'policy.tiers[0].providers[0] Invalid option: expected one of "paymentwall"|"payfull"|"tranzzo"|"sibs"|"freedompay"',
    ],
    [
      'a kind of ticket that is none',
      [tier({ finance: 1 }, { tickets: ['1'] }), tier({ finance: 1 })],
      'policy.tiers[0].tickets[0] Invalid option: expected one of "refund"|"recurring"|"other"',
    ],
    [
      'hours without a zone',
      [tier({ finance: 1 }, { hours: '20:00-08:00' }), tier({ finance: 1 })],
      "policy.tiers[0].hours must be two times and a zone such as '20:00-08:00 Europe/Warsaw'",
    ],
    [
      'hours in a zone that is none',
      [tier({ finance: 1 }, { hours: '20:00-08:00 Warsaw' }), tier({ finance: 1 })],
      'policy.tiers[0].hours.zone must be a time zone such as Europe/Warsaw',
    ],
    [
      'hours that are none',
      [tier({ finance: 1 }, { hours: '08:00-08:00 UTC' }), tier({ finance: 1 })],
      'policy.tiers[0].hours must end at another time than it begins',
    ],
    [
      'a name that comes twice',
      [tier({ finance: 1 }, { name: 'a', part: true }), tier({ finance: 1 }, { name: 'a' })],
      'policy.tiers[1].name is the name of a tier before it, too',
    ],
    [
      'nothing to confirm',
      [tier({ finance: 1 }, { step_up: ' ' })],
      'policy.tiers[0].step_up Too small: expected string to have >=1 characters',
    ],
    [
      'askers that are none',
      [tier({ finance: 1 }, { askers: ['support'] })],
      'policy.tiers[0].askers[0] is not one of the groups',
    ],
    [
      'askers of whom nobody leaves enough others to approve',
      [tier({ finance: 2 }, { askers: ['finance'] })],
      'policy.tiers[0].askers nobody in them could ask for what enough others may approve',
    ],
    [
      'a tier that none after it can come to',
      [tier({ finance: 1 }), tier({ finance: 1, risk: 1 })],
      'policy.tiers[0] catches everything, so that no tier after it ever applies: it must be the last',
    ],
  ])('is refused with %s', (_what, tiers, fault) => {
    expect(faultsWith({ 'policy.tiers': tiers, 'groups.audit': ['U0FELIX'] })).toEqual([fault]);
  });

  it('is refused with more groups than PostgreSQL could judge', () => {
    const names = Array.from({ length: 11 }, (_one, n) => `group${n}`);
    const users = names.map((name) => `U0${name.toUpperCase()}`);
    const groups = Object.fromEntries(names.map((name) => [name, users]));
    const approvals = Object.fromEntries(names.map((name) => [name, 1]));
    expect(faultsWith({ groups, 'policy.tiers': [tier(approvals)] })).toEqual([
      'policy.tiers[0].approvals must name at most 10 groups',
    ]);
  });

  it('counts somebody who is listed twice once', () => {
    expect(faultsWith({ 'groups.risk': ['U0FELIX', 'U0FELIX'], 'policy.tiers.1.approvals.risk': 2 })).toEqual(
      ['policy.tiers[1].approvals.risk asks for more people than there are: one person fills one place only'],
    );
  });

  it('counts two accounts of one person once', () => {
    const changes = { 'policy.tiers': [tier({ finance: 2 })], people: [['U0ANNA', 'U0FELIX']] };
    expect(faultsWith(changes)).toEqual([
      'policy.tiers[0].approvals.finance asks for more people than there are: one person fills one place only',
    ]);
  });

  it('says nothing of a user group, which only Slack knows', () => {
    const groups = { finance: ['U0ANNA'], risk: ['S0RISK', 'U0ANNA'] };
    const tiers = [tier({ risk: 5 }, { part: true }), tier({ finance: 1, risk: 1 }, { askers: ['risk'] })];
    expect(faultsWith({ groups, 'policy.tiers': tiers })).toEqual([]);
  });

  it('asks for more of a group of people alone all the same', () => {
    const groups = { finance: ['U0ANNA'], risk: ['S0RISK'] };
    expect(faultsWith({ groups, 'policy.tiers': [tier({ finance: 2, risk: 1 })] })).toEqual([
      'policy.tiers[0].approvals.finance asks for more people than there are: one person fills one place only',
    ]);
  });
});
