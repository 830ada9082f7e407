/** Anything that goes into the forms that ask, and what may come of them. */
import * as fc from 'fast-check';
import { Account, createProvider } from '../../providers/index.ts';
import { TICKET_FIELD } from '../../src/domain/ticket.ts';
import type { Tier } from '../../src/domain/tiers.ts';
import { createHttp } from '../../src/httpClient.ts';
import { fromMessageText } from '../../src/language/shortcut.ts';
import type { Choice } from '../../src/slack/askForm.ts';
import type { TurnedAway } from '../../src/usecases/admit.ts';
import type { Approvers } from '../../src/usecases/people.ts';
import type { Prospect } from '../../src/usecases/foresee.ts';
import { few, group, money, name, needs, text } from './anything.ts';

const http = createHttp({ timeoutMs: 1000, maxBodyBytes: 1000 });
const url = 'https://shop.example';
const secret = 'a-secret';
/** One of each kind. */
const providers = [
  { provider: 'paymentwall', key: '0'.repeat(32), secret },
  { provider: 'payfull', url, merchant: 'shop', password: secret, client_ip: '192.0.2.10' },
  {
    provider: 'tranzzo',
    pos_id: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
    endpoints_key: secret,
    api_key: secret,
    api_secret: secret,
  },
  { provider: 'sibs', url, terminal_id: 101_778, token: secret, client_id: secret },
  { provider: 'freedompay', url, merchant_id: '123456', secret },
].map((account) => createProvider(Account.parse(account), http));

export const choice: fc.Arbitrary<Choice> = fc.record({
  account: name,
  provider: fc.constantFrom(...providers),
  ticket: fc.record({
    required: fc.boolean(),
    looksLike: fc.option(text(150), { nil: null }),
    fits: fc.constant(() => true),
  }),
});

/** What was typed after `/cancel`, or is known of another request, for every field of the form. */
export const filled = fc.tuple(text(3500), text(3500)).map(([one, other]) => ({
  ...Object.fromEntries(providers.flatMap(({ fields }) => fields.map((field) => [field.name, one]))),
  reason: other,
  [TICKET_FIELD]: one,
}));

/** What a message that somebody points at says of a payment. */
export const known = fc.record({
  reference: fc.oneof(fc.constant(''), text(300)),
  reason: text(300).map((quote) => fromMessageText({ quote, link: 'https://acme.slack.com/archives/C1/p1' })),
});

const user = fc.constantFrom('U_0123456789', 'U_0123456789ABCDEF');
export const approvers: fc.Arbitrary<Approvers> = fc.record({
  places: fc.array(
    fc.record({
      need: fc.record({ group, count: fc.integer({ min: 1, max: 10 }) }),
      users: fc.array(user, { maxLength: 12 }),
      more: fc.nat(10_000),
    }),
    { minLength: 1, maxLength: 10 },
  ),
  lacking: fc.option(fc.array(group, few), { nil: undefined }),
});

const tier: fc.Arbitrary<Tier> = fc.record({
  name,
  upTo: fc.array(money, { maxLength: 10 }),
  part: fc.boolean(),
  needs,
});
export const prospects: fc.Arbitrary<readonly Prospect[]> = fc.array(fc.record({ tier, approvers }), {
  minLength: 1,
  maxLength: 40,
});

export const turnedAway: fc.Arbitrary<TurnedAway> = fc.oneof(
  fc.record({ type: fc.constant('not_live'), why: fc.constant('you are a guest') }),
  fc.record({ type: fc.constant('not_an_asker'), groups: fc.array(group, { maxLength: 10 }) }),
  fc.record({ type: fc.constant('nobody_approves'), needs, lacking: fc.array(group, { maxLength: 10 }) }),
);
