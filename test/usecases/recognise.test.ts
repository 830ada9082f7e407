import { describe, expect, it } from 'vitest';
import { createProvider } from '../../providers/index.ts';
import { createHttp } from '../../src/httpClient.ts';
import type { KnownPayment } from '../../src/usecases/ports.ts';
import { createRecognisePayment } from '../../src/usecases/recognise.ts';
import { read, settings } from '../config/example.ts';

const configured = read(settings());
if (!configured.ok) throw new Error(configured.faults.join('\n'));
// Nothing is asked of a provider, so nothing listens where these point.
const http = createHttp({ timeoutMs: 1, maxBodyBytes: 1 });
const providers = new Map(
  Object.entries(configured.settings.accounts).map(([name, account]) => [
    name,
    createProvider(account, http),
  ]),
);

/** Each was asked for at some time. */
const RECORD: readonly KnownPayment[] = [
  { account: 'shop-pl', payment: 'theirs' },
  { account: 'shop-tr', payment: 'both_1' },
  { account: 'game-world', payment: 'both_1' },
  { account: 'shop-gone', payment: 'shop:order#7' },
  { account: 'shop-pl', payment: 'a:b#7' },
  { account: 'shop-tr', payment: 'T4U_1' },
];

const recognise = createRecognisePayment({
  providers,
  store: { selectKnownPayments: async (words) => RECORD.filter(({ payment }) => words.includes(payment)) },
});

const NOTHING = { account: undefined, reference: undefined };

describe('the payment that a text is about', () => {
  it.each([
    // What is on record is known without its account, even if it looks like an ordinary word.
    ['Is theirs still open?', { account: 'shop-pl', reference: 'theirs' }],
    ['Look at https://psp.example/payments/T4U_1?tab=2', { account: 'shop-tr', reference: 'T4U_1' }],
    ['Look at a:b#7', { account: 'shop-pl', reference: 'a:b#7' }],
    // At several accounts, the one that is named counts.
    ['both_1 was paid twice', { account: undefined, reference: 'both_1' }],
    ['both_1 at game-world was paid twice', { account: 'game-world', reference: 'both_1' }],
    ['theirs or T4U_1?', NOTHING],
    // An account that is gone from the configuration has no form.
    ['shop:order#7', NOTHING],
    // What nobody asked for yet is told by the account beside it.
    ['shop-pl holdMedium1002 please', { account: 'shop-pl', reference: 'holdMedium1002' }],
    ['Shop-PL: holdMedium1002, order 4711', { account: 'shop-pl', reference: 'holdMedium1002' }],
    ['Cancel 7777777777 (hotel-kz)', { account: 'hotel-kz', reference: '7777777777' }],
    ['hotel-kz and holdMedium1002', { account: 'hotel-kz', reference: undefined }],
    ['shop-pl has holdMedium1002 and holdMedium1003', { account: 'shop-pl', reference: undefined }],
    ['shop-pl or shop-tr: b480', { account: undefined, reference: 'b480' }],
    // Or, without an account, if it is the only word that looks like a reference.
    ['holdMedium1002 was paid twice', { account: undefined, reference: 'holdMedium1002' }],
    ['uid17@shop.example', NOTHING],
    ['b480 or b481', NOTHING],
    // Dates, times, amounts, years, telephone numbers and our own numbers look like none.
    ['On 2026-11-19 at 12:30, 480.00 PLN or 1,200.50, +48123456789, C-1042 since 2024', NOTHING],
    ['Paid twice, please cancel', NOTHING],
    ['See https://acme.slack.com/archives/C0123/p1763550000123456', NOTHING],
    ['', NOTHING],
  ])('%s', async (text, recognised) => {
    expect(await recognise(text)).toEqual(recognised);
  });

  it('is looked for in the first words only', async () => {
    const words = Array.from({ length: 400 }, (_one, n) => `w${n}`);
    const long = `${words.join(' ')} T4U_1`;
    expect(await recognise(long)).toEqual(NOTHING);
  });
});
