import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalText, exponentOf, formatMoney, isSameMoney, parseMoney } from '../../src/domain/money.ts';

const CURRENCIES: readonly [currency: string, exponent: number][] = [
  ['JPY', 0],
  ['UYI', 0],
  ['EUR', 2],
  ['PLN', 2],
  ['TRY', 2],
  ['UAH', 2],
  ['KZT', 2],
  ['UZS', 2],
  ['KWD', 3],
  ['CLF', 4],
];

// Every code that the domain knows, found without being told, so that none is left out of the round trip.
const everyCurrency = everyCode().filter((code) => exponentOf(code) !== undefined);
const currency = fc.constantFrom(...everyCurrency);
const minor = fc.bigInt({ min: 0n, max: 10n ** 15n - 1n });

function everyCode(): string[] {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('');
  return letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)));
}

describe('exponentOf', () => {
  it.each(CURRENCIES)('%s has %i places', (code, exponent) => {
    expect(exponentOf(code)).toBe(exponent);
  });

  // CLDR, which `Intl` speaks, gives these 0.
  it.each(['ALL', 'HUF', 'IDR', 'LAK', 'RSD', 'YER'])('gives %s the two places of ISO 4217', (code) => {
    expect(exponentOf(code)).toBe(2);
  });

  it.each(['', 'eur', 'EURO', 'XXX', 'BTC', 'XAU', ' EUR', 'toString', '__proto__'])(
    'does not know "%s"',
    (code) => {
      expect(exponentOf(code)).toBeUndefined();
    },
  );
});

describe('parseMoney', () => {
  it.each([
    ['50', 'EUR', 5000n],
    ['50.5', 'EUR', 5050n],
    ['50.50', 'EUR', 5050n],
    ['0.50', 'EUR', 50n],
    ['0.01', 'EUR', 1n],
    ['0', 'EUR', 0n],
    ['007.10', 'EUR', 710n],
    ['0.5000', 'EUR', 50n],
    ['12500.000000', 'PLN', 1250000n],
    ['1500', 'JPY', 1500n],
    ['1500.00', 'JPY', 1500n],
    ['1.5', 'KWD', 1500n],
    ['1.234', 'KWD', 1234n],
    ['1.2345', 'CLF', 12345n],
    ['0.1', 'EUR', 10n],
    ['999999999999999.99', 'EUR', 99999999999999999n],
  ])('reads %s %s', (text, code, expected) => {
    expect(parseMoney(text, code)).toEqual({ minor: expected, currency: code });
  });

  it.each([
    ['finer than a cent', '0.001', 'EUR'],
    ['finer than a fils', '1.2345', 'KWD'],
    ['a fraction of a yen', '1500.5', 'JPY'],
    ['a negative amount', '-1', 'EUR'],
    ['a sign', '+1', 'EUR'],
    ['an exponent', '1e3', 'EUR'],
    ['a hexadecimal number', '0x10', 'EUR'],
    ['a comma', '1,50', 'EUR'],
    ['grouping', '1 500', 'EUR'],
    ['no whole part', '.50', 'EUR'],
    ['no fraction', '50.', 'EUR'],
    ['two points', '1.2.3', 'EUR'],
    ['space around it', ' 50', 'EUR'],
    ['a line end', '50\n', 'EUR'],
    ['nothing', '', 'EUR'],
    ['words', 'NaN', 'EUR'],
    ['infinity', 'Infinity', 'EUR'],
    ['digits of another script', '٥٠', 'EUR'],
    ['a currency beside it', '50 EUR', 'EUR'],
    ['more digits than money has', '1'.repeat(16), 'EUR'],
    ['an unknown currency', '50', 'BTC'],
    ['a currency in small letters', '50', 'eur'],
    ['no currency', '50', ''],
  ])('refuses %s', (_what, text, code) => {
    expect(parseMoney(text, code)).toBeUndefined();
  });

  it('never takes what a float prints when it cannot hold the amount', () => {
    expect(parseMoney(String(0.1 + 0.2), 'EUR')).toBeUndefined();
    expect(parseMoney(String(1e21), 'EUR')).toBeUndefined();
    expect(parseMoney(String(1e-7), 'EUR')).toBeUndefined();
  });

  it('reads back what decimalText wrote, in every currency', () => {
    fc.assert(
      fc.property(currency, minor, (code, amount) => {
        const money = { minor: amount, currency: code };
        expect(parseMoney(decimalText(money), code)).toEqual(money);
      }),
    );
  });

  it('reads zeros at the end as nothing, in every currency', () => {
    fc.assert(
      fc.property(currency, minor, fc.integer({ min: 1, max: 10 }), (code, amount, zeros) => {
        const money = { minor: amount, currency: code };
        const text = decimalText(money);
        const padded = (text.includes('.') ? text : `${text}.`) + '0'.repeat(zeros);
        expect(parseMoney(padded, code)).toEqual(money);
      }),
    );
  });

  it('refuses a digit below the minor unit, in every currency', () => {
    fc.assert(
      fc.property(currency, minor, fc.constantFrom(...'123456789'.split('')), (code, amount, digit) => {
        const text = decimalText({ minor: amount, currency: code });
        expect(parseMoney((text.includes('.') ? text : `${text}.`) + digit, code)).toBeUndefined();
      }),
    );
  });

  it('takes nothing but plain decimals, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'019.,-+e xE\n'.split('')) }),
        currency,
        (text, code) => {
          expect(parseMoney(text, code) === undefined || /^[0-9]+(\.[0-9]+)?$/.test(text)).toBe(true);
        },
      ),
    );
  });
});

describe('decimalText', () => {
  it.each([
    [5000n, 'EUR', '50.00'],
    [5n, 'EUR', '0.05'],
    [0n, 'EUR', '0.00'],
    [1500n, 'JPY', '1500'],
    [1500n, 'KWD', '1.500'],
    [12345n, 'CLF', '1.2345'],
    [1n, 'CLF', '0.0001'],
  ])('writes %s %s as %s', (amount, code, text) => {
    expect(decimalText({ minor: amount, currency: code })).toBe(text);
  });
});

describe('formatMoney', () => {
  it.each([
    [123456750n, 'PLN', '1 234 567.50 PLN'],
    [100000n, 'EUR', '1 000.00 EUR'],
    [99999n, 'EUR', '999.99 EUR'],
    [0n, 'EUR', '0.00 EUR'],
    [1234567n, 'JPY', '1 234 567 JPY'],
    [1234567n, 'KWD', '1 234.567 KWD'],
    [12345678n, 'CLF', '1 234.5678 CLF'],
  ])('shows %s %s as %s, never wrapped', (amount, code, text) => {
    expect(formatMoney({ minor: amount, currency: code })).toBe(text.replaceAll(' ', '\u00a0'));
  });

  it('only adds spaces and the currency', () => {
    fc.assert(
      fc.property(currency, minor, (code, amount) => {
        const money = { minor: amount, currency: code };
        expect(formatMoney(money).replaceAll('\u00a0', '')).toBe(decimalText(money) + code);
      }),
    );
  });
});

describe('isSameMoney', () => {
  it.each([
    ['the same', '50.00', 'EUR', true],
    ['another amount', '50.01', 'EUR', false],
    ['another currency', '50.00', 'PLN', false],
  ])('tells %s from 50 EUR', (_what, text, code, expected) => {
    const other = parseMoney(text, code);
    expect(other && isSameMoney({ minor: 5000n, currency: 'EUR' }, other)).toBe(expected);
  });
});
