/** SIBS' documented answers. The fields of a success are those of a client in live use: no page prints one. */
import { decimalText } from '../../src/domain/money.ts';
import type { DocumentedAnswer } from './answer.ts';

type Concludes = DocumentedAnswer['concludes'];

/** A cancellation with an id of its own and the amount that was asked for, changed as told. */
function cancellation(answer: string, changes: object, concludes: Concludes, status = 200): DocumentedAnswer {
  return {
    answer,
    concludes,
    reply: ({ key, payment, amount }) => {
      const printed = {
        merchant: { terminalId: '101778', merchantTransactionId: key },
        returnStatus: { statusCode: '000', statusMsg: 'Success', statusDescription: 'Success' },
        transactionID: 's2CB2CH3U91PdGDHsacJ',
        amount: amount && { value: Number(decimalText(amount)), currency: amount.currency },
        execution: { startTime: '2022-05-29T18:23:41.400Z', endTime: '2022-05-29T18:23:41.900Z' },
        paymentStatus: 'Success',
        ...changes,
      };
      return { status, body: JSON.stringify(printed).replaceAll('ID-OF-THE-ORIGINAL', payment) };
    },
  };
}

function failure(status: number, statusCode: string, concludes: Concludes): DocumentedAnswer {
  const returnStatus = { statusCode, statusMsg: 'As SIBS words it', statusDescription: 'As SIBS words it' };
  const body = JSON.stringify({ returnStatus });
  return { answer: `HTTP ${status}, ${statusCode}`, concludes, reply: () => ({ status, body }) };
}

function text(answer: string, status: number, body: string, concludes: Concludes): DocumentedAnswer {
  return { answer, concludes, reply: () => ({ status, body }) };
}

const FINAL_CODES = 'E0101 E0113 E0500 E0501 E0504 E0506 E0507 E0518 E0520 E0612 E0613 10.106.0001'.split(
  ' ',
);

export const answers: readonly DocumentedAnswer[] = [
  cancellation('000, a new id, Success', {}, 'cancelled'),
  cancellation('000, a new id, Success, no amount', { amount: undefined }, 'cancelled'),
  cancellation('000, a new id, Pending', { paymentStatus: 'Pending' }, 'accepted'),
  cancellation('000, a new id, InProcessing', { paymentStatus: 'InProcessing' }, 'accepted'),
  cancellation('000, a new id, Declined', { paymentStatus: 'Declined' }, 'refused'),
  cancellation('000, a new id, Timeout', { paymentStatus: 'Timeout' }, 'unknown'),
  cancellation('000, a new id, Error', { paymentStatus: 'Error' }, 'unknown'),
  cancellation('000, a new id, Partial', { paymentStatus: 'Partial' }, 'unknown'),
  cancellation('000, a new id, Expired', { paymentStatus: 'Expired' }, 'unknown'),
  cancellation('000, a new id, no status', { paymentStatus: undefined }, 'unknown'),

  ...FINAL_CODES.map((code) => failure(200, code, 'refused')),
  ...FINAL_CODES.map((code) => failure(409, code, 'refused')),
  failure(400, 'E0101', 'refused'),
  failure(400, '12.110.1201', 'refused'),
  failure(400, '12.110.1301', 'refused'),
  failure(200, '12.110.1201', 'unknown'),
  failure(200, '12.110.1301', 'unknown'),
  failure(200, '00.110.1601', 'unknown'),
  failure(400, '00.110.1601', 'unknown'),
  failure(503, 'T9999', 'unknown'),
  failure(400, 'T9999', 'unknown'),
  failure(500, 'E0520', 'unknown'),
  failure(408, 'E0520', 'unknown'),
  failure(200, 'E9999', 'unknown'),
  failure(409, 'E9999', 'unknown'),

  text('HTTP 400', 400, '', 'refused'),
  text('HTTP 401', 401, '', 'refused'),
  text('HTTP 403', 403, '', 'refused'),
  text('HTTP 404', 404, '', 'refused'),
  text('HTTP 405', 405, '', 'refused'),
  text('HTTP 408', 408, '', 'unknown'),
  text('HTTP 409', 409, '', 'unknown'),
  text('HTTP 429', 429, '', 'refused'),
  text('HTTP 500', 500, '', 'unknown'),
  text('HTTP 503', 503, '', 'unknown'),

  text('000 alone', 200, '{"returnStatus":{"statusCode":"000"}}', 'unknown'),
  cancellation('Success, the code as a number', { returnStatus: { statusCode: 0 } }, 'unknown'),
  cancellation('Success, beside E0520', { returnStatus: { statusCode: 'E0520' } }, 'unknown'),
  cancellation('Success, with the id of the original', { transactionID: 'ID-OF-THE-ORIGINAL' }, 'unknown'),
  cancellation('Success, without an id', { transactionID: undefined }, 'unknown'),
  cancellation('Success, of another amount', { amount: { value: 0.01, currency: 'PLN' } }, 'unknown'),
  cancellation('Success, in another currency', { amount: { value: 480, currency: 'JPY' } }, 'unknown'),
  cancellation('HTTP 502, Success', {}, 'unknown', 502),
  cancellation('HTTP 400, Success', {}, 'unknown', 400),
  cancellation('HTTP 302, Success', {}, 'unknown', 302),
  text('HTTP 200, empty', 200, '', 'unknown'),
  text('HTTP 200, a login page', 200, '<!doctype html><title>Log in</title>', 'unknown'),
  text('HTTP 200, half an answer', 200, '{"returnStatus":{"statusCode":"0', 'unknown'),
];
