/** `npm run outcomes`: what Countersign concludes from each answer that the five providers document. */
import { Account, createProvider } from '../providers/index.ts';
import { type Order, type Outcome, type ProviderName, providerNames } from '../src/domain/provider.ts';
import type { DocumentedAnswer } from './answers/answer.ts';
import * as freedompay from './answers/freedompay.ts';
import * as payfull from './answers/payfull.ts';
import * as paymentwall from './answers/paymentwall.ts';
import * as sibs from './answers/sibs.ts';
import * as tranzzo from './answers/tranzzo.ts';

const ANSWERS: Readonly<Record<ProviderName, readonly DocumentedAnswer[]>> = {
  paymentwall: paymentwall.answers,
  payfull: payfull.answers,
  tranzzo: tranzzo.answers,
  sibs: sibs.answers,
  freedompay: freedompay.answers,
};

/** The accounts of the demo, and what each is told to cancel. */
const ACCOUNTS: Readonly<Record<ProviderName, { settings: object; payment: string; currency: string }>> = {
  paymentwall: {
    settings: { key: 'f04150f73d04e47029548e526b2b12ec', secret: 'demo-paymentwall-secret' },
    payment: 'b1563',
    currency: 'USD',
  },
  payfull: {
    settings: { merchant: 'demo', password: 'demo-payfull-password', client_ip: '192.0.2.10' },
    payment: 'T4U_8d8125d10a_481a77f38',
    currency: 'TRY',
  },
  tranzzo: {
    settings: {
      pos_id: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
      endpoints_key: 'demo-tranzzo-endpoints-key',
      api_key: 'demo-tranzzo-api-key',
      api_secret: 'demo-tranzzo-api-secret',
    },
    payment: '2024-118734',
    currency: 'UAH',
  },
  sibs: {
    settings: { terminal_id: '101778', token: 'demo-sibs-token', client_id: 'demo-sibs-client-id' },
    payment: '1ach2CGpZ2BAKUfqJ9Rp',
    currency: 'PLN',
  },
  freedompay: { settings: freedompay.credentials, payment: '7777777777', currency: 'KZT' },
};

/** None of these may ever be read in an outcome. */
export const secrets: readonly string[] = Object.values(ACCOUNTS).flatMap(({ settings }) =>
  Object.entries(settings).flatMap(([name, value]) =>
    /key|secret|password|token/.test(name) ? [String(value)] : [],
  ),
);

export interface Row {
  readonly provider: ProviderName;
  readonly answer: string;
  readonly documented: Outcome['type'];
  readonly outcome: Outcome;
}

/** Has the real adapters read every answer. */
export async function concludeFromAll(): Promise<Row[]> {
  const rows = providerNames.flatMap((provider) =>
    ANSWERS[provider].map(async (documented): Promise<Row> => {
      const outcome = await concludeFrom(provider, documented);
      return { provider, answer: documented.answer, documented: documented.concludes, outcome };
    }),
  );
  return Promise.all(rows);
}

async function concludeFrom(provider: ProviderName, { reply }: DocumentedAnswer): Promise<Outcome> {
  const { settings, payment, currency } = ACCOUNTS[provider];
  const order: Order = {
    key: 'c1042k7f3a9d2e5b8',
    payment,
    details: provider === 'paymentwall' ? { ticket: '1' } : {},
    amount: { minor: 48_000n, currency },
    reason: 'Paid twice',
    evidence: {
      standing: 'cancellable',
      says: 'On hold.',
      amount: { minor: 48_000n, currency },
      madeAt: '2026-11-20T14:05:09.000Z',
      facts: {},
    },
  };
  const account = Account.parse({ provider, url: 'https://provider.invalid', ...settings });
  return createProvider(account, () => Promise.resolve(reply(order))).cancel(order);
}

if (import.meta.main) {
  const rows = await concludeFromAll();
  const width = Math.max(...rows.map(({ answer }) => answer.length));
  for (const { provider, answer, outcome } of rows) {
    process.stdout.write(
      `${provider.padEnd(12)} ${answer.padEnd(width)}  ${outcome.type.padEnd(10)} ${outcome.says}\n`,
    );
  }
  if (rows.some(({ documented, outcome }) => outcome.type !== documented)) process.exitCode = 1;
}
