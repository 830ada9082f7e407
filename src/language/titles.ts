/** What providers, amounts and requests are called. */
import { formatMoney, type Money } from '../domain/money.ts';
import type { ProviderName } from '../domain/provider.ts';

export const providerTitles: Readonly<Record<ProviderName, string>> = {
  paymentwall: 'Paymentwall',
  payfull: 'Payfull',
  tranzzo: 'Tranzzo',
  sibs: 'SIBS',
  freedompay: 'Freedom Pay',
};

export const AMOUNT = 'Amount';

/** Stands after an amount. */
export const A_PART = '(a part)';

export function amountText(amount: Money | null): string {
  return amount === null ? 'amount not known' : formatMoney(amount);
}

/** What is asked, in a few words: `C-1042: cancel 480.00 PLN at shop-pl`. */
export function requestTitle(request: {
  readonly name: string;
  readonly amount: string;
  readonly isPartial: boolean;
  readonly account: string;
}): string {
  const part = request.isPartial ? 'a part, ' : '';
  return `${request.name}: cancel ${part}${request.amount} at ${request.account}`;
}
