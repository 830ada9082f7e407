import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical.ts';
import { Body, NO_REQUEST } from '../../src/record/entry.ts';
import { ARecord, SEAL } from './aRecord.ts';
import { exportTo, verify } from './verifying.ts';

type RequestBody = Extract<Body, { type: 'request' }>;

/** In canonical form: the second entry, about nothing in particular, made after the first. */
function bodyAfter(hash: string): string {
  const after = `{"hash":"${hash}","seq":1}`;
  return (
    `{"after":${after},"at":"2026-11-20T10:00:00.000Z","data":{},"key":"${SEAL.key}",` +
    `"n":2,"request":"${NO_REQUEST}","type":"alarm","v":1}`
  );
}

describe('an entry that PostgreSQL linked, and that ought not to be,', () => {
  it.each([
    ['is not canonical', (json: string) => ` ${json}`, 'its body is not in canonical form'],
    [
      'is not in order',
      (json: string) => json.replace('"v"', '"extra":1,"v"'),
      'its body is not in canonical form',
    ],
    [
      'has one member more',
      (json: string) => json.replace('"data"', '"at2":1,"data"'),
      'its body has other members',
    ],
    [
      'has a fraction',
      (json: string) => json.replace('"v":1', '"v":1.5'),
      'it has a number that is no safe integer',
    ],
    [
      'has half a character',
      (json: string) => json.replace('{}', '{"a":"\\ud800"}'),
      'it has half a character',
    ],
    [
      'is of a later version',
      (json: string) => json.replace('"v":1', '"v":2'),
      'its body is of no known version or type',
    ],
    [
      'is of no type',
      (json: string) => json.replace('alarm', 'toString'),
      'its body is of no known version or type',
    ],
    ['has a time elsewhere', (json: string) => json.replace('.000Z', '+01:00'), 'its time is not in UTC'],
    [
      'has another number',
      (json: string) => json.replace('"n":2', '"n":3'),
      'its body is of another request or number',
    ],
    [
      'names none before it',
      (json: string) => json.replace(/\{"hash":"\w+","seq":\d\}/, 'null'),
      'every entry but the first names one',
    ],
    [
      'names one after it',
      (json: string) => json.replace('"seq":1', '"seq":2'),
      'it names entry 2 as one from before it',
    ],
    [
      'names another hash',
      (json: string) => json.replace(/"hash":"../, '"hash":"zz'),
      'it names another hash for entry 1',
    ],
  ])('%s', async (_what, change, expected) => {
    const record = new ARecord();
    record.append(NO_REQUEST, 2, change(bodyAfter(record.rows[0]?.hash ?? '')));
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(expected);
    expect(code).toBe(1);
  });
});

describe('an entry in a place that it can not have', () => {
  const alarm = {
    type: 'alarm',
    data: { account: 'shop-pl', notice: 'n1', payment: null, reference: null },
  } as const;

  it.each<[string, (record: ARecord) => void, string]>([
    [
      'the second of a request that has no first',
      (record) => {
        const request = randomUUID();
        record.skip(request);
        record.attempt(request);
      },
      'before 2 are missing',
    ],
    [
      'one after a gap in the numbers of its request',
      (record) => {
        const request = record.ask();
        record.skip(request);
        record.decide(request);
      },
      'it has the number 3 after 1',
    ],
    ['an alarm about a request', (record) => record.enter(record.ask(), alarm), 'alarm is out of place'],
    ['an attempt about no request', (record) => record.attempt(NO_REQUEST), 'attempt is out of place'],
    [
      'an attempt as the first',
      (record) => record.attempt(randomUUID()),
      'a request begins with what was asked',
    ],
    [
      'what was asked as the second',
      (record) => {
        const request = record.ask();
        record.append(
          request,
          2,
          asked((body) => ({ ...body, request, n: 2 })),
        );
      },
      'a request begins with what was asked',
    ],
  ])('is named: %s', async (_what, tell, expected) => {
    const record = new ARecord();
    tell(record);
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(expected);
    expect(code).toBe(1);
  });
});

describe('a request whose first entry', () => {
  it('has another digest than what it freezes is named', async () => {
    const record = new ARecord();
    const body = asked((one) => ({ ...one, data: { ...one.data, digest: 'ab'.repeat(32) } }));
    record.append(Body.parse(JSON.parse(body)).request, 1, body);
    const { told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain('line 2 (entry 2): the digest is not that of what was frozen');
  });

  it('freezes another request is named', async () => {
    const record = new ARecord();
    const request = randomUUID();
    record.append(
      request,
      1,
      asked((one) => ({ ...one, request })),
    );
    const { told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain('line 2 (entry 2): what was frozen is another request');
  });
});

it('names a key whose id is of another one', async () => {
  const record = new ARecord();
  record.enter(NO_REQUEST, { type: 'key', data: { id: '0'.repeat(16), public: SEAL.publicKey } });
  const { told } = await verify(await exportTo(record.snapshot()));
  expect(told).toContain('line 2 (entry 2): the id of the key is not that of the key');
});

/** The body of a request's first entry, changed. */
function asked(change: (body: RequestBody) => RequestBody): string {
  const record = new ARecord();
  record.ask();
  const body = Body.parse(JSON.parse(record.rows[1]?.body ?? ''));
  if (body.type !== 'request') throw new Error('nobody asked');
  return canonicalJson(change(body));
}
