/** Payfull's answers where every transaction is a sale of today that can be cancelled. */

const OK = { status: 1, ErrorCode: '00', ErrorMSG: '' };

/** @param at when the first byte of the call came; whoever makes a bare call reads it. */
export function answerAsPayfull(form: URLSearchParams, at: string): string {
  const transaction_id = form.get('transaction_id');
  const time = timeInTurkey(new Date());
  if (form.get('type') === 'Cancel')
    return JSON.stringify({
      ...OK,
      ErrorMSG: 'Success Transaction',
      type: 'Cancel',
      transaction_id,
      time,
      at,
    });
  const sale = { type: 'Sale', transaction_status: 'success', total: '49.90', currency: 'TRY' };
  return JSON.stringify({ ...OK, type: 'Get', data: { transaction_id, ...sale, date: time } });
}

/** `dd-mm-yyyy HH:mm:ss`; Turkey is three hours ahead of UTC, summer and winter. */
function timeInTurkey(at: Date): string {
  const [day = '', time = ''] = new Date(at.getTime() + 3 * 3_600_000).toISOString().split(/[T.]/);
  return `${day.split('-').toReversed().join('-')} ${time}`;
}
