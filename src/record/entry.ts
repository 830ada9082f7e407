/** The entries of the chain: what each type carries. `docs/record.md` is the description for people. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { bulkActs, halts } from '../domain/bulkAct.ts';

/** Stands for "no single request". */
export const NO_REQUEST = '00000000-0000-0000-0000-000000000000';

/** What the first entry names as the one before. */
export const GENESIS = Buffer.alloc(32);

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Commitment = Digest;
const Text = z.string();
const Whole = z.int().positive();
const Person = z.strictObject({ team: Text, user: Text });
/** The account with which they acted, where it is not the one by which they are known. */
const Actor = Person.extend({ alias: Text.exactOptional() });

// What is hashed again when it was read has its members in the order of canonical JSON, and then need not be put in it.

const Rule = z.strictObject({
  needs: z.array(z.strictObject({ count: Whole, group: Text })),
  policy: Text,
  stepUp: Text.exactOptional(),
});

/** What a request's digest is the SHA-256 of, in canonical JSON. Amounts are text, `48000 PLN`. */
const Frozen = z.strictObject({
  account: Text,
  amount: Text.nullable(),
  bulk: z.uuid().exactOptional(),
  closesAt: z.iso.datetime().nullable(),
  deadline: z.iso.datetime(),
  details: z.record(Text, Text),
  evidence: z.strictObject({
    amount: Text.nullable(),
    at: z.iso.datetime(),
    madeAt: Text.nullable(),
    said: Commitment,
    standing: Text,
  }),
  follows: z.uuid().exactOptional(),
  id: z.uuid(),
  key: Text,
  partial: z.boolean(),
  payment: Text,
  provider: Text,
  reason: Commitment,
  requestedAt: z.iso.datetime(),
  requester: Person,
  rule: Rule,
  schema: z.literal('countersign/request/2'),
  ticket: Text.exactOptional(),
});

/** What a bulk's digest is the SHA-256 of; the lines are in it by their digests. */
const FrozenBulk = z.strictObject({
  account: Text,
  deadline: z.iso.datetime(),
  id: z.uuid(),
  lines: z.array(Digest).readonly(),
  requestedAt: z.iso.datetime(),
  requester: Person,
  rule: Rule,
  schema: z.literal('countersign/bulk/1'),
});

const types = {
  request: z.strictObject({ number: Whole, digest: Digest, frozen: Frozen }),
  decision: z.strictObject({
    act: z.enum([
      'approve',
      'reject',
      'withdraw',
      'expire',
      'lapse',
      'find',
      'find_cancelled',
      'find_refused',
    ]),
    person: Actor.nullable(),
    groups: z.array(Text),
    saw: Digest.nullable(),
    refusal: Text.nullable(),
    note: Commitment.nullable(),
  }),
  attempt: z.strictObject({ attempt: Whole }),
  outcome: z.strictObject({
    attempt: Whole,
    source: z.enum(['answer', 'look_up', 'interruption', 'web_hook', 'person']),
    outcome: z.enum(['cancelled', 'accepted', 'refused', 'unknown', 'not_sent']),
    code: Text.nullable(),
    reference: Text.nullable(),
    says: Commitment,
  }),
  bulk: z.strictObject({ number: Whole, digest: Digest, frozen: FrozenBulk }),
  bulk_act: z.strictObject({
    act: z.enum(bulkActs),
    person: Actor.nullable(),
    groups: z.array(Text),
    saw: Digest.nullable(),
    why: z.enum(halts).nullable(),
    refusal: Text.nullable(),
  }),
  alarm: z.strictObject({
    account: Text,
    notice: Text,
    payment: Text.nullable(),
    reference: Text.nullable(),
  }),
  freeze: z.strictObject({
    freeze: Whole.nullable(),
    scope: z.enum(['all', 'account', 'person']),
    account: Text.nullable(),
    users: z.array(Text),
    person: Person,
    groups: z.array(Text),
    refusal: Text.nullable(),
    reason: Commitment,
  }),
  lift: z.strictObject({
    freeze: Whole,
    person: Actor,
    groups: z.array(Text),
    refusal: Text.nullable(),
  }),
  refused_ask: z.strictObject({ account: Text, payment: Text, person: Person, why: Text }),
  summary: z.strictObject({ channel: Text, date: z.iso.date(), figures: z.record(Text, z.json()) }),
  roll_up: z.strictObject({
    channel: Text,
    kind: z.enum(['week', 'month']),
    date: z.iso.date(),
    figures: z.record(Text, z.json()),
  }),
  sign_off: z.strictObject({
    channel: Text,
    date: z.iso.date(),
    person: Person,
    groups: z.array(Text),
    refusal: Text.nullable(),
  }),
  erasure: z.strictObject({ by: Text, why: Text, erased: z.array(Whole) }),
  key: z.strictObject({ id: Text, public: Digest }),
};

const head = {
  v: z.literal(1),
  key: Text,
  request: z.uuid(),
  n: Whole,
  after: z.strictObject({ seq: Whole, hash: Digest }).nullable(),
  at: z.iso.datetime(),
};

/** Compiled, because a whole record is read through it. */
function bodyOf<Type extends keyof typeof types>(type: Type) {
  return z.compile(z.strictObject({ ...head, type: z.literal(type), data: types[type] }));
}

/** A body as it is read back from the chain. To compile takes 20 ms, which nobody pays who reads none. */
export const Body = z.lazy(() =>
  z.discriminatedUnion('type', [
    bodyOf('request'),
    bodyOf('decision'),
    bodyOf('attempt'),
    bodyOf('outcome'),
    bodyOf('bulk'),
    bodyOf('bulk_act'),
    bodyOf('alarm'),
    bodyOf('freeze'),
    bodyOf('lift'),
    bodyOf('refused_ask'),
    bodyOf('summary'),
    bodyOf('roll_up'),
    bodyOf('sign_off'),
    bodyOf('erasure'),
    bodyOf('key'),
  ]),
);
export type Body = z.infer<typeof Body>;

/** What happened, before it has its place in the chain. */
export type Event = Body extends infer One
  ? One extends { type: infer Type; data: infer Data }
    ? { readonly type: Type; readonly data: Data }
    : never
  : never;

export function hashOf(prev: Buffer, mac: Buffer, body: string): Buffer {
  return createHash('sha256').update(prev).update(mac).update(body).digest();
}

/** Undefined for what somebody made unreadable. */
export function readBody(text: string): Body | undefined {
  try {
    return Body.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
