/** Why nothing was sent, or what is not known of it, where that is Countersign's own doing. */
export const lapseReasons = {
  samePerson:
    'Two of the accounts that asked for it or approved it belong to one person, as was declared since; please ask anew.',
  late: 'It could not be sent soon after the approval, so nothing was sent.',
  closed: 'The window for cancelling this payment is over; refund it instead.',
} as const;

export const STOOD_STILL = 'Countersign stood still for too long before it could send.';

export const WAS_INTERRUPTED =
  'Countersign was interrupted while it was sending, so nobody knows whether the provider got it.';
