import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resultOf, signFreedompayWebhook } from '../../sandbox/freedompayWebhook.ts';
import type { RawWebhook } from '../../src/domain/provider.ts';
import { create, PAYMENT, SECRET } from './freedompayAnswers.ts';

const NAME = 'hotel-kz';
const account = { secret: SECRET };
const provider = create('https://api.freedompay.kz');
const genuine = signFreedompayWebhook(account, NAME, resultOf(PAYMENT));

const { pg_user_phone: phone = '', ...withoutPhone } = resultOf(PAYMENT);

function noticeOf(raw: RawWebhook) {
  const read = provider.readWebhook(raw);
  if (!read.authentic) throw new Error(read.why);
  return read.notice;
}

describe("Freedom Pay's result call-back", () => {
  it.each([
    ['1', 'Freedom Pay reported that the payment went through.'],
    ['0', 'Freedom Pay reported that the payment failed.'],
    ['2', 'Freedom Pay reported something about the payment.'],
  ])('with pg_result %s makes Countersign ask, and proves nothing', (pg_result, says) => {
    const raw = signFreedompayWebhook(account, NAME, resultOf(PAYMENT, { pg_result }));
    expect(noticeOf(raw)).toMatchObject({ payment: PAYMENT, meaning: 'look_up', reference: null, says });
  });

  it.each(['revoked', 'cancelled', 'success'])(
    'only makes it ask, whatever status (%s) it carries',
    (status) => {
      const raw = signFreedompayWebhook(
        account,
        NAME,
        resultOf(PAYMENT, { pg_payment_status: status, pg_revoke_status: 'success', pg_status: 'ok' }),
      );
      expect(noticeOf(raw).meaning).toBe('look_up');
    },
  );

  it('may come within XML', () => {
    const raw = signFreedompayWebhook(account, NAME, resultOf(PAYMENT), { as: 'xml' });
    expect(raw.body).toMatch(/^pg_xml=/);
    expect(noticeOf(raw)).toMatchObject({ payment: PAYMENT, meaning: 'look_up' });
  });

  it('is signed by the last segment of our address, whatever stands in the query', () => {
    expect(provider.readWebhook({ ...genuine, target: `/webhooks/${NAME}?a=/b` }).authentic).toBe(true);
    for (const target of ['/webhooks/other', `/webhooks/${NAME}/`, '/webhooks', `/webhooks?/${NAME}`, '']) {
      expect(provider.readWebhook({ ...genuine, target }), target).toMatchObject({ authentic: false });
    }
  });

  it('is answered with ok, signed with the same segment', () => {
    // `openssl md5` over `hotel-kz;YtfwCGiBHsFLpYGk;ok;kxLhM8nQz3RtY7Vb`.
    expect(provider.readWebhook(genuine)).toMatchObject({
      reply: {
        status: 200,
        contentType: 'application/xml; charset=utf-8',
        body:
          '<?xml version="1.0" encoding="utf-8"?>\n<response><pg_status>ok</pg_status>' +
          '<pg_salt>YtfwCGiBHsFLpYGk</pg_salt><pg_sig>4817b774b4053556cd51ab04624e3163</pg_sig></response>\n',
      },
    });
  });

  it('is never answered with a rejection, which would take the money back', () => {
    const raw = signFreedompayWebhook(
      account,
      NAME,
      resultOf(PAYMENT, { pg_result: '0', pg_can_reject: '1' }),
    );
    expect(JSON.stringify(provider.readWebhook(raw))).not.toContain('reject');
  });

  it('is the same event when it comes again with another salt, and without the right to reject', () => {
    const again = [
      signFreedompayWebhook(account, NAME, resultOf(PAYMENT), { salt: 'another' }),
      signFreedompayWebhook(account, NAME, resultOf(PAYMENT, { pg_can_reject: '0' }), { salt: 'third' }),
      { ...genuine, body: genuine.body.split('&').toReversed().join('&') },
    ];
    for (const raw of again) expect(noticeOf(raw).id).toBe(noticeOf(genuine).id);
    expect(noticeOf(genuine).id).toMatch(new RegExp(`^result:${PAYMENT}:[0-9a-f]{64}$`));
  });

  it.each([
    ['another result', resultOf(PAYMENT, { pg_result: '0' })],
    ['another capture', resultOf(PAYMENT, { pg_captured: '1' })],
    ['another payment', resultOf('7777777779')],
    ['one more field', resultOf(PAYMENT, { pg_reference: '1' })],
    ['a field of another name', { ...withoutPhone, pg_user_phones: phone }],
  ])('is another event with %s', (_what, fields) => {
    expect(noticeOf(signFreedompayWebhook(account, NAME, fields)).id).not.toBe(noticeOf(genuine).id);
  });

  it.each([
    ['without a payment', { pg_result: '1' }],
    ['with a payment id that is none', resultOf('0')],
    ['with a payment id in words', resultOf('<!channel>')],
    ['with too long a payment id', resultOf('9'.repeat(20))],
  ])('is acknowledged and left at that %s', (_how, fields) => {
    const raw = signFreedompayWebhook(account, NAME, fields);
    expect(noticeOf(raw)).toMatchObject({ payment: null, meaning: 'nothing' });
    expect(noticeOf(raw).id).toMatch(/^other:[0-9a-f]{64}$/);
    expect(provider.readWebhook(raw)).toMatchObject({ reply: { status: 200 } });
  });

  it('is about no payment when it names two', () => {
    const pg_sig = createHash('md5').update(`${NAME};1;2;s;${SECRET}`).digest('hex');
    const body = `pg_payment_id=1&pg_payment_id=2&pg_salt=s&pg_sig=${pg_sig}`;
    expect(noticeOf({ ...genuine, body })).toMatchObject({ payment: null, meaning: 'nothing' });
  });

  it('says nothing that its sender chose', () => {
    const raw = signFreedompayWebhook(
      account,
      NAME,
      resultOf(PAYMENT, { pg_description: '<!channel> canary' }),
    );
    expect(JSON.stringify(provider.readWebhook(raw))).not.toMatch(/canary|CARD HOLDER|77777777777"/);
  });
});
