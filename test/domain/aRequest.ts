/** A valid request, to be changed in the one thing that a test is about. */
import { digestOf } from '../../src/domain/digest.ts';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Frozen, Request } from '../../src/domain/request.ts';

export const maria: Person = { team: 'T_ACME', user: 'U_MARIA' };
export const pavel: Person = { team: 'T_ACME', user: 'U_PAVEL' };
export const lena: Person = { team: 'T_ACME', user: 'U_LENA' };
export const tom: Person = { team: 'T_ACME', user: 'U_TOM' };

export const anEvidence: Evidence = {
  standing: 'cancellable',
  says: 'On hold, not captured yet.',
  amount: { minor: 48_000n, currency: 'PLN' },
  madeAt: '2026-11-19T07:58:00.000Z',
  facts: { Method: 'BLIK', Type: 'AUTH' },
};

const frozen: Frozen = {
  id: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d001',
  account: 'shop-pl',
  provider: 'sibs',
  payment: 'holdMedium1002',
  details: { ticket: '1' },
  partial: false,
  amount: { minor: 48_000n, currency: 'PLN' },
  reason: 'Paid twice',
  ticket: null,
  follows: null,
  bulk: null,
  salt: '000102030405060708090a0b0c0d0e0f',
  requester: maria,
  requestedAt: new Date('2026-11-19T08:00:00.000Z'),
  deadline: new Date('2026-11-19T16:00:00.000Z'),
  closesAt: null,
  evidence: anEvidence,
  evidenceAt: new Date('2026-11-19T07:59:59.000Z'),
  rule: { policy: 'p1', needs: [{ group: 'finance', count: 1 }] },
  key: 'c0123456789abcdef01234567',
};

/** Asked by Maria, who waits for one of finance. The digest fits whatever was changed, unless it is given. */
export function aRequest(changes: Partial<Request> = {}): Request {
  const request = { ...frozen, number: 1042, state: 'pending' as const, version: 1, ...changes };
  return { ...request, digest: changes.digest ?? digestOf(request) };
}
