/**
 * Payfull as its pages describe it: `Cancel`, and `Get` with `TransactionStatus`.
 * Undocumented, so chosen here: every error code but "00", and the `data` of a look-up's answer.
 */
import { createHmac } from 'node:crypto';
import { type Answer, type Call, json, type Simulator, type StockItem, startSimulator } from './simulator.ts';

interface Payment {
  readonly about: string;
  readonly total: string;
  state: 'success' | 'cancelled' | 'settled' | 'failed';
  /** Found settled after this many look-ups, and never cancellable. */
  readonly settledAfter?: number;
  readonly delayMs?: number;
  readonly drops?: boolean;
  lookUps: number;
}

function pay(total: string, about: string, rest: Partial<Payment> = {}): Payment {
  return { about, total, state: 'success', lookUps: 0, ...rest };
}

const UNKNOWN = { reference: 'T4U_unknown', about: 'No such transaction: the cancellation is refused.' };

function stockUp(): Map<string, Payment> {
  return new Map([
    ['T4U_small', pay('49.90', 'A small sale of today, cancellable.')],
    ['T4U_medium', pay('480.00', 'A sale of today, cancellable.')],
    ['T4U_large', pay('12500.00', 'A large sale of today, cancellable.')],
    [
      'T4U_settled',
      pay('99.90', 'Settled by the issuer already: the cancellation is refused.', { state: 'settled' }),
    ],
    [
      'T4U_settled_meanwhile',
      pay('320.00', 'Settled after the first look-up: the cancellation is refused.', { settledAfter: 1 }),
    ],
    ['T4U_cancelled', pay('75.00', 'Cancelled already.', { state: 'cancelled' })],
    ['T4U_failed', pay('20.00', 'A sale that failed: nothing to cancel.', { state: 'failed' })],
    ['T4U_slow', pay('150.00', 'Cancels and answers after 2.5 seconds.', { delayMs: 2500 })],
    ['T4U_dropped', pay('250.00', 'Cancels and drops the connection.', { drops: true })],
  ]);
}

export interface PayfullCredentials {
  readonly merchant: string;
  readonly password: string;
}

export async function startPayfullSimulator(account: PayfullCredentials, port = 0): Promise<Simulator> {
  const payments = stockUp();
  const stock: StockItem[] = [...payments].map(([reference, { about }]) => ({ reference, about }));

  return startSimulator({ stock: [...stock, UNKNOWN], answer }, port);

  function answer(call: Call, carriedOut: (reference: string) => void): Answer {
    const isForm = call.headers['content-type'] === 'application/x-www-form-urlencoded';
    if (call.path !== '/integration/api/v1' || call.method !== 'POST' || !isForm) {
      return { status: 404, contentType: 'text/html', body: '<h1>Not Found</h1>' };
    }
    const form = new URLSearchParams(call.body);
    const type = form.get('type') ?? '';
    const isComplete = /^(en|tr)$/.test(form.get('language') ?? '') && Boolean(form.get('client_ip'));
    if (!isComplete || form.get('merchant') !== account.merchant || form.get('hash') !== hashOf(form)) {
      return refuse(type, '90', 'Authentication failed');
    }
    const transactionId = form.get('transaction_id') ?? '';
    const payment = payments.get(transactionId);
    if (payment === undefined) return refuse(type, '91', 'Transaction not found');
    if (type === 'Cancel') return cancel(payment, transactionId, carriedOut);
    if (type === 'Get' && form.get('get_param') === 'TransactionStatus') return tell(payment, transactionId);
    return refuse(type, '92', 'Unknown type');
  }

  /** The rule of the pages: sorted by name, each value after its length, HMAC-SHA256 with the merchant's password. */
  function hashOf(form: URLSearchParams): string {
    const names = [...form.keys()].filter((name) => name !== 'hash').toSorted();
    const hmac = createHmac('sha256', account.password);
    for (const name of names) {
      const value = form.get(name) ?? '';
      hmac.update(`${Array.from(value).length}${value}`);
    }
    return hmac.digest('hex');
  }
}

function cancel(payment: Payment, transactionId: string, carriedOut: (reference: string) => void): Answer {
  if (payment.state === 'cancelled') return refuse('Cancel', '93', 'Transaction is cancelled already');
  if (payment.state === 'failed') return refuse('Cancel', '94', 'Transaction did not succeed');
  if (payment.state === 'settled' || payment.settledAfter !== undefined) {
    return refuse('Cancel', '95', 'End of day settlement is done');
  }
  carriedOut(transactionId);
  payment.state = 'cancelled';
  if (payment.drops) return 'drop';
  const success = {
    type: 'Cancel',
    status: 1,
    ErrorCode: '00',
    ErrorMSG: 'Success Transaction',
    transaction_id: transactionId,
    time: '08-09-2016 03:13:16',
  };
  return { ...json(200, success), delayMs: payment.delayMs ?? 0 };
}

function tell(payment: Payment, transactionId: string): Answer {
  payment.lookUps += 1;
  if (payment.lookUps > (payment.settledAfter ?? Infinity)) payment.state = 'settled';
  return json(200, {
    type: 'Get',
    status: 1,
    ErrorCode: '00',
    ErrorMSG: '',
    data: {
      transaction_id: transactionId,
      type: 'Sale',
      transaction_status: payment.state,
      total: payment.total,
      currency: 'TRY',
      date: '20-02-2018 11:26:09',
    },
  });
}

function refuse(type: string, code: string, message: string): Answer {
  return json(200, { type, status: 0, ErrorCode: code, ErrorMSG: message, time: '08-09-2016 03:13:16' });
}
