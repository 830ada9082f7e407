/**
 * Payfull as its pages describe it: `Cancel`, and `Get` with `TransactionStatus` or `TransactionsList`.
 * Undocumented, so chosen here: every error code but "00", and the `data` of a look-up's answer. After the end of the
 * day a cancellation is answered as on the Turkish page: with success, and void.
 */
import { createHmac } from 'node:crypto';
import { type Answer, type Call, json, type Simulator, type StockItem, startSimulator } from './simulator.ts';

interface Payment {
  readonly about: string;
  readonly total: string;
  state: 'success' | 'cancelled' | 'settled' | 'failed';
  /** Made on the day before. */
  readonly yesterday?: boolean;
  /** Found settled after this many look-ups, and never cancellable. */
  readonly settledAfter?: number;
  readonly delayMs?: number;
  readonly drops?: boolean;
  readonly refuses?: boolean;
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
    [
      'T4U_yesterday',
      pay('60.00', 'A sale of yesterday: Payfull says success, and it is void.', { yesterday: true }),
    ],
    ['T4U_cancelled', pay('75.00', 'Cancelled already.', { state: 'cancelled' })],
    ['T4U_failed', pay('20.00', 'A sale that failed: nothing to cancel.', { state: 'failed' })],
    ['T4U_slow', pay('150.00', 'Cancels and answers after 2.5 seconds.', { delayMs: 2500 })],
    ['T4U_dropped', pay('250.00', 'Cancels and drops the connection.', { drops: true })],
  ]);
}

/**
 * The day's orders, for whoever cancels many at once: `T4U_order1`, `T4U_order2`, … Most can be cancelled. Of some the
 * connection breaks before the answer, some are refused though they look open, some settle after the first look-up.
 */
function ordersOfTheDay(count: number): [string, Payment][] {
  return Array.from({ length: count }, (_one, index) => {
    const n = index + 1;
    const total = `${10 + (n % 90)}.50`;
    const odd = n % 50 === 7 ? { drops: true } : n % 50 === 23 ? { refuses: true } : {};
    const settledAfter = n % 50 === 41 ? { settledAfter: 1 } : {};
    return [`T4U_order${n}`, pay(total, 'One of the orders of the day.', { ...odd, ...settledAfter })];
  });
}

export interface PayfullCredentials {
  readonly merchant: string;
  readonly password: string;
}

/** A cancellation that was carried out, or that was void. */
interface Cancellation {
  readonly merchant_trx_id: string;
  readonly transaction_id: string;
  readonly date: string;
}

export async function startPayfullSimulator(
  account: PayfullCredentials,
  port = 0,
  {
    now = () => new Date(),
    orders = 0,
  }: { readonly now?: (() => Date) | undefined; readonly orders?: number } = {},
): Promise<Simulator> {
  const payments = new Map([...stockUp(), ...ordersOfTheDay(orders)]);
  const cancellations: Cancellation[] = [];
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
    if (type === 'Cancel') return cancel(form, carriedOut);
    if (type !== 'Get') return refuse(type, '92', 'Unknown type');
    return form.get('get_param') === 'TransactionsList' ? tellDay(form) : tellOne(form);
  }

  function cancel(form: URLSearchParams, carriedOut: (reference: string) => void): Answer {
    const transactionId = form.get('transaction_id') ?? '';
    const payment = payments.get(transactionId);
    if (payment === undefined) return refuse('Cancel', '91', 'Transaction not found');
    if (payment.state === 'cancelled') return refuse('Cancel', '93', 'Transaction is cancelled already');
    if (payment.state === 'failed') return refuse('Cancel', '94', 'Transaction did not succeed');
    if (payment.state === 'settled' || payment.settledAfter !== undefined || payment.refuses === true) {
      return refuse('Cancel', '95', 'End of day settlement is done');
    }
    const merchant_trx_id = form.get('merchant_trx_id') ?? '';
    const time = timeInTurkey(now());
    cancellations.push({ merchant_trx_id, transaction_id: transactionId, date: time });
    if (payment.yesterday !== true) {
      carriedOut(transactionId);
      payment.state = 'cancelled';
    }
    if (payment.drops) return 'drop';
    const passive_data = form.get('passive_data') ?? undefined;
    const success = {
      ...OK,
      type: 'Cancel',
      ErrorMSG: 'Success Transaction',
      transaction_id: transactionId,
      passive_data,
      time,
    };
    return { ...json(200, success), delayMs: payment.delayMs ?? 0 };
  }

  function tellOne(form: URLSearchParams): Answer {
    const key = form.get('merchant_trx_id');
    const ours = cancellations.find(({ merchant_trx_id }) => merchant_trx_id === key);
    if (ours !== undefined) return json(200, { ...OK, type: 'Get', data: cancellationData(ours) });

    const transactionId = form.get('transaction_id') ?? '';
    const payment = payments.get(transactionId);
    if (payment === undefined) return refuse('Get', '91', 'Transaction not found');
    payment.lookUps += 1;
    if (payment.lookUps > (payment.settledAfter ?? Infinity)) payment.state = 'settled';
    return json(200, { ...OK, type: 'Get', data: saleData(transactionId, payment) });
  }

  function tellDay(form: URLSearchParams): Answer {
    const sales = Array.from(payments, ([transactionId, payment]) => saleData(transactionId, payment));
    const all = [...sales, ...cancellations.map(cancellationData)];
    const day = form.get('day_date') ?? '';
    return json(200, { ...OK, type: 'Get', data: all.filter(({ date }) => date.startsWith(`${day} `)) });
  }

  function saleData(transaction_id: string, { state, total, yesterday }: Payment) {
    const date = timeInTurkey(new Date(now().getTime() - (yesterday === true ? DAY_MS : 0)));
    return { transaction_id, type: 'Sale', transaction_status: state, total, currency: 'TRY', date };
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

const OK = { status: 1, ErrorCode: '00', ErrorMSG: '' };
const DAY_MS = 24 * 3600 * 1000;

function cancellationData(cancellation: Cancellation) {
  return { ...cancellation, type: 'Cancel', transaction_status: 'success' };
}

/** `dd-mm-yyyy HH:mm:ss`; Turkey is three hours ahead of UTC, summer and winter. */
function timeInTurkey(at: Date): string {
  const [day = '', time = ''] = new Date(at.getTime() + 3 * 3600 * 1000).toISOString().split(/[T.]/);
  return `${day.split('-').toReversed().join('-')} ${time}`;
}

function refuse(type: string, code: string, message: string): Answer {
  return json(200, { type, status: 0, ErrorCode: code, ErrorMSG: message, time: '08-09-2016 03:13:16' });
}
