/**
 * Money is a whole number of minor units and a currency: never a float.
 * Exponents are those of ISO 4217 (not of CLDR, which says 0 for a few that ISO gives 2).
 */
export interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

const EXPONENTS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2:
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP ' +
    'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS ' +
    'INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN ' +
    'MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE ' +
    'SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD XTS YER ZAR ZMW ZWG',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const exponents: ReadonlyMap<string, number> = new Map(
  Object.entries(EXPONENTS).flatMap(([exponent, codes]) =>
    codes.split(' ').map((code): [string, number] => [code, Number(exponent)]),
  ),
);

/** The number of decimal places of a currency, or undefined for a code that ISO 4217 does not know. */
export function exponentOf(currency: string): number | undefined {
  return exponents.get(currency);
}

/**
 * Reads a decimal text such as `50`, `50.5` or `0.5000` (providers pad with zeros).
 * Undefined when the currency is unknown, the text is not a plain decimal, or it is finer than a minor unit.
 */
export function parseMoney(text: string, currency: string): Money | undefined {
  const exponent = exponentOf(currency);
  const parts = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(text);
  if (exponent === undefined || parts === null) return undefined;

  const fraction = (parts[2] ?? '').replace(/0+$/, '');
  if (fraction.length > exponent) return undefined;
  return { minor: BigInt((parts[1] ?? '') + fraction.padEnd(exponent, '0')), currency };
}

/** The amount alone with all its places, as providers want it: `50.00`, `1500` (JPY), `1.500` (KWD). */
export function decimalText({ minor, currency }: Money): string {
  const exponent = exponentOf(currency) ?? 0;
  if (exponent === 0) return String(minor);
  const digits = String(minor).padStart(exponent + 1, '0');
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** In minor units, for the record: `48000 PLN`. */
export function moneyText(money: Money | null): string | null {
  return money === null ? null : `${money.minor} ${money.currency}`;
}

/** For people: `1 234 567.50 PLN`, grouped with no-break spaces so that it never wraps. */
export function formatMoney(money: Money): string {
  const [whole = '', fraction] = decimalText(money).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`}\u00a0${money.currency}`;
}

export function isSameMoney(a: Money, b: Money): boolean {
  return a.minor === b.minor && a.currency === b.currency;
}
