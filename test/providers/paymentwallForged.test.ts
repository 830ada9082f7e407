import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Notice, RawWebhook } from '../../src/domain/provider.ts';
import { signPaymentwallWebhook } from '../../sandbox/paymentwallWebhook.ts';
import { secret } from './paymentwallAccount.ts';
import { changed, goods, md5, read, refund, signed } from './paymentwallPingback.ts';

/** Takes the signature of one pingback for the fields of another that have the same text when sorted. */
function replayed(
  original: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, string>>,
): Notice {
  const sig = new URLSearchParams(signed(original).target.split('?')[1]).get('sig') ?? '';
  const query = new URLSearchParams({ ...fields, sig });
  const answer = read({
    method: 'GET',
    target: `/webhooks/games?${query.toString()}`,
    headers: {},
    body: '',
  });
  if (!answer.authentic) throw new Error(answer.why);
  return answer.notice;
}

function asking(fields: Readonly<Record<string, string>>): RawWebhook {
  const query = new URLSearchParams(fields).toString();
  return { method: 'GET', target: `/webhooks/games?${query}`, headers: {}, body: '' };
}

describe('a Paymentwall pingback that is not authentic', () => {
  const good = signed(refund);
  it.each<[string, RawWebhook]>([
    ['a POST', { ...good, method: 'POST' }],
    ['a wrong signature', changed(good, 'sig', '0'.repeat(32))],
    ['an empty signature', changed(good, 'sig', '')],
    ['a signature cut short', changed(good, 'sig', '0')],
    ['no signature', changed(good, 'sig', null)],
    ['another parameter', changed(good, 'extra', '1')],
    ['a parameter less', changed(good, 'reason', null)],
    ['an empty parameter less', changed(good, 'slength', null)],
    ['another ref', changed(good, 'ref', 'b1564')],
    ['another type', changed(good, 'type', '0')],
    ['another reason', changed(good, 'reason', '10')],
    ['a ref twice', { ...good, target: `${good.target}&ref=b1563` }],
    ['a sig twice', { ...good, target: `${good.target}&sig=0` }],
    ['no query', { ...good, target: '/webhooks/games' }],
    ['an impossible target', { ...good, target: 'http://[' }],
    ['another secret', signPaymentwallWebhook({ secret: 'other', sign_version: 2 }, refund)],
    ['an endless query', signed({ ...refund, extra: 'x'.repeat(9000) })],
    ['the version of another setting', signed(refund, 3)],
    ['no ref', signed({ ...goods, type: '2', reason: '9' })],
    ['a ref that is none', signed({ ...refund, ref: '<!channel>' })],
    ['a ref without end', signed({ ...refund, ref: 'b'.repeat(65) })],
    ['a type that is none', signed({ ...refund, type: 'two' })],
    ['no type', signed({ ...goods, ref: 'b1563' })],
    ['a refund id without end', signed({ ...refund, merchant_refund_id: 'r'.repeat(41) })],
  ])('has %s', (_what, raw) => {
    const answer = read(raw);
    expect(answer.authentic).toBe(false);
    expect(JSON.stringify(answer)).not.toContain(secret);
    expect(JSON.stringify(answer)).not.toContain('channel');
  });

  it('has a reason that is not signed beside a list of reasons that is', () => {
    const text = 'reason[0]=xref=b1sign_version=2type=2uid=u';
    const signedFields = { 'reason[0]': 'x', ref: 'b1', sign_version: '2', type: '2', uid: 'u' };
    const sig = md5(text + secret);
    expect(read(asking({ ...signedFields, sig })).authentic).toBe(true);
    expect(read(asking({ reason: '9', ...signedFields, sig })).authentic).toBe(false);
    expect(read(asking({ ...signedFields, reason: '9', sig })).authentic).toBe(false);
  });

  it('claims a version that is not the one of the account, though it is signed by that one', () => {
    const claiming = { ...refund, sign_version: '3' };
    const text = Object.entries(claiming)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('');
    const query = new URLSearchParams({ ...claiming, sig: md5(text + secret) });
    expect(read({ ...good, target: `/webhooks/games?${query.toString()}` })).toEqual({
      authentic: false,
      why: 'It claims another sign_version.',
    });
  });
});

describe('a Paymentwall pingback cut up in another way', () => {
  it('hides the reason of a part behind one that the shop added, and is only a hint', () => {
    const part = { ...refund, reason: '10', ha: '1', hareason: '9reb' };
    const { hareason: _cut, ...rest } = part;
    const fields = { ...rest, ha: '1ha', reason: '9', rebreason: '10', sign_version: '2' };
    expect(replayed(part, fields).meaning).toBe('look_up');
  });

  it('hides the test flag in another name, and is only a hint', () => {
    const test = { ...refund, is_test: '1' };
    const { is_test: _hidden, goodsid: _cut, ...rest } = { ...test, sign_version: '2' };
    const fields = { ...rest, goodsid: 'go', ldis_test: '1' };
    expect(replayed(test, fields).meaning).toBe('look_up');
  });

  it('swallows a parameter in a value, and is only a hint', () => {
    const test = { ...refund, is_test: '1' };
    const { is_test: _hidden, ...rest } = { ...test, sign_version: '2' };
    expect(replayed(test, { ...rest, goodsid: 'goldis_test=1' }).meaning).toBe('look_up');
  });

  it('lets the version go, and is only a hint', () => {
    const { ref: _cut, ...rest } = refund;
    const fields = { ...rest, ref: 'b1', rzsign_version: '2' };
    expect(replayed({ ...refund, ref: 'b1rz' }, fields).meaning).toBe('look_up');
  });
});

describe('any Paymentwall pingback', () => {
  const name = fc
    .stringMatching(/^[a-z_]{1,10}$/)
    .filter((text) => text !== 'sig' && text !== 'sign_version');
  const fields = fc.dictionary(name, fc.string({ unit: 'binary', maxLength: 20 }), { maxKeys: 8 });

  it('is verified as it was signed, whatever it carries', () => {
    fc.assert(
      fc.property(fields, fc.constantFrom(2, 3), (extra, version) => {
        expect(read(signed({ ...extra, ...refund }, version), version).authentic).toBe(true);
      }),
      { numRuns: 2000, seed: 1042 },
    );
  });

  it('is never believed unsigned, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (target) => {
        expect(read({ method: 'GET', target, headers: {}, body: '' }).authentic).toBe(false);
      }),
      { numRuns: 2000, seed: 1042 },
    );
  });
});
