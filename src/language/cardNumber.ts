/** Where somebody wrote what looks like a card's number. It is not repeated. */
export const CARD_NUMBER_TEXT =
  'This has what looks like a card number, which must not be kept: leave it out, or give its last four digits alone.';
