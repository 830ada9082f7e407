/**
 * Paymentwall's signature, and the pingback that carries it back: a GET whose `sig` covers the query.
 * Spec: https://docs.paymentwall.com/reference/pingback-home
 *
 * Quirks
 * - A message names its own `sign_version`. Only the version of the account is verified, or a forger picks the weakest.
 * - Version 1 leaves the reason and the test flag unsigned, so that a part can't be told from the whole.
 * - Nothing stands between the signed pairs, so that the end of a value can be passed off as the start of the next name.
 *   A pingback in which the reason or the test flag could be hidden that way is only a hint to ask.
 */
import { hash } from 'node:crypto';
import { z } from 'zod';
import type { Notice, RawWebhook, ReadWebhook } from '../src/domain/provider.ts';
import { isSameSecret, notAuthentic } from './exchange.ts';

type SignVersion = 1 | 2 | 3;
type Signing = { readonly secret: string; readonly sign_version: SignVersion };
type Values = Readonly<Record<string, string>>;
type Form = Readonly<Record<string, string | Values>>;

const MAX_TARGET_CHARACTERS = 8192;
const HIDING = /=|.(reason|is_test)$/;
const INDEX = /^\d+$/;

const Pingback = z.object({
  type: z.string().regex(/^\d{1,3}$/),
  ref: z.string().regex(/^[A-Za-z0-9]{1,64}$/),
  uid: z.string().max(64).catch(''),
  reason: z.string().max(20).default(''),
  is_test: z.string().max(20).default(''),
  refund_amount: z.string().max(20).default(''),
  merchant_refund_id: z.string().max(40).default(''),
});

const NEGATIVE = '2';
const PARTIAL = '220';
const TYPES: ReadonlyMap<string, readonly [Notice['meaning'], string]> = new Map([
  ['0', ['nothing', 'paid']],
  ['1', ['nothing', 'credited as goodwill']],
  [NEGATIVE, ['look_up', 'paid back, and it is not sure that all of it was']],
  // Whether this is what we asked for depends on the kind of our ticket.
  ['12', ['look_up', 'its subscription was cancelled']],
  ['13', ['nothing', 'its subscription ran out']],
  ['14', ['nothing', 'a renewal of its subscription failed']],
  ['200', ['nothing', 'under risk review']],
  ['201', ['nothing', 'accepted in the risk review']],
  ['202', ['nothing', 'declined in the risk review']],
  ['203', ['nothing', 'its authorization was voided']],
  [PARTIAL, ['look_up', 'paid back in part']],
]);
/** Reasons of a pingback of type 2 that mean the whole payment. 6, 8 and 10 don't: an offer, a goodwill credit, a part. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['1', 'charged back'],
  ['2', 'paid back for card fraud'],
  ['3', 'paid back for fraud'],
  ['4', 'paid back for wrong data'],
  ['5', 'paid back for a false user'],
  ['7', 'paid back as a duplicate'],
  ['9', 'paid back on request'],
]);

export function readPingback({ method, target }: RawWebhook, signing: Signing): ReadWebhook {
  if (method !== 'GET') return notAuthentic('A pingback is a GET.');
  if (target.length > MAX_TARGET_CHARACTERS) return notAuthentic('The query is too long for a pingback.');

  const query = [...(URL.parse(target, 'http://localhost')?.searchParams ?? [])];
  const { sig, ...fields } = Object.fromEntries(query);
  const isEachOnce = Object.keys(fields).length + 1 === query.length;
  if (!isEachOnce) return notAuthentic('The query has no sig, or a parameter twice.');
  // The cart's pingbacks, always of version 2, may leave it out.
  const { sign_version: claimed = String(signing.sign_version) } = fields;
  if (claimed !== String(signing.sign_version)) return notAuthentic('It claims another sign_version.');
  if (!isSameSecret(sig ?? '', signatureOf(fields, signing))) return notAuthentic('The signature is wrong.');

  const signed = signing.sign_version === 1 ? fieldsOfVersion1(fields) : fields;
  const { data: pingback } = Pingback.safeParse(signed);
  if (pingback === undefined) return notAuthentic('The pingback has no type or ref of a known form.');
  const reply = { status: 200, contentType: 'text/plain', body: 'OK' };
  return { authentic: true, notice: noticeOf(pingback, isUnambiguous(fields)), reply };
}

function isUnambiguous({ sign_version, ...rest }: Values): boolean {
  const pairs = Object.entries(rest);
  return (
    sign_version !== undefined && !pairs.some(([name, value]) => HIDING.test(name) || value.includes('='))
  );
}

function noticeOf(pingback: z.infer<typeof Pingback>, unambiguous: boolean): Notice {
  const { type, ref, uid, reason, refund_amount, merchant_refund_id } = pingback;
  const notice = (meaning: Notice['meaning'], says: string): Notice => ({
    // With the meaning: a pingback that was cut up to mean less must not pass for the true one.
    id: [ref, type, reason, refund_amount, merchant_refund_id, meaning].join(':'),
    payment: ref,
    ...(uid === '' ? {} : { alias: `uid:${uid}` }),
    meaning,
    reference: null,
    says,
  });
  if (pingback.is_test === '1' || ref.startsWith('t'))
    return notice('nothing', 'A test pingback of Paymentwall.');

  const why = REASONS.get(reason);
  if (type === NEGATIVE && why !== undefined && unambiguous) {
    // Money that went back settles a refund, and neither a subscription nor whatever else was asked.
    return { ...notice('cancelled', `Paymentwall says of ${ref}: ${why}.`), details: { ticket: '1' } };
  }
  const [meaning, what] = TYPES.get(type) ?? ['look_up', `something of type ${type} happened`];
  const isAmount = type === PARTIAL && /^\d{1,12}(\.\d{1,4})?$/.test(refund_amount);
  return notice(meaning, `Paymentwall says of ${ref}: ${what}${isAmount ? ` (${refund_amount})` : ''}.`);
}

function signatureOf(fields: Values, { secret, sign_version }: Signing): string {
  if (sign_version !== 1) return sign(nest(fields), secret, sign_version);
  const pairs = Object.entries(fieldsOfVersion1(fields)).map(([name, value]) => `${name}=${value}`);
  return hash('md5', pairs.join('') + secret);
}

/** What version 1 signs, in its order: of a purchase of goods, else of virtual currency. */
function fieldsOfVersion1(fields: Values): Values {
  const names =
    fields['goodsid'] === undefined
      ? ['uid', 'currency', 'type', 'ref']
      : ['uid', 'goodsid', 'slength', 'speriod', 'type', 'ref'];
  return Object.fromEntries(names.map((name) => [name, fields[name] ?? '']));
}

/** `goods[0]` is the entry 0 of `goods`, as PHP reads it before it sorts. */
function nest(fields: Values): Form {
  const form = new Map<string, string | Values>();
  // Sorted, so that a name that stands alone comes before its list and neither escapes the signature.
  for (const [name, value] of sorted(fields)) {
    const { outer = name, inner } = /^(?<outer>[^[\]]+)\[(?<inner>[^[\]]+)\]$/.exec(name)?.groups ?? {};
    const before = form.get(outer) ?? {};
    if (inner === undefined || typeof before === 'string') form.set(name, value);
    else form.set(outer, { ...before, [inner]: value });
  }
  return Object.fromEntries(form);
}

/** Every `name=value`, sorted, with nothing between, then the secret. Values as they are, not encoded. */
export function sign(form: Form, secret: string, version: SignVersion): string {
  const pairs = sorted(form).flatMap(([name, value]) =>
    typeof value === 'string'
      ? [`${name}=${value}`]
      : sorted(value).map(([key, entry]) => `${name}[${key}]=${entry}`),
  );
  return hash(version === 3 ? 'sha256' : 'md5', pairs.join('') + secret);
}

/** As PHP's ksort has it: names in byte order, whole numbers by size. */
function sorted<Value>(record: Readonly<Record<string, Value>>): [string, Value][] {
  return Object.entries(record).toSorted(([a], [b]) =>
    INDEX.test(a) && INDEX.test(b) ? Number(a) - Number(b) : a < b ? -1 : 1,
  );
}
