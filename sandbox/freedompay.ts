/** Freedom Pay on loopback: both spellings of its API, answers in signed XML. Money in KZT. */
import { createHash } from 'node:crypto';
import { type Answer, type Call, type Simulator, type StockItem, startSimulator } from './simulator.ts';

export interface FreedompayCredentials {
  readonly merchant_id: string;
  readonly secret: string;
}

/** `quirk` is what goes wrong on the way back after a cancellation was carried out, or before one could be. */
interface Payment {
  readonly amount: string;
  state: 'held' | 'captured' | 'revoked' | 'new';
  readonly quirk?: 'paid_meanwhile' | 'slow' | 'dropped' | 'false_error';
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
];

const SLOW_MS = 2500;

export async function startFreedompaySimulator(account: FreedompayCredentials, port = 0): Promise<Simulator> {
  const payments = new Map(STOCK.map((item) => [item.reference, { ...item, looks: 0 }]));
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
    if (pg_sig !== signatureOf(script, form)) return xml(401, error('1100', 'Некорректная подпись запроса'));

    const payment = payments.get(form['pg_payment_id'] ?? '');
    if (payment === undefined) return signed(script, error('11068', 'Платеж не найден'));
    if (script.includes('status')) {
      payment.looks += 1;
      if (payment.quirk === 'paid_meanwhile' && payment.looks > 1) payment.state = 'captured';
      return signed(script, statusOf(payment));
    }
    return cancel(script, payment, carriedOut);
  }

  function cancel(
    script: string,
    payment: Payment & StockItem,
    carriedOut: (reference: string) => void,
  ): Answer {
    if (payment.quirk === 'paid_meanwhile') payment.state = 'captured';
    if (payment.state !== 'held') return signed(script, error('120', 'Неверный статус платежа'));

    payment.state = 'revoked';
    carriedOut(payment.reference);
    if (payment.quirk === 'dropped') return 'drop';
    if (payment.quirk === 'false_error') return signed(script, error('99999', 'Ошибка платежной системы'));
    // The Merchant API has been seen to leave out all but the status.
    const done = script === 'cancel.php' ? { pg_status: 'ok' } : revocationOf(payment);
    return { ...signed(script, done), ...(payment.quirk === 'slow' && { delayMs: SLOW_MS }) };
  }

  function signed(script: string, fields: Fields): Exclude<Answer, 'drop'> {
    const salted = { ...fields, pg_salt: 'YtfwCGiBHsFLpYGk' };
    return xml(200, { ...salted, pg_sig: signatureOf(script, salted) });
  }

  function signatureOf(script: string, fields: Fields): string {
    let text = `${script};`;
    for (const name of Object.keys(fields).toSorted()) text += `${fields[name]};`;
    return createHash('md5')
      .update(text + account.secret, 'utf8')
      .digest('hex');
  }
}

type Fields = Readonly<Record<string, string>>;

function error(code: string, description: string): Fields {
  return { pg_status: 'error', pg_error_code: code, pg_error_description: description };
}

function revocationOf({ reference }: StockItem): Fields {
  return {
    pg_payment_id: reference,
    pg_payment_revoke_id: String(BigInt(reference) + 1_000_000n),
    pg_status: 'ok',
    pg_revoke_status: 'success',
  };
}

function statusOf({ reference, amount, state }: Payment & StockItem): Fields {
  return {
    pg_status: 'ok',
    pg_payment_id: reference,
    pg_payment_status: state === 'held' || state === 'captured' ? 'success' : state,
    pg_amount: amount,
    pg_currency: 'KZT',
    // Missing until a card was presented.
    ...(state !== 'new' && { pg_captured: state === 'captured' ? '1' : '0' }),
    pg_create_date: '2026-11-20 14:05:09',
    pg_order_id: `order-${reference}`,
  };
}

function xml(status: number, fields: Fields): Exclude<Answer, 'drop'> {
  const elements = Object.entries(fields).map(([name, value]) => `    <${name}>${value}</${name}>\n`);
  const body = `<?xml version="1.0" encoding="utf-8"?>\n<response>\n${elements.join('')}</response>\n`;
  return { status, contentType: 'application/xml', body };
}
