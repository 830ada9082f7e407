import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Refusal, refusals } from '../../src/domain/decide.ts';
import { maySend } from '../../src/domain/maySend.ts';
import { isSatisfied } from '../../src/domain/policy.ts';
import { aRequest, lena, maria, pavel } from './aRequest.ts';

const request = aRequest({ state: 'approved' });
/** Everything that a decision which counts can be, besides an approval. */
const ENDS = ['reject', 'withdraw', 'expire', 'lapse', 'find_cancelled', 'find_refused'];
type Recorded = Parameters<typeof maySend>[1][number];

/** Pavel of finance approved what is sent, in time, unless something is changed. */
function recorded(changes: Partial<Recorded> = {}): Recorded {
  return {
    act: 'approve',
    person: pavel,
    groups: ['finance'],
    saw: request.digest,
    decidedAt: new Date('2026-11-19T09:00:00.000Z'),
    refusal: null,
    ...changes,
  };
}

describe('maySend', () => {
  it('lets a request go that a second person approved', () => {
    expect(maySend(request, [recorded()])).toBe(true);
  });

  it('keeps a request back that nobody approved', () => {
    expect(maySend(request, [])).toBe(false);
  });

  it.each<[string, Partial<Recorded>]>([
    ['by the requester', { person: maria }],
    ['by the requester from another team', { person: { ...maria, team: 'T_OTHER' } }],
    ['by nobody', { person: null }],
    ['of something else', { saw: aRequest({ reason: 'Fraud' }).digest }],
    ['of nothing', { saw: null }],
    ['at the deadline', { decidedAt: request.deadline }],
    ['by a stranger', { groups: [] }],
    ['of another group', { groups: ['risk'] }],
    ...refusals.map((refusal): [string, Partial<Recorded>] => [`refused as ${refusal}`, { refusal }]),
  ])('does not count an approval %s', (_what, changes) => {
    expect(maySend(request, [recorded(changes)])).toBe(false);
    expect(maySend(request, [recorded(changes), recorded({ person: lena })])).toBe(true);
  });

  it.each(ENDS)('does not count %s as an approval', (act) => {
    expect(maySend(request, [recorded({ act })])).toBe(false);
  });

  it.each(ENDS)('keeps a request back that was ended by %s', (act) => {
    expect(maySend(request, [recorded(), recorded({ act, person: lena, saw: null })])).toBe(false);
  });

  it.each(['reject', 'withdraw', 'find', 'find_refused'])(
    'is not stopped by a %s that did not count',
    (act) => {
      const refused = recorded({ act, person: lena, saw: null, refusal: 'already_decided' });
      expect(maySend(request, [recorded(), refused])).toBe(true);
    },
  );

  it('counts an approval in the last millisecond', () => {
    const decidedAt = new Date(request.deadline.getTime() - 1);
    expect(maySend(request, [recorded({ decidedAt })])).toBe(true);
  });

  it('keeps a request back that is no longer what its digest says, though everybody saw that digest', () => {
    const changed = { ...request, amount: { minor: 4_800_000n, currency: 'PLN' } };
    expect(maySend(changed, [recorded()])).toBe(false);
  });

  it('keeps a request back whose rule asks for nobody', () => {
    const lax = aRequest({ state: 'approved', rule: { policy: 'p1', needs: [] } });
    expect(maySend(lax, [])).toBe(false);
    const own = recorded({ person: maria, saw: lax.digest });
    expect(maySend(lax, [own])).toBe(false);
  });

  it('counts a person once, whatever teams and groups they approved from', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const two = aRequest({ state: 'approved', rule: { policy: 'p1', needs } });
    const both = ['finance', 'risk'];
    const byPavel = recorded({ saw: two.digest, groups: both });
    const again = recorded({ saw: two.digest, groups: both, person: { ...pavel, team: 'T_OTHER' } });
    expect(maySend(two, [byPavel, again])).toBe(false);
    expect(maySend(two, [byPavel, recorded({ saw: two.digest, groups: both, person: lena })])).toBe(true);
  });
});

it('never sends without enough others who approved exactly this in time, whatever the record says', () => {
  const needs = fc.array(
    fc.record({ group: fc.constantFrom('finance', 'risk'), count: fc.integer({ min: 1, max: 2 }) }),
    { maxLength: 2 },
  );
  const entry = fc.record({
    act: fc.constantFrom('approve', 'approve', 'approve', 'reject', 'lapse'),
    person: fc.constantFrom(maria, pavel, lena, null),
    groups: fc.subarray(['finance', 'risk']),
    sawThis: fc.constantFrom(true, true, false),
    lateMs: fc.constantFrom(-1, -1, 0),
    refusal: fc.constantFrom<(Refusal | null)[]>(null, null, 'own_request'),
  });
  fc.assert(
    fc.property(needs, fc.array(entry, { maxLength: 5 }), (wanted, entries) => {
      const asked = aRequest({ state: 'approved', rule: { policy: 'p1', needs: wanted } });
      const record = entries.map(({ sawThis, lateMs, ...rest }) => ({
        ...rest,
        saw: sawThis ? asked.digest : request.digest.replace(/./, 'x'),
        decidedAt: new Date(asked.deadline.getTime() + lateMs),
      }));
      if (!maySend(asked, record)) return;

      expect(record.some(({ act, refusal }) => act !== 'approve' && refusal === null)).toBe(false);
      const others = ['U_PAVEL', 'U_LENA'].flatMap((user) =>
        record
          .filter(
            ({ person, saw, decidedAt, refusal }) =>
              person?.user === user && saw === asked.digest && decidedAt < asked.deadline && refusal === null,
          )
          .slice(-1),
      );
      expect(others.length).toBeGreaterThan(0);
      expect(
        isSatisfied(
          wanted,
          others.map(({ groups }) => groups),
        ),
      ).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
