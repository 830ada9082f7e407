import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasCardNumber } from '../../src/domain/cardNumber.ts';

/** Luhn's last digit, computed here by the table of doubled digits. */
function withCheckDigit(digits: string): string {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const sum = Array.from(digits, Number).reduce(
    (total, digit, place) => total + ((digits.length - place) % 2 === 1 ? (doubled[digit] ?? 0) : digit),
    0,
  );
  return digits + String((10 - (sum % 10)) % 10);
}

const card = fc.stringMatching(/^[2-9]\d{11,17}$/).map(withCheckDigit);
const separator = fc.constantFrom('', '', ' ', '-', ' - ', '  ', '\u00a0', '\u2013', '\u200b');

describe('a card number', () => {
  it.each([
    ['Visa', '4111111111111111'],
    ['Visa, of 13 digits', '4222222222222'],
    ['Mastercard', '5555 5555 5555 4444'],
    ['American Express', '3782-822463-10005'],
    ['of 19 digits', '6304 0000 0000 0000 000'],
    ['after other digits', 'order 12345 4111 1111 1111 1111 paid twice'],
    ['before other digits', '4111 1111 1111 1111 12/27 123'],
    ['in a sentence', 'He paid with card 4111-1111-1111-1111, twice.'],
    ['behind a word', 'visa4111111111111111'],
    ['in wide digits', '４１１１１１１１１１１１１１１１'],
    ['across lines', '4111 1111\n1111 1111'],
  ])('is found: %s', (_what, text) => {
    expect(hasCardNumber(text)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['the last four digits', 'card ending in 1111'],
    ['a masked number', '411111******1111'],
    ['a wrong last digit', '4111111111111112'],
    ['twelve digits', '411111111111'],
    ['a longer number', '41111111111111111111111'],
    ['two dates', '2026-11-29 2026-12-05'],
    ['a date before a card-like rest', '2026-01-04 09 30 15'],
    ['an amount and a phone number', '480.00 PLN, call +48 600 700 800'],
    ['digits apart by words', '4111 1111 or 1111 1111'],
    ['digits apart by many blanks', '4111   1111   1111   1111'],
  ])('is not seen in %s', (_what, text) => {
    expect(hasCardNumber(text)).toBe(false);
  });

  it('is not seen in a link to a message in Slack, whatever its time', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^17\d{14}$/), (time) => {
        expect(hasCardNumber(`From https://acme.slack.com/archives/C0123456789/p${time}: “Twice”`)).toBe(
          false,
        );
      }),
    );
  });

  it('is found wherever it stands, with spaces and dashes anywhere in it', () => {
    const spelled = fc
      .tuple(card, fc.array(separator, { minLength: 19, maxLength: 19 }))
      .map(([digits, between]) =>
        Array.from(digits, (digit, n) => digit + (between[n] ?? ''))
          .join('')
          .trim(),
      );
    fc.assert(
      fc.property(spelled, fc.stringMatching(/^[a-zA-Z ,.:]{0,20}$/), (number, around) => {
        expect(hasCardNumber(`${around}:${number.replaceAll(' - ', ' ')}. ${around}`)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('differs from other numbers by its last digit alone', () => {
    fc.assert(
      fc.property(card, fc.integer({ min: 1, max: 9 }), (number, more) => {
        const last = (Number(number.at(-1)) + more) % 10;
        expect(hasCardNumber(number.slice(0, -1) + String(last))).toBe(false);
      }),
    );
  });

  it('is looked for in any text, in no time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(typeof hasCardNumber(text)).toBe('boolean');
      }),
    );
    expect(hasCardNumber('1 '.repeat(4_000))).toBe(false);
  });
});
