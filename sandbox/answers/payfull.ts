/** What Payfull may answer to a cancellation: "00" is the only code, and no HTTP status, that its pages name. */
import type { Order } from '../../src/domain/provider.ts';
import type { HttpReply } from '../../src/http.ts';
import type { DocumentedAnswer } from './answer.ts';

const SETTLED = { status: 0, ErrorCode: '95', ErrorMSG: 'End of day settlement is done' };

export const answers: readonly DocumentedAnswer[] = [
  { answer: 'HTTP 200, status 1, ErrorCode 00', reply: done({}), concludes: 'cancelled' },
  { answer: 'HTTP 200, status "1", ErrorCode 00', reply: done({ status: '1' }), concludes: 'cancelled' },
  {
    answer: 'HTTP 200, status 1, ErrorCode 0 (number)',
    reply: done({ ErrorCode: 0 }),
    concludes: 'cancelled',
  },
  { answer: 'HTTP 200, success, empty ErrorMSG', reply: done({ ErrorMSG: '' }), concludes: 'cancelled' },
  { answer: 'HTTP 200, status 0, settled already', reply: done(SETTLED), concludes: 'refused' },
  {
    answer: 'HTTP 200, status "0", any other code',
    reply: done({ ...SETTLED, status: '0' }),
    concludes: 'refused',
  },
  {
    answer: 'HTTP 200, status 0, ErrorCode 03',
    reply: done({ ...SETTLED, ErrorCode: '03' }),
    concludes: 'refused',
  },
  {
    answer: 'HTTP 200, status 0, ErrorCode 08',
    reply: done({ ...SETTLED, ErrorCode: '08' }),
    concludes: 'refused',
  },
  {
    answer: 'HTTP 200, status 0, ErrorCode 09',
    reply: done({ ...SETTLED, ErrorCode: '09' }),
    concludes: 'refused',
  },
  { answer: 'HTTP 400, status 0 and a code', reply: done(SETTLED, 400), concludes: 'refused' },
  { answer: 'HTTP 401, no answer in JSON', reply: page(401, 'Unauthorized'), concludes: 'refused' },
  { answer: 'HTTP 403, no answer in JSON', reply: page(403, 'Forbidden'), concludes: 'refused' },
  { answer: 'HTTP 200, status 1, another code', reply: done({ ErrorCode: '95' }), concludes: 'unknown' },
  { answer: 'HTTP 200, status 0, ErrorCode 00', reply: done({ status: 0 }), concludes: 'unknown' },
  { answer: 'HTTP 200, status 1, no code', reply: done({ ErrorCode: undefined }), concludes: 'unknown' },
  { answer: 'HTTP 200, ErrorCode 00, no status', reply: done({ status: undefined }), concludes: 'unknown' },
  { answer: 'HTTP 200, success of another operation', reply: done({ type: 'Get' }), concludes: 'unknown' },
  {
    answer: 'HTTP 200, success of another cancellation',
    reply: done({ merchant_trx_id: 'another' }),
    concludes: 'unknown',
  },
  {
    answer: 'HTTP 200, nothing but a friendly ErrorMSG',
    reply: page(200, '{"ErrorMSG":"Success Transaction"}'),
    concludes: 'unknown',
  },
  { answer: 'HTTP 201, success', reply: done({}, 201), concludes: 'unknown' },
  { answer: 'HTTP 302, success', reply: done({}, 302), concludes: 'unknown' },
  { answer: 'HTTP 408, status 0 and a code', reply: done(SETTLED, 408), concludes: 'unknown' },
  { answer: 'HTTP 500, status 0 and a code', reply: done(SETTLED, 500), concludes: 'unknown' },
  { answer: 'HTTP 502, success', reply: done({}, 502), concludes: 'unknown' },
  { answer: 'HTTP 404, a page', reply: page(404, '<h1>Not Found</h1>'), concludes: 'unknown' },
  { answer: 'HTTP 200, empty', reply: page(200, ''), concludes: 'unknown' },
  {
    answer: 'HTTP 200, a 3-D page instead of JSON',
    reply: page(200, '<html><form></form></html>'),
    concludes: 'unknown',
  },
  {
    answer: 'HTTP 200, half an answer',
    reply: page(200, '{"status":1,"ErrorCode":"00"'),
    concludes: 'unknown',
  },
];

/** The success of the page's sample, with what is told otherwise. */
function done(otherwise: Readonly<Record<string, unknown>>, status = 200): (order: Order) => HttpReply {
  return ({ payment, key }) => {
    const success = { type: 'Cancel', status: 1, ErrorCode: '00', ErrorMSG: 'Success Transaction' };
    const ids = { transaction_id: payment, merchant_trx_id: key, time: '08-09-2016 03:13:16' };
    return { status, body: JSON.stringify({ ...success, ...ids, ...otherwise }) };
  };
}

function page(status: number, body: string): () => HttpReply {
  return () => ({ status, body });
}
