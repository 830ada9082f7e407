import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/provider.ts';
import {
  answeredWith,
  failure,
  order,
  PAYMENT,
  SECRET,
  signed,
  success,
  unsigned,
} from './freedompayAnswers.ts';

function cancelAnsweredWith(status: number, body: string): Promise<Outcome> {
  return answeredWith(status, body, (provider) => provider.cancel(order));
}

describe('the answer of Freedom Pay to a cancellation', () => {
  it('carries the id of the revocation', async () => {
    expect(await cancelAnsweredWith(200, signed('cancel', success))).toMatchObject({
      type: 'cancelled',
      reference: '7777777778',
    });
  });

  it('is accepted when the revocation is pending', async () => {
    const outcome = await cancelAnsweredWith(
      200,
      signed('cancel', { ...success, pg_revoke_status: 'pending' }),
    );
    expect(outcome).toMatchObject({ type: 'accepted', reference: '7777777778' });
  });

  it.each([
    ['only the status', { pg_status: 'ok' }],
    ['only the status of our payment', { pg_status: 'ok', pg_payment_id: PAYMENT }],
    ['another payment', { ...success, pg_payment_id: '7777777770' }],
    ['no payment', { pg_status: 'ok', pg_revoke_status: 'success' }],
    ['a revocation that failed', { ...success, pg_revoke_status: 'error' }],
    ['a word that nobody documents', { ...success, pg_revoke_status: 'done' }],
    ['a status in capitals', { ...success, pg_status: 'OK' }],
    ['a padded status', { ...success, pg_revoke_status: ' success ' }],
    ['no status', { pg_payment_id: PAYMENT, pg_revoke_status: 'success' }],
    ['an error beside success', { ...success, pg_status: 'error', pg_error_code: '9999' }],
    ['a refusal beside success', { ...success, pg_status: 'error', pg_error_code: '1100' }],
    ['success beside an error code alone', { ...success, pg_status: '', pg_error_code: '1100' }],
  ])('is unknown when it is signed and says %s', async (_what, fields) => {
    expect(await cancelAnsweredWith(200, signed('cancel', fields))).toMatchObject({ type: 'unknown' });
  });

  it.each([
    ['not at all', unsigned(success)],
    ['with an empty signature', unsigned({ ...success, pg_sig: '' })],
    [
      'with the filler of the documentation',
      unsigned({ ...success, pg_sig: 'ccee466c01c2332d8a065d6108fd686b' }),
    ],
    ['with another secret', signed('cancel', success, 'another')],
    ['for another script', signed('status_v2', success)],
    ['for no script', signed('', success)],
    [
      'before a value was changed',
      signed('cancel', { ...success, pg_status: 'error' }).replace('error', 'ok'),
    ],
    ['before an element was added', signed('cancel', success).replace('</response>', '<a>1</a></response>')],
    ['in capitals', signed('cancel', success).replace(/(?<=<pg_sig>)\w+/, (text) => text.toUpperCase())],
    ['by half', signed('cancel', success).replace(/(?<=<pg_sig>\w{16})\w+/, '0'.repeat(16))],
  ])('is unknown when a success is signed %s', async (_how, body) => {
    expect(await cancelAnsweredWith(200, body)).toMatchObject({ type: 'unknown' });
  });

  it('is unknown when a signed success contradicts itself', async () => {
    // Vendor code signs repeated elements in their order, so this one is signed rightly.
    const elements = '<pg_payment_id>7777777777</pg_payment_id><pg_revoke_status>success</pg_revoke_status>';
    const statuses = '<pg_salt>s</pg_salt><pg_status>error</pg_status><pg_status>ok</pg_status>';
    const pg_sig = createHash('md5').update(`cancel;7777777777;success;s;error;ok;${SECRET}`).digest('hex');
    const body = `<response>${elements}${statuses}<pg_sig>${pg_sig}</pg_sig></response>`;
    expect(await cancelAnsweredWith(200, body)).toMatchObject({ type: 'unknown' });
  });

  it.each([201, 204, 302, 400, 401, 404, 408, 500, 502])(
    'is unknown when a signed success comes with HTTP %i',
    async (status) => {
      expect(await cancelAnsweredWith(status, signed('cancel', success))).toMatchObject({ type: 'unknown' });
    },
  );

  it.each([
    [200, '1100', /secret/],
    [401, '1100', /secret/],
    [200, '9998', /merchant_id/],
    [200, '101', /merchant_id/],
    [200, '11068', /payment id/],
    [404, '340', /payment id/],
  ])('is refused when a signed HTTP %i carries error %s', async (status, code, remedy) => {
    const outcome = await cancelAnsweredWith(status, signed('cancel', failure(code)));
    expect(outcome).toMatchObject({ type: 'refused', code });
    expect(outcome.says).toMatch(remedy);
  });

  it.each(['120', '9999', '99999', '10001', '8888', '1202', ''])(
    'is unknown when it carries error "%s", which has come although the payment was cancelled',
    async (code) => {
      expect(await cancelAnsweredWith(200, signed('cancel', failure(code)))).toMatchObject({
        type: 'unknown',
      });
    },
  );

  it.each([
    [408, '11068'],
    [500, '11068'],
  ])('is unknown when HTTP %i carries a signed error %s', async (status, code) => {
    expect(await cancelAnsweredWith(status, signed('cancel', failure(code)))).toMatchObject({
      type: 'unknown',
    });
  });

  it.each([
    [401, '1100', /secret/],
    [401, '', /secret/],
    [200, '9998', /merchant_id/],
    [200, '11068', /payment id/],
  ])(
    'is unknown when an unsigned HTTP %i carries error "%s", and names the likely cause',
    async (status, code, cause) => {
      const outcome = await cancelAnsweredWith(status, unsigned(failure(code)));
      expect(outcome.type).toBe('unknown');
      expect(outcome.says).toMatch(cause);
      expect(outcome.says).toMatch(/proves nothing/);
    },
  );

  it.each([
    ['120', 'not on hold any more'],
    ['8888', 'bank'],
    ['10001', 'bank'],
    ['10045', 'bank'],
    ['11001', 'bank'],
    ['10000', 'not documented'],
    ['10046', 'not documented'],
    ['110010', 'not documented'],
  ])('tells what error %s is probably about', async (code, cause) => {
    const { says } = await cancelAnsweredWith(200, signed('cancel', failure(code)));
    expect(says).toContain(`error ${code}`);
    expect(says).toContain(cause);
  });

  it('never passes the text of an error on', async () => {
    const fields = { ...failure('9999'), pg_error_description: `cancel;123456;${SECRET}` };
    expect(JSON.stringify(await cancelAnsweredWith(200, signed('cancel', fields)))).not.toContain(SECRET);
  });
});
