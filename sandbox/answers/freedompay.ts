/**
 * What Freedom Pay may answer to g2g/cancel: its specifications at https://docs.freedompay.uz/api-13679448, and what
 * merchants saw of the live service and of its test host.
 */
import type { Order } from '../../src/domain/provider.ts';
import type { HttpReply } from '../../src/http.ts';
import { type Fields, signFields, toXml } from '../freedompayWebhook.ts';
import type { DocumentedAnswer } from './answer.ts';

/** The account that these answers are signed for. */
export const credentials = { merchant_id: '123456', secret: 'demo-freedompay-secret' };

const success = ({ payment }: Order): Fields => ({
  pg_payment_id: payment,
  pg_payment_revoke_id: '7777777778',
  pg_status: 'ok',
  pg_revoke_status: 'success',
});
const error = (code: string, description: string): Fields => ({
  pg_status: 'error',
  pg_error_code: code,
  pg_error_description: description,
  pg_datetime: '2024-10-07T06:33:20+00:00',
});

function signed(fields: Fields, status = 200, script = 'cancel', secret = credentials.secret): HttpReply {
  const salted = { ...fields, pg_salt: '7fkmeKvqQYackCJU' };
  return { status, body: toXml('response', { ...salted, pg_sig: signFields(script, salted, secret) }) };
}

const unsigned = (fields: Fields, status = 200): HttpReply => ({ status, body: toXml('response', fields) });

const WRONG_SIGNATURE = error('1100', 'Некорректная подпись запроса');

export const answers: readonly DocumentedAnswer[] = [
  { answer: 'ok, pg_revoke_status success', reply: (o) => signed(success(o)), concludes: 'cancelled' },
  {
    answer: 'the same, with pg_datetime',
    reply: (o) => signed({ ...success(o), pg_datetime: '2024-10-07T06:33:20+00:00' }),
    concludes: 'cancelled',
  },
  {
    answer: 'ok, pg_revoke_status pending',
    reply: (o) => signed({ ...success(o), pg_revoke_status: 'pending' }),
    concludes: 'accepted',
  },
  {
    answer: 'ok, pg_revoke_status error',
    reply: (o) => signed({ ...success(o), pg_revoke_status: 'error' }),
    concludes: 'unknown',
  },
  {
    answer: 'ok, pg_revoke_status in a word that is not documented',
    reply: (o) => signed({ ...success(o), pg_revoke_status: 'done' }),
    concludes: 'unknown',
  },
  {
    answer: 'ok alone, as cancel.php was seen to answer',
    reply: () => signed({ pg_status: 'ok' }),
    concludes: 'unknown',
  },
  {
    answer: 'success for another payment',
    reply: (o) => signed({ ...success(o), pg_payment_id: '1' }),
    concludes: 'unknown',
  },

  {
    answer: 'error 1100, our signature is wrong',
    reply: () => signed(WRONG_SIGNATURE),
    concludes: 'refused',
  },
  {
    answer: 'error 1100 with HTTP 401 and signed',
    reply: () => signed(WRONG_SIGNATURE, 401),
    concludes: 'refused',
  },
  {
    answer: 'error 1100 with HTTP 401 and unsigned, as it was seen',
    reply: () => unsigned(WRONG_SIGNATURE, 401),
    concludes: 'unknown',
  },
  {
    answer: 'error 9998, merchant unknown, unsigned as documented',
    reply: () => unsigned(error('9998', 'Merchant not found')),
    concludes: 'unknown',
  },
  {
    answer: 'error 9998, signed all the same',
    reply: () => signed(error('9998', 'Merchant not found')),
    concludes: 'refused',
  },
  {
    answer: 'error 101, merchant unknown (legacy)',
    reply: () => signed(error('101', 'Merchant not found')),
    concludes: 'refused',
  },
  {
    answer: 'error 11068, payment not found',
    reply: () => signed(error('11068', 'Платеж не найден')),
    concludes: 'refused',
  },
  {
    answer: 'error 11068, unsigned as the documents print it',
    reply: () => unsigned(error('11068', 'Платеж не найден')),
    concludes: 'unknown',
  },
  {
    answer: 'error 340, payment not found (legacy)',
    reply: () => signed(error('340', 'Платеж не найден')),
    concludes: 'refused',
  },
  {
    answer: 'error 120, wrong state: captured, or cancelled already',
    reply: () => signed(error('120', 'Неверный статус платежа')),
    concludes: 'unknown',
  },
  {
    answer: 'error 1202, incorrect payment id (documented for another API)',
    reply: () => signed(error('1202', 'Incorrect payment id')),
    concludes: 'unknown',
  },
  ...['8888', '10001', '10045', '11001'].map((code): DocumentedAnswer => ({
    answer: `error ${code}, declined by the bank`,
    reply: () => signed(error(code, 'Операция отклонена')),
    concludes: 'unknown',
  })),
  {
    answer: 'error 9999, general',
    reply: () => signed(error('9999', 'Общая ошибка')),
    concludes: 'unknown',
  },
  {
    answer: 'error 99999, payment system: has come although the payment was cancelled',
    reply: () => signed(error('99999', 'Неизвестная ошибка платежной системы')),
    concludes: 'unknown',
  },

  { answer: 'success, unsigned', reply: (o) => unsigned(success(o)), concludes: 'unknown' },
  {
    answer: 'success, with the signature that the documents print',
    reply: (o) => unsigned({ ...success(o), pg_salt: 's', pg_sig: 'ccee466c01c2332d8a065d6108fd686b' }),
    concludes: 'unknown',
  },
  {
    answer: 'success, signed with another secret',
    reply: (o) => signed(success(o), 200, 'cancel', 'the key for payouts'),
    concludes: 'unknown',
  },
  {
    answer: 'success, signed for another script',
    reply: (o) => signed(success(o), 200, 'clearing'),
    concludes: 'unknown',
  },
  ...[202, 302, 401, 408, 429, 500, 502].map((status): DocumentedAnswer => ({
    answer: `success under HTTP ${status}`,
    reply: (o) => signed(success(o), status),
    concludes: 'unknown',
  })),
  { answer: 'an empty body', reply: () => ({ status: 200, body: '' }), concludes: 'unknown' },
  {
    answer: 'a login page',
    reply: () => ({ status: 200, body: '<!doctype html><html><body>Log in</body></html>' }),
    concludes: 'unknown',
  },
];
