import { describe, expect, it } from 'vitest';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { ARecord, SEAL } from './aRecord.ts';
import { exportTo, verify } from './verifying.ts';

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
