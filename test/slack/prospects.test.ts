import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Tier } from '../../src/domain/tiers.ts';
import { sayApprovers, sayProspects, turnedAwayText } from '../../src/slack/prospects.ts';
import type { Prospect } from '../../src/usecases/foresee.ts';
import type { Approvers } from '../../src/usecases/people.ts';

const need = { group: 'finance', count: 1 };
const approvers: Approvers = { places: [{ need, users: ['U_PAVEL'], more: 0 }], lacking: [] };
const pln = { minor: 100_000n, currency: 'PLN' };

describe('who could approve', () => {
  it.each<[string, Approvers, string]>([
    [
      'one of two',
      { ...approvers, places: [{ need, users: ['U1', 'U2'], more: 0 }] },
      '1 of `finance` (<@U1>, <@U2>)',
    ],
    [
      'of very many, five by name',
      { ...approvers, places: [{ need, users: ['U1', 'U2', 'U3', 'U4', 'U5', 'U6'], more: 20 }] },
      '1 of `finance` (<@U1>, <@U2>, <@U3>, <@U4>, <@U5>, 21 more)',
    ],
    [
      'nobody',
      { places: [{ need, users: [], more: 0 }], lacking: ['finance'] },
      '⚠️ nobody, for the lack of people in `finance`: 1 of `finance` (nobody)',
    ],
    ['not known', { places: [], lacking: undefined }, 'Slack could not say who'],
    [
      'not known in full',
      { ...approvers, lacking: undefined },
      '1 of `finance` (<@U_PAVEL>); Slack could not say who else',
    ],
  ])('is said: %s', (_what, who, expected) => {
    expect(sayApprovers(who)).toBe(expected);
  });

  it('is one line where one tier applies for sure, and a line for each tier where not', () => {
    expect(sayProspects([{ tier: { needs: [need] }, approvers }])).toBe('1 of `finance` (<@U_PAVEL>)');
    const tiers: Tier[] = [
      { upTo: [pln], part: true, needs: [need] },
      { name: 'subscriptions', tickets: ['recurring', 'other'], needs: [need] },
      { needs: [need] },
    ];
    expect(sayProspects(tiers.map((tier) => ({ tier, approvers }))).replaceAll('\u00a0', ' ')).toBe(
      [
        '• up to 1 000.00 PLN, for parts: 1 of `finance` (<@U_PAVEL>)',
        '• for recurring cancellations and other wishes (`subscriptions`): 1 of `finance` (<@U_PAVEL>)',
        '• otherwise: 1 of `finance` (<@U_PAVEL>)',
      ].join('\n'),
    );
  });

  it('fits into a section, whatever the policy and however many people there are', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);
    const place = fc.record({
      need: fc.record({ group: name, count: fc.integer({ min: 1, max: 10 }) }),
      users: fc.array(fc.constantFrom('U0123456789', 'W0123456789ABCDEF'), { maxLength: 12 }),
      more: fc.nat(10_000),
    });
    const many = fc.record({
      places: fc.array(place, { minLength: 1, maxLength: 10 }),
      lacking: fc.option(fc.array(name, { maxLength: 10 }), { nil: undefined }),
    });
    const tier = fc.record({
      name,
      upTo: fc.array(fc.constant({ minor: 999_999_999_999_999_999n, currency: 'PLN' }), { maxLength: 9 }),
      tickets: fc.subarray(['refund', 'recurring', 'other'] as const),
      needs: fc.constant([need]),
    });
    const prospects: fc.Arbitrary<Prospect[]> = fc.array(fc.record({ tier, approvers: many }), {
      minLength: 1,
      maxLength: 40,
      size: 'max',
    });
    fc.assert(
      fc.property(prospects, (all) => {
        const text = sayProspects(all);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(2_900);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whoever is turned away is told', () => {
  it('that they are no full member', () => {
    expect(turnedAwayText({ type: 'not_live', why: 'you are a guest' })).toBe(
      "You can't ask for a cancellation: only full, active members of this workspace can, and you are a guest. No request was made.",
    );
  });

  it('who may ask', () => {
    expect(turnedAwayText({ type: 'not_an_asker', groups: ['support', 'sales'] })).toBe(
      "You can't ask for this cancellation: only people of `support` or `sales` can. No request was made.",
    );
  });

  it('where people are missing', () => {
    const needs = [need, { group: 'risk', count: 2 }];
    expect(turnedAwayText({ type: 'nobody_approves', needs, lacking: ['risk'] })).toBe(
      'Nobody could approve this now, so no request was made. It needs 1 of `finance` and 2 of `risk`, and besides ' +
        'you there are too few full, active members in `risk`.',
    );
  });
});
