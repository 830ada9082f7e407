import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Difference, differencesBetween } from '../../src/domain/difference.ts';
import type { Request } from '../../src/domain/request.ts';
import { anEvidence, aRequest, tom } from './aRequest.ts';

const pln = (minor: bigint) => ({ minor, currency: 'PLN' });

describe('what differs from the request that is followed', () => {
  it.each<[string, Partial<Request>, readonly Difference[]]>([
    ['nothing', {}, []],
    [
      'nothing that whoever decides is not shown anyway',
      {
        id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d002',
        number: 1043,
        key: 'c1',
        requester: tom,
        requestedAt: new Date('2026-11-20T08:00:00Z'),
        salt: '0f',
        follows: aRequest().id,
      },
      [],
    ],
    ['the reason', { reason: 'Paid once' }, [{ in: 'reason', from: 'Paid twice', to: 'Paid once' }]],
    ['the payment', { payment: 'other' }, [{ in: 'payment', from: 'holdMedium1002', to: 'other' }]],
    ['a ticket that there was not', { ticket: 'T-1' }, [{ in: 'ticket', from: null, to: 'T-1' }]],
    [
      'a part of it',
      { partial: true, amount: pln(4990n) },
      [
        {
          in: 'size',
          from: { amount: pln(48_000n), partial: false },
          to: { amount: pln(4990n), partial: true },
        },
      ],
    ],
    [
      'a part that is all of it',
      { partial: true },
      [
        {
          in: 'size',
          from: { amount: pln(48_000n), partial: false },
          to: { amount: pln(48_000n), partial: true },
        },
      ],
    ],
    [
      'what the provider is told besides',
      { details: { ticket: '2', uid: 'u1' } },
      [
        { in: 'detail', name: 'ticket', from: '1', to: '2' },
        { in: 'detail', name: 'uid', from: null, to: 'u1' },
      ],
    ],
    [
      'what the provider said',
      { amount: null, evidence: { ...anEvidence, standing: 'cannot_tell', amount: null } },
      [
        {
          in: 'size',
          from: { amount: pln(48_000n), partial: false },
          to: { amount: null, partial: false },
        },
        { in: 'standing', from: 'cancellable', to: 'cannot_tell' },
        { in: 'whole', from: pln(48_000n), to: null },
      ],
    ],
    ['no reason that was erased', { reason: 'erased', salt: '' }, []],
  ])('%s', (_what, changes, differences) => {
    expect(differencesBetween(aRequest(), aRequest(changes))).toEqual(differences);
  });

  it('is the same the other way round, with its ends changed', () => {
    const money = fc.option(fc.bigInt({ min: 1n, max: 3n }).map(pln));
    const word = fc.constantFrom('a', 'b');
    const request = fc
      .record({
        payment: word,
        reason: word,
        ticket: fc.option(word),
        details: fc.dictionary(word, word, { maxKeys: 2 }),
        partial: fc.boolean(),
        amount: money,
        evidence: money.map((amount) => ({ ...anEvidence, amount })),
      })
      .map((changes) => aRequest(changes));
    fc.assert(
      fc.property(request, request, (one, other) => {
        const there = differencesBetween(one, other);
        const back = differencesBetween(other, one).map((difference) => {
          return { ...difference, from: difference.to, to: difference.from };
        });
        expect(back).toEqual(expect.arrayContaining([...there]));
        expect(back).toHaveLength(there.length);
        expect(differencesBetween(one, one)).toEqual([]);
      }),
    );
  });
});
