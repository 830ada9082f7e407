/** Tranzzo's documented answers, to the POS of the demo. */
import type { DocumentedAnswer } from './answer.ts';

const POS_ID = 'dc728de1-51ef-4ef1-80f7-3b44b07b5667';

type Concludes = DocumentedAnswer['concludes'];

/** The order's one transaction, changed as told, in the array of the published sample. */
function transaction(
  answer: string,
  changes: object,
  concludes: Concludes,
  { status = 200, form = 'array' } = {},
): DocumentedAnswer {
  return {
    answer,
    concludes,
    reply: ({ payment }) => {
      const printed = {
        payment_id: '9b1392a5-d030-4e85-b02d-9b7191ea2a5e',
        order_id: payment,
        pos_id: POS_ID,
        mode: 'hosted',
        method: 'purchase',
        amount: 1,
        currency: 'UAH',
        status: 'failure',
        status_code: '6007',
        status_description: 'Payment has cancelled',
        ...changes,
      };
      return { status, body: JSON.stringify(form === 'array' ? [printed] : printed) };
    },
  };
}

function failure(status: number, code: string, concludes: Concludes): DocumentedAnswer {
  const body = JSON.stringify({ message: 'As Tranzzo words it', args: { code } });
  return { answer: `HTTP ${status}, error ${code}`, concludes, reply: () => ({ status, body }) };
}

function text(answer: string, status: number, body: string, concludes: Concludes): DocumentedAnswer {
  return { answer, concludes, reply: () => ({ status, body }) };
}

const FAILURES = '4000 4001 4009 4010 4012 4119 4124 4139 4144 4147 4148 4149 4150 4151 4152'.split(' ');
const PENDING = '2000 2001 2012 2013 2102 2119 2121 2122 2123 2124 2125 2126 2201 9000'.split(' ');

export const answers: readonly DocumentedAnswer[] = [
  transaction('failure 6007, an array of one', {}, 'cancelled'),
  transaction('failure 6007, an object', {}, 'cancelled', { form: 'object' }),
  transaction('failure 6007, the code as a number', { status_code: 6007 }, 'cancelled'),
  transaction('failure 6007 of a two-step payment', { method: 'auth' }, 'cancelled'),

  transaction('success 1000: paid', { status: 'success', status_code: '1000' }, 'refused'),
  transaction('success 1002: charged', { status: 'success', status_code: '1002' }, 'refused'),
  transaction(
    'success 1002 of auth: held, needs a void',
    { method: 'auth', status: 'success', status_code: '1002' },
    'refused',
  ),
  transaction(
    'success 1000 of capture',
    { method: 'capture', status: 'success', status_code: '1000' },
    'refused',
  ),
  transaction(
    'success 1004: refunded',
    { method: 'refund', status: 'success', status_code: '1004' },
    'refused',
  ),
  transaction(
    'success 1009: hold freed',
    { method: 'void', status: 'success', status_code: '1009' },
    'refused',
  ),
  ...FAILURES.map((code) => transaction(`failure ${code}`, { status_code: code }, 'refused')),
  ...PENDING.map((code) =>
    transaction(`pending ${code}`, { status: 'pending', status_code: code }, 'unknown'),
  ),
  transaction('init 2123: still on the page', { status: 'init', status_code: '2123' }, 'unknown'),

  failure(401, 'S-404', 'refused'),
  failure(404, 'S-404', 'refused'),
  failure(200, 'S-404', 'refused'),
  failure(400, '4150', 'refused'),
  failure(404, 'P-404', 'refused'),
  failure(405, 'P-405', 'refused'),
  failure(406, 'P-406', 'refused'),
  failure(429, 'P-429', 'refused'),
  failure(409, 'P-409', 'unknown'),
  failure(500, 'P-500', 'unknown'),
  failure(500, 'S-404', 'unknown'),
  failure(503, 'P-503', 'unknown'),
  text(
    'HTTP 400, the faulty fields in a list',
    400,
    '{"message":"Invalid","args":[{"field_name":"order_id"}]}',
    'refused',
  ),
  text('HTTP 401 without a body', 401, '', 'refused'),
  text('HTTP 403 without a body', 403, '', 'refused'),
  text('HTTP 429 without a body', 429, '', 'refused'),

  transaction('success, with the code 6007', { status: 'success' }, 'unknown'),
  transaction('failure, with the pending code 9000', { status_code: '9000' }, 'unknown'),
  transaction('failure without a code', { status_code: null }, 'unknown'),
  transaction('failure 4999, which nobody documented', { status_code: '4999' }, 'unknown'),
  transaction('rejected, which nobody documented', { status: 'rejected' }, 'unknown'),
  transaction('failure 6007 of another order', { order_id: 'another' }, 'unknown'),
  transaction('failure 6007 of another POS', { pos_id: '00000000-0000-4000-8000-000000000000' }, 'unknown'),
  transaction('HTTP 502, failure 6007', {}, 'unknown', { status: 502 }),
  transaction('HTTP 400, failure 6007', {}, 'unknown', { status: 400 }),
  transaction('HTTP 302, failure 6007', {}, 'unknown', { status: 302 }),
  text('HTTP 200, empty', 200, '', 'unknown'),
  text('HTTP 200, an empty array', 200, '[]', 'unknown'),
  text('HTTP 200, a login page', 200, '<!doctype html><title>Log in</title>', 'unknown'),
  text('HTTP 404, a page in HTML', 404, '<!doctype html><title>Not found</title>', 'unknown'),
  text('HTTP 408', 408, '', 'unknown'),
];
