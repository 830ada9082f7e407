/**
 * Paymentwall as its pages describe it: tickets, and the Payment Status API where it is switched on.
 * Undocumented, so chosen here: a ticket for a ref that nobody knows is answered with the documented error that comes
 * closest, every error has HTTP status 200, and a refund ticket is decided by the next look-up.
 */
import { createHash } from 'node:crypto';
import { type Answer, type Call, json, type Simulator, type StockItem, startSimulator } from './simulator.ts';

interface Payment {
  readonly about: string;
  readonly amount: string;
  readonly uid: string;
  refunded: boolean;
  readonly risk: 'approved' | 'pending' | 'declined';
  /** Of another project: our key has no access to it. */
  readonly foreign: boolean;
  /** Whether the recurring billing still runs; absent for a single payment. */
  recurring?: boolean;
  /** Refunded by someone else after this many look-ups. */
  readonly refundedAfter?: number;
  readonly neverDecided?: boolean;
  readonly delayMs?: number;
  readonly drops?: boolean;
  lookUps: number;
}

function pay(amount: string, about: string, rest: Partial<Payment> = {}): Payment {
  return {
    about,
    amount,
    uid: '218069',
    refunded: false,
    risk: 'approved',
    foreign: false,
    lookUps: 0,
    ...rest,
  };
}

const UNKNOWN = { reference: 'bunknown', about: 'No such payment: the ticket is refused.' };

function stockUp(): Map<string, Payment> {
  return new Map([
    ['b4990', pay('49.90', 'A small payment; a ticket can be opened.')],
    ['b480', pay('480.0000', 'A payment of 480; a ticket can be opened.')],
    ['b12500', pay('12500.00', 'A large payment; a ticket can be opened.')],
    [
      'bwaiting',
      pay('75.00', 'A ticket is taken in, and Paymentwall never decides on it.', { neverDecided: true }),
    ],
    [
      'brecurring',
      pay('9.99', 'A subscription: recurring cancellation ends it.', { recurring: true, uid: 'maria' }),
    ],
    ['brefunded', pay('60.00', 'Refunded already.', { refunded: true })],
    [
      'brefundedmeanwhile',
      pay('320.00', 'Refunded by someone else after the first look-up.', { refundedAfter: 1 }),
    ],
    ['breview', pay('99.00', 'Under risk review; a ticket can be opened.', { risk: 'pending' })],
    ['bdeclined', pay('99.00', 'Declined in the risk review.', { risk: 'declined' })],
    ['bforeign', pay('15.00', 'A payment of another project: access is refused.', { foreign: true })],
    ['bslow', pay('150.00', 'Opens the ticket and answers after 2.5 seconds.', { delayMs: 2500 })],
    ['bdropped', pay('250.00', 'Opens the ticket and drops the connection.', { drops: true })],
  ]);
}

export interface PaymentwallCredentials {
  readonly key: string;
  readonly secret: string;
  /** Whether the Payment Status API was activated. */
  readonly status_api: boolean;
}

export async function startPaymentwallSimulator(
  account: PaymentwallCredentials,
  port = 0,
): Promise<Simulator> {
  const payments = stockUp();
  const stock: StockItem[] = [...payments].map(([reference, { about }]) => ({ reference, about }));

  return startSimulator(
    {
      stock: [...stock, UNKNOWN],
      answer(call, carriedOut) {
        if (call.path === '/developers/api/ticket') return openTicket(call, carriedOut);
        if (call.path === '/api/rest/payment/' && account.status_api) return tellStatus(call);
        return { status: 404, contentType: 'text/html', body: '<h1>Not Found</h1>' };
      },
    },
    port,
  );

  function openTicket(call: Call, carriedOut: (reference: string) => void): Answer {
    const form = new URLSearchParams(call.body);
    const isForm = call.headers['content-type'] === 'application/x-www-form-urlencoded';
    if (call.method !== 'POST' || !isForm || !isSigned(form)) return refuse(NO_ACCESS);

    const type = form.get('type') ?? '';
    if (!/^[123]$/.test(type) || !form.get('message'))
      return refuse('Undocumented: type or message is missing');
    if (form.get('test_mode') === '1') return json(200, { result: 1 });

    const ref = form.get('ref');
    const uid = form.get('uid');
    const payment = ref === null ? paymentOf(uid) : payments.get(ref);
    if (payment === undefined) return refuse('Either ref or uid is required');
    if (payment.foreign) return refuse(NO_ACCESS);

    carriedOut(ref ?? `uid:${uid}`);
    if (type === '1' && !payment.neverDecided) payment.refunded = true;
    if (type === '2') payment.recurring = false;
    if (payment.drops) return 'drop';
    return { ...json(200, { result: 1 }), delayMs: payment.delayMs ?? 0 };
  }

  function paymentOf(uid: string | null): Payment | undefined {
    return [...payments.values()].find((payment) => payment.uid === uid);
  }

  function tellStatus(call: Call): Answer {
    const ref = call.query.get('ref') ?? '';
    const payment = payments.get(ref);
    if (call.method !== 'GET' || !isSigned(call.query) || payment === undefined || payment.foreign) {
      return json(200, { error: 'Undocumented: no such payment' });
    }
    payment.lookUps += 1;
    if (payment.lookUps > (payment.refundedAfter ?? Infinity)) payment.refunded = true;
    return json(200, {
      object: 'payment',
      id: ref,
      created: 1_419_438_832,
      amount: payment.amount,
      currency: 'USD',
      refunded: payment.refunded,
      risk: payment.risk,
      uid: payment.uid,
      product_id: 'product_100244',
      payment_system: 'cc',
      ...(payment.recurring === undefined ? {} : { subscription: subscriptionOf(payment.recurring) }),
    });
  }

  /** The rule of the pages: sorted `name=value`, then the secret; MD5 unless version 3 asks for SHA-256. */
  function isSigned(parameters: URLSearchParams): boolean {
    const signed = new URLSearchParams(parameters);
    signed.delete('sign');
    signed.sort();
    let text = '';
    for (const [name, value] of signed) text += `${name}=${value}`;
    const algorithm = parameters.get('sign_version') === '3' ? 'sha256' : 'md5';
    const expected = createHash(algorithm)
      .update(text + account.secret)
      .digest('hex');
    return parameters.get('key') === account.key && parameters.get('sign') === expected;
  }
}

const NO_ACCESS = 'You have no access to the developers API';

function refuse(error: string): Answer {
  return json(200, { result: 0, errors: [error] });
}

function subscriptionOf(recurring: boolean): object {
  const active = recurring ? 1 : 0;
  return { object: 'subscription', id: 'VCBZT392SW', is_trial: 0, started: 1, expired: 0, active };
}
