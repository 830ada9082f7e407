/** What every form has. */
export const CLOSE = 'Close';

export const ONE_MOMENT = 'One moment…';

/** For whoever's step ended in a bug or an outage. */
export const FAULT_TEXT =
  'Something went wrong on our side, so your last step may not have been recorded; nothing is ever sent without a ' +
  'record. Please look at the request before you try again.';
