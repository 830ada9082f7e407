/** Numbers of payment cards: no free text may hold one, because what is recorded stays. */

const SHORTEST = 13;
const LONGEST = 19;

/** Digits, with at most two spaces or dashes between any two of them. */
const SPELLED_OUT = /\d+(?:[\s\p{Pd}]{1,2}\d+)*/gu;
/** Two of them side by side would have as many digits as a card's number. */
const DATE = /(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?!\d)/g;

/** The time of a message in a link to it: Slack's, and by chance one in ten would pass. */
const MESSAGE_TIME = /\/p\d{16}(?!\d)/g;

/** Whether the text has what may be the number of a card: 13 to 19 digits that Luhn's sum agrees to. */
export function hasCardNumber(text: string): boolean {
  // Wide digits are digits too, and what is invisible separates nothing.
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(DATE, 'date')
    .replaceAll(MESSAGE_TIME, '/');
  return (plain.match(SPELLED_OUT) ?? []).some((spelled) => isCardIn(spelled.match(/\d+/g) ?? []));
}

/** Whether some of these groups, one after the other, make a card's number. */
function isCardIn(groups: readonly string[]): boolean {
  return groups.some((_group, from) => {
    let digits = '';
    for (const group of groups.slice(from, from + LONGEST)) {
      digits += group;
      if (digits.length > LONGEST) return false;
      if (digits.length >= SHORTEST && isLuhn(digits)) return true;
    }
    return false;
  });
}

/** Every second digit from the right counts twice, and the sum of all digits then is a multiple of ten. */
function isLuhn(digits: string): boolean {
  const sum = Array.from(digits)
    .toReversed()
    .map(Number)
    .map((digit, place) => (place % 2 === 0 ? digit : digit * 2))
    .reduce((total, value) => total + (value > 9 ? value - 9 : value), 0);
  return sum % 10 === 0;
}
