/** Any of the small things that messages are made of, as often as not as long as they may be. */
import * as fc from 'fast-check';
import type { Freeze } from '../../src/domain/freeze.ts';
import type { Money } from '../../src/domain/money.ts';
import type { Rule } from '../../src/domain/policy.ts';
import { type Request, states } from '../../src/domain/request.ts';
import { anEvidence } from '../domain/aRequest.ts';

const character = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('&', '<', '>', '`', '*', '|', '@', '!', '\u202e', '\n', ' ', '💥'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }) },
);

/** Any text; as often as not one that is as long as it may be. */
export function text(max: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: character, minLength: 1, maxLength: 20 }).map((short) => cutTo(short, max)),
    character.map((one) => cutTo(one.repeat(max), max)),
  );
}

function cutTo(long: string, max: number): string {
  return Array.from(long).slice(0, max).join('') || 'x';
}

/** Of an account or a tier. */
export const name = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,39}$/);
/** `finance` has people. */
export const group = fc.oneof(fc.constant('finance'), name);
export const person = fc.stringMatching(/^U_[A-Z0-9]{2,12}$/).map((user) => ({ team: 'T_ACME', user }));
export const time = fc.date({
  min: new Date('2020-01-01'),
  max: new Date('2090-01-01'),
  noInvalidDate: true,
});
export const money: fc.Arbitrary<Money> = fc.record({
  minor: fc.bigInt({ min: 1n, max: 999_999_999_999_999_999n }),
  currency: fc.constantFrom('PLN', 'JPY', 'KWD', 'CLF'),
});
export const number = fc.integer({ min: 1, max: 999_999_999_999 });
export const count = fc.integer({ min: 0, max: 99_999 });
export const digest = fc.stringMatching(/^[0-9a-f]{64}$/);
export const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
export const few = { maxLength: 3 };

export const needs = fc.uniqueArray(fc.record({ group, count: fc.integer({ min: 1, max: 10 }) }), {
  selector: (need) => need.group,
  minLength: 1,
  maxLength: 10,
});

export const rule: fc.Arbitrary<Rule> = fc
  .tuple(needs, fc.option(text(500), { nil: undefined }))
  .map(([all, stepUp]) => ({ policy: 'p1', needs: all, ...(stepUp === undefined ? {} : { stepUp }) }));

export const evidence = fc.record({
  standing: fc.constant(anEvidence.standing),
  says: text(300),
  amount: orNull(money),
  madeAt: fc.constant(null),
  facts: fc.dictionary(text(20), text(40), { maxKeys: 20 }),
});

/** All of a request that differs from the one that tests begin with. */
export const request = fc.record({
  state: fc.constantFrom(...states),
  number,
  account: name,
  payment: text(300),
  details: fc.dictionary(text(20), text(300), { maxKeys: 2 }),
  partial: fc.boolean(),
  amount: orNull(money),
  reason: text(500),
  ticket: orNull(
    fc.oneof(
      text(200),
      fc.webUrl().map((url) => cutTo(url, 200)),
    ),
  ),
  closesAt: orNull(time),
  deadline: time,
  evidence,
  rule,
}) satisfies fc.Arbitrary<Partial<Request>>;

export const freeze: fc.Arbitrary<Freeze> = fc.record({
  id: fc.uuid(),
  number: fc.integer({ min: 1, max: 999_999_999 }),
  scope: fc.oneof(
    fc.constant({ type: 'all' as const }),
    fc.record({ type: fc.constant('account' as const), account: name }),
    fc.record({
      type: fc.constant('person' as const),
      users: fc.array(
        person.map(({ user }) => user),
        { minLength: 1, maxLength: 5 },
      ),
    }),
  ),
  reason: text(500),
  person,
  frozenAt: time,
  lifts: fc.array(fc.record({ person, agreedAt: time }), { maxLength: 2 }),
});
