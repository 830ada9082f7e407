/** Freedom Pay on loopback: both spellings of its API, answers in signed XML. Money in KZT. */
import { type Fields, signFields, toXml } from './freedompayWebhook.ts';
import { type Answer, type Call, type Simulator, type StockItem, startSimulator } from './simulator.ts';

export interface FreedompayCredentials {
  readonly merchant_id: string;
  readonly secret: string;
}

/** `quirk` is what goes wrong on the way back after a cancellation was carried out, or before one could be. */
interface Payment {
  readonly amount: string;
  state: 'held' | 'captured' | 'revoked' | 'new';
  readonly quirk?: 'paid_meanwhile' | 'slow' | 'dropped' | 'false_error' | 'lagging';
}

const STOCK: readonly (StockItem & Payment)[] = [
  { reference: '7777777771', amount: '49.90', state: 'held', about: 'On hold, small. Can be cancelled.' },
  { reference: '7777777777', amount: '480.00', state: 'held', about: 'On hold. Can be cancelled.' },
  { reference: '7777777779', amount: '12500.00', state: 'held', about: 'On hold, large. Can be cancelled.' },
  { reference: '7777770001', amount: '480.00', state: 'captured', about: 'Captured: only a refund helps.' },
  {
    reference: '7777770002',
    amount: '480.00',
    state: 'held',
    quirk: 'paid_meanwhile',
    about: 'On hold when first looked at, captured from the second look on.',
  },
  { reference: '7777770003', amount: '480.00', state: 'revoked', about: 'Cancelled already.' },
  { reference: '7777770004', amount: '480.00', state: 'new', about: 'Not paid yet: nothing is on hold.' },
  {
    reference: '7777778001',
    amount: '480.00',
    state: 'held',
    quirk: 'slow',
    about: 'On hold. Is cancelled, but the answer takes 2.5 seconds.',
  },
  {
    reference: '7777778002',
    amount: '480.00',
    state: 'held',
    quirk: 'dropped',
    about: 'On hold. Is cancelled, then the connection breaks.',
  },
  {
    reference: '7777778003',
    amount: '480.00',
    state: 'held',
    quirk: 'false_error',
    about: 'On hold. Is cancelled, and yet the answer is an error.',
  },
  {
    reference: '7777778004',
    amount: '480.00',
    state: 'held',
    quirk: 'lagging',
    about: 'On hold. Is cancelled, then the connection breaks, and one more look still shows it on hold.',
  },
];

const SLOW_MS = 2500;

// Freedom Pay writes the local time of Almaty.
const ALMATY_MS = 5 * 3_600_000;

export async function startFreedompaySimulator(account: FreedompayCredentials, port = 0): Promise<Simulator> {
  const payments = new Map(STOCK.map((item) => [item.reference, { ...item, looks: 0 }]));
  const anHourAgo = new Date(Date.now() + ALMATY_MS - 3_600_000).toISOString();
  const madeAt = anHourAgo.slice(0, 19).replace('T', ' ');
  const unknown = { reference: '9999999999', about: 'Freedom Pay knows no such payment.' };

  return startSimulator({ stock: [...STOCK, unknown], answer }, port);

  function answer(call: Call, carriedOut: (reference: string) => void): Answer {
    const script = call.path.replace(/^.*\//, '');
    if (!['/g2g/cancel', '/cancel.php', '/g2g/status_v2', '/get_status3.php'].includes(call.path)) {
      return { status: 404, contentType: 'text/html', body: '<h1>404 Not Found</h1>' };
    }
    if (call.method !== 'POST' || call.headers['content-type'] !== 'application/x-www-form-urlencoded') {
      return { status: 400, contentType: 'text/html', body: '<h1>400 Bad Request</h1>' };
    }

    const { pg_sig, ...form } = Object.fromEntries(new URLSearchParams(call.body));
    // Neither of these two comes signed: for the first there is no key, the second was seen so.
    if (form['pg_merchant_id'] !== account.merchant_id) return xml(200, error('9998', 'Merchant not found'));
    if (pg_sig !== signFields(script, form, account.secret))
      return xml(401, error('1100', 'Некорректная подпись запроса'));

    const payment = payments.get(form['pg_payment_id'] ?? '');
    if (payment === undefined) return signed(script, error('11068', 'Платеж не найден'));
    if (script.includes('status')) {
      payment.looks += 1;
      if (payment.quirk === 'paid_meanwhile' && payment.looks > 1) payment.state = 'captured';
      const lags = payment.quirk === 'lagging' && payment.state === 'revoked' && payment.looks === 1;
      return signed(script, statusOf(lags ? { ...payment, state: 'held' } : payment, madeAt));
    }
    return cancel(script, payment, carriedOut);
  }

  function cancel(
    script: string,
    payment: Payment & StockItem & { looks: number },
    carriedOut: (reference: string) => void,
  ): Answer {
    if (payment.quirk === 'paid_meanwhile') payment.state = 'captured';
    if (payment.state !== 'held') return signed(script, error('120', 'Неверный статус платежа'));

    payment.state = 'revoked';
    payment.looks = 0;
    carriedOut(payment.reference);
    if (payment.quirk === 'dropped' || payment.quirk === 'lagging') return 'drop';
    if (payment.quirk === 'false_error') return signed(script, error('99999', 'Ошибка платежной системы'));
    // The Merchant API has been seen to leave out all but the status.
    const done = script === 'cancel.php' ? { pg_status: 'ok' } : revocationOf(payment);
    return { ...signed(script, done), ...(payment.quirk === 'slow' && { delayMs: SLOW_MS }) };
  }

  function signed(script: string, fields: Fields): Exclude<Answer, 'drop'> {
    const salted = { ...fields, pg_salt: 'YtfwCGiBHsFLpYGk' };
    return xml(200, { ...salted, pg_sig: signFields(script, salted, account.secret) });
  }
}

function error(code: string, description: string): Fields {
  return { pg_status: 'error', pg_error_code: code, pg_error_description: description };
}

const revocationId = (reference: string) => String(BigInt(reference) + 1_000_000n);

function revocationOf({ reference }: StockItem): Fields {
  return {
    pg_payment_id: reference,
    pg_payment_revoke_id: revocationId(reference),
    pg_status: 'ok',
    pg_revoke_status: 'success',
  };
}

function statusOf({ reference, amount, state }: Payment & StockItem, madeAt: string): Fields {
  const revoked = { pg_payment_id: revocationId(reference), pg_payment_status: 'success' };
  return {
    pg_status: 'ok',
    pg_payment_id: reference,
    pg_payment_status: state === 'held' || state === 'captured' ? 'success' : state,
    pg_amount: amount,
    pg_currency: 'KZT',
    pg_create_date: madeAt,
    pg_order_id: `order-${reference}`,
    // Missing until a card was presented.
    ...(state !== 'new' && {
      pg_captured: state === 'captured' ? '1' : '0',
      pg_payment_date: madeAt,
      pg_card_pan: '5483-18XX-XXXX-0293',
      pg_card_name: 'CARD HOLDER',
    }),
    ...(state === 'revoked' && { pg_revoked_payments: { pg_revoked_payment: revoked } }),
  };
}

function xml(status: number, fields: Fields): Exclude<Answer, 'drop'> {
  return { status, contentType: 'application/xml', body: toXml('response', fields) };
}
