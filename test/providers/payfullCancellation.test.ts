import { describe, expect, it } from 'vitest';
import { type Answer, type Call, json, type Simulator, startSimulator } from '../../sandbox/simulator.ts';
import { stoppedAfterTest } from './answering.ts';
import { payfull } from './payfullAccount.ts';

/** Half past midnight in Turkey, and still the day before in London. */
const now = () => new Date('2026-11-20T21:30:00Z');
const subject = { payment: 'T4U_small', details: {}, key: 'c1042k7f3a9d2e5b8', sent: { reference: null } };
const ours = {
  transaction_id: 'T4U_of_the_cancel',
  merchant_trx_id: subject.key,
  type: 'Cancel',
  transaction_status: 'success',
  date: '21-11-2026 00:29:00',
};
const sale = {
  transaction_id: 'T4U_small',
  type: 'Sale',
  transaction_status: 'success',
  total: '49.90',
  currency: 'TRY',
  date: '21-11-2026 00:10:00',
};
const nothing = json(200, { status: 0, ErrorCode: '91', ErrorMSG: 'Not found' });

function found(data: unknown): Answer {
  return json(200, { type: 'Get', status: 1, ErrorCode: '00', ErrorMSG: '', data });
}

interface Answers {
  /** To the question about our cancellation. */
  readonly ours?: Answer;
  readonly sale?: Answer;
  /** By `day_date`. */
  readonly days?: Readonly<Record<string, Answer>>;
}

async function telling(answers: Answers): Promise<Simulator> {
  const answer = (call: Call): Answer => {
    const form = new URLSearchParams(call.body);
    const day = form.get('day_date');
    if (day !== null) return answers.days?.[day] ?? nothing;
    return (form.has('merchant_trx_id') ? answers.ours : answers.sale) ?? nothing;
  };
  return stoppedAfterTest(await startSimulator({ stock: [], answer }));
}

async function standingOf(answers: Answers): Promise<string> {
  const sim = await telling(answers);
  return (await payfull(sim.url, {}, undefined, now).lookUp(subject)).standing;
}

describe('a look-up of our own Payfull cancellation', () => {
  it('asks by our id first, then for the lists of today and yesterday in Turkey, byte for byte', async () => {
    const sim = await telling({});
    const evidence = await payfull(sim.url, {}, undefined, now).lookUp(subject);
    expect(evidence.says).toBe('Payfull gave no usable answer about this cancellation (HTTP 200).');
    const start = 'merchant=merchant+name&type=Get&language=en&client_ip=192.168.1.1&get_param=';
    expect(sim.calls.map(({ body }) => body)).toEqual([
      `${start}TransactionStatus&merchant_trx_id=c1042k7f3a9d2e5b8&hash=3883e9c4fab37a76de356604824d59d6b7f4775a670ce89e53046efb5129e2fb`,
      `${start}TransactionsList&day_date=21-11-2026&hash=999b347682b7cf86e6c0b4519bb20a9962b370c7800ed29afc74aa23819dfebc`,
      `${start}TransactionsList&day_date=20-11-2026&hash=fce64ee40b5e1ef3c57c2d6fbb0a559c21ea8ad5bcb547e79debac0e1369df6d`,
    ]);
  });

  it('is cancelled when Payfull says that ours succeeded, on the day of the sale', async () => {
    const sim = await telling({ ours: found(ours), sale: found(sale) });
    expect(await payfull(sim.url, {}, undefined, now).lookUp(subject)).toEqual({
      standing: 'cancelled',
      says: 'Payfull says that it cancelled the payment.',
      amount: null,
      madeAt: '21-11-2026 00:29:00',
      facts: {},
    });
    expect(sim.calls).toHaveLength(2);
  });

  it.each<[string, Answers, string]>([
    ['succeeded, though nothing is said of the sale', { ours: found(ours) }, 'cancelled'],
    ['succeeded, without a day', { ours: found({ ...ours, date: null }), sale: found(sale) }, 'cancelled'],
    [
      'succeeded after the end of the day',
      { ours: found(ours), sale: found({ ...sale, date: '20-11-2026 23:59:59' }) },
      'cannot_tell',
    ],
    [
      'succeeded, of a sale that is settled all the same',
      { ours: found(ours), sale: found({ ...sale, transaction_status: 'settled' }) },
      'cannot_tell',
    ],
    [
      'succeeded, of a sale of another day in a state that is not known',
      { ours: found(ours), sale: found({ ...sale, transaction_status: 'odd', date: '20-11-2026 10:00:00' }) },
      'cannot_tell',
    ],
    ['failed', { ours: found({ ...ours, transaction_status: 'failed' }) }, 'cannot_tell'],
    ['has a state that is not known', { ours: found({ ...ours, transaction_status: 'odd' }) }, 'cannot_tell'],
    ['has no state', { ours: found({ ...ours, transaction_status: undefined }) }, 'cannot_tell'],
    ['is another one', { ours: found({ ...ours, merchant_trx_id: 'c2' }) }, 'cannot_tell'],
    ['is named by no id', { ours: found({ ...ours, merchant_trx_id: undefined }) }, 'cannot_tell'],
    ['is a sale', { ours: found({ ...ours, type: 'Sale' }) }, 'cannot_tell'],
    ['is told with HTTP 500', { ours: json(500, { status: 1, ErrorCode: '00', data: ours }) }, 'cannot_tell'],
    ['is told by no more than the success of the question', { ours: found(undefined) }, 'cannot_tell'],
  ])('that %s', async (_what, answers, standing) => {
    expect(await standingOf(answers)).toBe(standing);
  });

  const today = '21-11-2026';
  it.each<[string, Answers, string]>([
    ['ours beside its sale', { days: { [today]: found([sale, ours]) } }, 'cancelled'],
    ['ours beside its sale, yesterday', { days: { '20-11-2026': found([sale, ours]) } }, 'cancelled'],
    ['ours beside its sale, long ago', { days: { '19-11-2026': found([sale, ours]) } }, 'cannot_tell'],
    [
      'a sale that is cancelled',
      { days: { [today]: found([{ ...sale, transaction_status: 'cancelled' }]) } },
      'cancelled',
    ],
    ['ours alone, whose sale is of another day', { days: { [today]: found([ours]) } }, 'cannot_tell'],
    ['the sale alone', { days: { [today]: found([sale]) } }, 'cannot_tell'],
    [
      'the sale and a cancellation of it by others',
      {
        days: {
          [today]: found([sale, { ...ours, merchant_trx_id: 'c2', transaction_id: sale.transaction_id }]),
        },
      },
      'cannot_tell',
    ],
    [
      'ours beside another sale',
      { days: { [today]: found([{ ...sale, transaction_id: 'T4U_other' }, ours]) } },
      'cannot_tell',
    ],
    [
      'ours, which names the sale, without the sale',
      { days: { [today]: found([{ ...ours, transaction_id: sale.transaction_id }]) } },
      'cannot_tell',
    ],
    [
      'ours that failed',
      { days: { [today]: found([sale, { ...ours, transaction_status: 'failed' }]) } },
      'cannot_tell',
    ],
    [
      'another sale that is cancelled',
      {
        days: { [today]: found([{ ...sale, transaction_id: 'T4U_other', transaction_status: 'cancelled' }]) },
      },
      'cannot_tell',
    ],
    [
      'ours beside its sale, which is settled all the same',
      { days: { [today]: found([{ ...sale, transaction_status: 'settled' }, ours]) } },
      'cannot_tell',
    ],
    [
      'ours among lines that cannot be read',
      { days: { [today]: found([null, {}, sale, ours]) } },
      'cancelled',
    ],
    ['no list', { days: { [today]: found(null) } }, 'cannot_tell'],
    ['an empty list', { days: { [today]: found([]) } }, 'cannot_tell'],
  ])('is settled by the list of the day with %s', async (_what, answers, standing) => {
    expect(await standingOf(answers)).toBe(standing);
  });

  it('cannot tell when Payfull is out of reach', async () => {
    const evidence = await payfull('http://127.0.0.1:1').lookUp(subject);
    expect(evidence.standing).toBe('cannot_tell');
  });
});
