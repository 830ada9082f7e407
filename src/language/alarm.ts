/** The alarm in the finance channel. */
export const NOT_NAMED = 'not named';

export function alarmText(alarm: {
  readonly payment: string;
  readonly account: string;
  readonly reference: string | null;
}): string {
  const reference = alarm.reference === null ? '' : `, reference ${alarm.reference}`;
  return (
    '🚨 *A payment was cancelled at the provider, and nobody approved that here:* ' +
    `${alarm.payment} at ${alarm.account}${reference}. Please find out who did it.`
  );
}
