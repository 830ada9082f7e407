import { describe, expect, it } from 'vitest';
import { secret } from './paymentwallAccount.ts';
import { changed, goods, md5, noticeOf, read, refund, signed } from './paymentwallPingback.ts';

describe('a Paymentwall pingback', () => {
  it.each([2, 3] as const)('of a refund in full means cancelled, version %i', (version) => {
    expect(read(signed(refund, version), version)).toEqual({
      authentic: true,
      notice: {
        id: 'b1563:2:9:::cancelled',
        payment: 'b1563',
        alias: 'uid:218069',
        meaning: 'cancelled',
        details: { ticket: '1' },
        reference: null,
        says: 'Paymentwall says of b1563: paid back on request.',
      },
      reply: { status: 200, contentType: 'text/plain', body: 'OK' },
    });
  });

  it.each([
    ['2', '1', 'cancelled'],
    ['2', '2', 'cancelled'],
    ['2', '3', 'cancelled'],
    ['2', '4', 'cancelled'],
    ['2', '5', 'cancelled'],
    ['2', '6', 'look_up'],
    ['2', '7', 'cancelled'],
    ['2', '8', 'look_up'],
    ['2', '9', 'cancelled'],
    ['2', '10', 'look_up'],
    ['2', '', 'look_up'],
    ['2', '09', 'look_up'],
    ['0', '9', 'nothing'],
    ['1', '9', 'nothing'],
    ['02', '9', 'look_up'],
    ['12', '', 'look_up'],
    ['13', '', 'nothing'],
    ['14', '', 'nothing'],
    ['200', '', 'nothing'],
    ['201', '', 'nothing'],
    ['202', '', 'nothing'],
    ['203', '', 'nothing'],
    ['220', '9', 'look_up'],
    ['999', '', 'look_up'],
  ])('of type %s with the reason "%s" means %s', (type, reason, meaning) => {
    expect(noticeOf({ ...refund, type, reason }).meaning).toBe(meaning);
  });

  it('of a refund without a reason is only a hint to ask', () => {
    expect(noticeOf({ ...goods, type: '2', ref: 'b1563' }).meaning).toBe('look_up');
  });

  it('of a refund in part tells the amount, in a sentence and in its id', () => {
    const part = { ...refund, type: '220', refund_amount: '4.99', merchant_refund_id: 'r7' };
    expect(noticeOf(part)).toMatchObject({
      id: 'b1563:220:9:4.99:r7:look_up',
      says: 'Paymentwall says of b1563: paid back in part (4.99).',
    });
    expect(noticeOf({ ...part, refund_amount: '<b>' }).says).toBe(
      'Paymentwall says of b1563: paid back in part.',
    );
  });

  it('has the same id when it is repeated, and another for another event', () => {
    const events = [
      refund,
      { ...refund, type: '12' },
      { ...refund, ref: 'b1564' },
      { ...refund, reason: '10' },
      { ...refund, type: '220', refund_amount: '1.00' },
      { ...refund, type: '220', refund_amount: '2.00' },
      { ...refund, type: '220', refund_amount: '2.00', merchant_refund_id: 'r7' },
    ];
    const ids = [...events, ...events].map((event) => noticeOf(event).id);
    expect(new Set(ids).size).toBe(events.length);
    expect(Math.max(...ids.map(({ length }) => length))).toBeLessThanOrEqual(200);
  });

  it.each([[{ ...refund, is_test: '1' }], [{ ...refund, ref: 't1563' }]])(
    'of a test means nothing',
    (fields) => {
      expect(noticeOf(fields)).toMatchObject({ meaning: 'nothing', says: 'A test pingback of Paymentwall.' });
    },
  );

  it('of live money may say so', () => {
    expect(noticeOf({ ...refund, is_test: '0' }).meaning).toBe('cancelled');
  });

  it('carries the list of a cart as PHP signs it, and needs no sign_version in version 2', () => {
    const goodsid = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`goodsid[${index}]`, 'x']));
    // PHP's order, written out: the entries by number, then the rest.
    const text = `${Array.from({ length: 11 }, (_, index) => `goodsid[${index}]=x`).join('')}reason=9ref=b1type=2uid=u`;
    const fields = { ...goodsid, reason: '9', ref: 'b1', type: '2', uid: 'u' };
    const raw = { method: 'GET', target: '', headers: {}, body: '' };
    const query = new URLSearchParams({ ...fields, sig: md5(text + secret) });
    const answer = read({ ...raw, target: `/webhooks/games?${query.toString()}` });
    expect(answer).toMatchObject({ authentic: true, notice: { payment: 'b1', meaning: 'look_up' } });
  });
});

describe('a Paymentwall pingback of version 1', () => {
  it('signs no reason, so that a refund is only a hint to ask', () => {
    expect(noticeOf(refund, 1)).toMatchObject({
      id: 'b1563:2::::look_up',
      meaning: 'look_up',
      payment: 'b1563',
    });
  });

  it('is believed in nothing that is not signed', () => {
    const raw = signed({ ...goods, type: '220', ref: 'b1563' }, 1);
    const answer = read(changed(changed(raw, 'refund_amount', '4.99'), 'is_test', '1'), 1);
    expect(answer).toMatchObject({
      notice: {
        id: 'b1563:220::::look_up',
        meaning: 'look_up',
        says: 'Paymentwall says of b1563: paid back in part.',
      },
    });
  });

  it('comes for virtual currency too', () => {
    expect(noticeOf({ uid: '218069', currency: '100', type: '0', ref: 'b1563' }, 1).meaning).toBe('nothing');
  });

  it.each(['uid', 'goodsid', 'slength', 'speriod', 'type', 'ref'])(
    'is not authentic with another %s',
    (name) => {
      expect(read(changed(signed(refund, 1), name, '7'), 1).authentic).toBe(false);
    },
  );

  it('is not authentic where another version is set', () => {
    expect(read(signed(refund, 1), 2).authentic).toBe(false);
    expect(read(changed(signed(refund, 1), 'sign_version', '1'), 2).authentic).toBe(false);
  });
});
