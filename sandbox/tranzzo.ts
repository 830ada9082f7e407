/**
 * A Tranzzo of one's own: it checks the two headers, the path, the content type and the state of the payment.
 * How Tranzzo words a refused cancellation is not documented; the codes here other than S-404 are stand-ins.
 */
import { type Answer, type Call, json, type Simulator, startSimulator, type StockItem } from './simulator.ts';

export interface TranzzoCredentials {
  readonly pos_id: string;
  readonly endpoints_key: string;
  readonly api_key: string;
  readonly api_secret: string;
}

type State = 'unpaid' | 'processing' | 'paid' | 'held' | 'captured' | 'cancelled' | 'failed';

interface Quirk {
  /** What it turns into once it was looked up, for a payer who is quicker than the approver. */
  readonly afterLookUp?: State;
  readonly answers?: 'slowly' | 'never';
}

interface Payment extends StockItem, Quirk {
  readonly state: State;
  readonly amount: number;
}

const SLOW_MS = 2500;

export function startTranzzoSimulator(credentials: TranzzoCredentials, port = 0): Promise<Simulator> {
  const payments = new Map(stock.map((payment) => [payment.reference, payment]));
  const { pos_id } = credentials;

  function lookUp(order: string): Answer {
    const payment = payments.get(order);
    if (payment === undefined) return json(200, []);
    payments.set(order, { ...payment, state: payment.afterLookUp ?? payment.state });
    return json(200, transactionsOf(payment, pos_id));
  }

  function cancel(order: string, carriedOut: (reference: string) => void): Answer {
    const payment = payments.get(order);
    if (payment === undefined) return fail(404, 'P-404', 'Order is not found');
    if (payment.state !== 'unpaid' || payment.afterLookUp !== undefined) {
      return fail(400, '4150', 'Invalid operation');
    }

    const cancelled: Payment = { ...payment, state: 'cancelled' };
    payments.set(order, cancelled);
    carriedOut(order);
    if (payment.answers === 'never') return 'drop';
    const answer = json(200, transactionsOf(cancelled, pos_id));
    return payment.answers === 'slowly' ? { ...answer, delayMs: SLOW_MS } : answer;
  }

  const behaviour = {
    stock: [...stock, { reference: 'order-9999-unknown', about: 'Tranzzo knows no such order.' }],
    answer(call: Call, carriedOut: (reference: string) => void): Answer {
      const { pos, order, cancels } = readRoute(call.path);
      if (order === undefined) return fail(404, 'P-404', 'Unknown path');
      if (call.method !== (cancels ? 'POST' : 'GET')) return fail(405, 'P-405', 'Method not allowed');
      if (pos !== pos_id || !isAllowed(call, credentials)) {
        return fail(401, 'S-404', 'Invalid pos_id field or credentials');
      }
      if (!cancels) return lookUp(order);
      if (call.headers['content-type'] !== 'application/json') return fail(406, 'P-406', 'Not acceptable');
      return cancel(order, carriedOut);
    },
  };
  return startSimulator(behaviour, port);
}

function readRoute(path: string): { pos?: string | undefined; order?: string | undefined; cancels: boolean } {
  const cancelling = /^\/api\/v1\/pos\/([^/]+)\/order\/([^/]+)\/cancel$/.exec(path);
  const [, pos, order] = cancelling ?? /^\/api\/v1\/pos\/([^/]+)\/orders\/([^/]+)$/.exec(path) ?? [];
  return { pos, order, cancels: cancelling !== null };
}

function isAllowed({ headers }: Call, { endpoints_key, api_key, api_secret }: TranzzoCredentials): boolean {
  return headers['x-api-key'] === endpoints_key && headers['x-api-auth'] === `CPAY ${api_key}:${api_secret}`;
}

function fail(status: number, code: string, message: string): Answer {
  return json(status, { message, args: { code } });
}

/** The transactions of an order in each state: method, status, status code. */
const histories: Readonly<Record<State, readonly (readonly [string, string, string])[]>> = {
  unpaid: [['purchase', 'init', '2123']],
  processing: [['purchase', 'pending', '2119']],
  paid: [['purchase', 'success', '1000']],
  held: [['auth', 'success', '1002']],
  captured: [
    ['auth', 'success', '1002'],
    ['capture', 'success', '1000'],
  ],
  cancelled: [['purchase', 'failure', '6007']],
  failed: [['purchase', 'failure', '4009']],
};

function transactionsOf({ reference, state, amount }: Payment, pos_id: string): unknown[] {
  return histories[state].map(([method, status, status_code]) => ({
    payment_id: '9b1392a5-d030-4e85-b02d-9b7191ea2a5e',
    order_id: reference,
    pos_id,
    mode: 'hosted',
    method,
    amount,
    currency: 'UAH',
    status,
    status_code,
    customer_fname: 'Olena',
    customer_lname: 'Kovalenko',
    created_at: '2026-03-02T10:10:22.100',
    processed_at: '2026-03-02T10:10:23.300',
  }));
}

function inStock(reference: string, state: State, amount: number, about: string, quirk: Quirk = {}): Payment {
  return { reference, state, amount, about, ...quirk };
}

const stock: readonly Payment[] = [
  inStock('order-1001-unpaid', 'unpaid', 49.9, '49.90 UAH on the payment page, unpaid: can be cancelled.'),
  inStock('order-1002-unpaid', 'unpaid', 482.5, '482.50 UAH on the payment page, unpaid: can be cancelled.'),
  inStock('order-1003-unpaid', 'unpaid', 12_500, '12 500 UAH on the payment page, unpaid: can be cancelled.'),
  inStock('order-2001-paid', 'paid', 315, 'Paid, so that only a refund helps: refused.'),
  inStock('order-2002-held', 'held', 760, 'Held on the card, so that only a void helps: refused.'),
  inStock('order-2003-captured', 'captured', 940.2, 'Held and then captured: refused.'),
  inStock('order-2004-cancelled', 'cancelled', 120, 'Cancelled already: refused.'),
  inStock('order-2005-failed', 'failed', 88, 'Failed by itself, for want of funds: refused.'),
  inStock('order-2006-processing', 'processing', 205, 'The payer is in 3-D Secure right now: refused.'),
  inStock('order-3001-paid-meanwhile', 'unpaid', 640, 'Unpaid at the first look-up, then paid: refused.', {
    afterLookUp: 'paid',
  }),
  inStock('order-4001-slow', 'unpaid', 150, 'Is cancelled, but the answer takes 2.5 seconds.', {
    answers: 'slowly',
  }),
  inStock('order-4002-dropped', 'unpaid', 175, 'Is cancelled, but the connection breaks before the answer.', {
    answers: 'never',
  }),
];
