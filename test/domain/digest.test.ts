import { createHash, createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf, shortDigest } from '../../src/domain/digest.ts';
import { type Frozen, states } from '../../src/domain/request.ts';
import { anEvidence, aRequest, pavel } from './aRequest.ts';

const base = aRequest();
const later = new Date(base.deadline.getTime() + 1);

/** Other values for every field, each differing in one thing. A field added to `Frozen` must be added here. */
const others: { readonly [Field in keyof Frozen]: readonly Frozen[Field][] } = {
  id: ['0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d002'],
  account: ['shop-p1', 'shop-pl '],
  provider: ['tranzzo'],
  payment: ['holdMedium1003', 'holdmedium1002'],
  details: [{}, { ticket: '2' }, { Ticket: '1' }, { ticket: '1', more: '' }],
  partial: [true],
  amount: [null, { minor: 48_001n, currency: 'PLN' }, { minor: 48_000n, currency: 'EUR' }],
  reason: ['Paid twice.', 'Paid  twice', 'P\u0430id twice'],
  ticket: ['HELP-7', 'HELP-8'],
  follows: ['0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d002', '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d003'],
  bulk: ['0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d002', '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d003'],
  salt: ['000102030405060708090a0b0c0d0eff', ''],
  requester: [
    { ...base.requester, user: pavel.user },
    { ...base.requester, team: 'T_OTHER' },
  ],
  requestedAt: [new Date(base.requestedAt.getTime() + 1)],
  deadline: [later],
  closesAt: [later, base.deadline],
  evidence: [
    { ...anEvidence, standing: 'cannot_tell' },
    { ...anEvidence, says: 'On hold, captured.' },
    { ...anEvidence, amount: null },
    { ...anEvidence, amount: { minor: 48_001n, currency: 'PLN' } },
    { ...anEvidence, madeAt: null },
    { ...anEvidence, madeAt: '2026-11-19T07:58:01.000Z' },
    { ...anEvidence, facts: {} },
    { ...anEvidence, facts: { Method: 'Card', Type: 'AUTH' } },
    { ...anEvidence, facts: { Method: 'AUTH', Type: 'BLIK' } },
  ],
  evidenceAt: [new Date(base.evidenceAt.getTime() + 1)],
  rule: [
    { ...base.rule, policy: 'p2' },
    { ...base.rule, needs: [] },
    { ...base.rule, needs: [{ group: 'finance', count: 2 }] },
    { ...base.rule, needs: [{ group: 'risk', count: 1 }] },
    { ...base.rule, needs: [...base.rule.needs, { group: 'risk', count: 1 }] },
    { ...base.rule, stepUp: 'I called the customer.' },
    { ...base.rule, stepUp: 'I wrote to the customer.' },
  ],
  key: ['c0123456789abcdef01234568'],
};
const changes = Object.entries(others).flatMap(([field, values]) =>
  values.map((value): Partial<Frozen> => ({ [field]: value })),
);

function apply(frozen: Frozen, change: Partial<Frozen>): Frozen {
  return { ...frozen, ...change };
}

function anyOrder(value: object): fc.Arbitrary<string[]> {
  const names = Object.keys(value);
  return fc.shuffledSubarray(names, { minLength: names.length });
}

/** The same object with its members put in anew, in this order. */
function inOrder<T extends object>(value: T, names: readonly string[]): T {
  const again = { ...value };
  for (const name of names) {
    Reflect.deleteProperty(again, name);
    Reflect.set(again, name, Reflect.get(value, name));
  }
  return again;
}

function commitment(words: string): string {
  const salt = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
  return createHmac('sha256', salt).update(words).digest('hex');
}

describe('digestOf', () => {
  it('is the SHA-256 of this text, so that recorded digests can be checked for ever', () => {
    const said = '{"facts":{"Method":"BLIK","Type":"AUTH"},"says":"On hold, not captured yet."}';
    const text =
      '{"account":"shop-pl","amount":"48000 PLN","closesAt":null,"deadline":"2026-11-19T16:00:00.000Z","details":{"ticket":"1"},' +
      '"evidence":{"amount":"48000 PLN","at":"2026-11-19T07:59:59.000Z","madeAt":"2026-11-19T07:58:00.000Z",' +
      `"said":"${commitment(said)}","standing":"cancellable"},` +
      '"id":"0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d001","key":"c0123456789abcdef01234567","partial":false,' +
      '"payment":"holdMedium1002","provider":"sibs","reason":"' +
      commitment('Paid twice') +
      '","requestedAt":"2026-11-19T08:00:00.000Z",' +
      '"requester":{"team":"T_ACME","user":"U_MARIA"},"rule":{"needs":[{"count":1,"group":"finance"}],"policy":"p1"},' +
      '"schema":"countersign/request/2"}';
    expect(digestOf(base)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it.each(changes)('changes with %o', (change) => {
    expect(digestOf({ ...base, ...change })).not.toBe(digestOf(base));
  });

  it('differs for any two requests that differ in any of it', () => {
    const some = fc.subarray(changes).map((chosen) => chosen.reduce<Frozen>(apply, base));
    fc.assert(
      fc.property(some, fc.constantFrom(...changes), (frozen, change) => {
        const changed = apply(frozen, change);
        expect(digestOf(changed) === digestOf(frozen)).toBe(isDeepStrictEqual(changed, frozen));
      }),
    );
  });

  it('does not depend on the order in which anything was put in', () => {
    const facts = { ...anEvidence.facts, Card: '4***1', a: '', B: '' };
    const asked = aRequest({ details: facts, evidence: { ...anEvidence, facts } });
    fc.assert(
      fc.property(anyOrder(facts), anyOrder(anEvidence), anyOrder(asked), (byFact, byWord, byField) => {
        const evidence = { ...inOrder(anEvidence, byWord), facts: inOrder(facts, byFact) };
        const again = { ...inOrder(asked, byField), details: inOrder(facts, byFact.toReversed()), evidence };
        expect(digestOf(again)).toBe(asked.digest);
      }),
    );
  });

  it.each(states)('stays the same when the request is %s', (state) => {
    expect(digestOf(aRequest({ state, version: 7, number: 1 }))).toBe(digestOf(base));
  });
});

describe('shortDigest', () => {
  it('shows the first twelve digits in groups of four', () => {
    expect(shortDigest(`9f3a7c2104be${'0'.repeat(52)}`)).toBe('9f3a 7c21 04be');
  });
});
