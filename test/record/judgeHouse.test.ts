import { expect, it } from 'vitest';
import { breaches } from '../../src/record/breaches.ts';
import { type Body, type Event, NO_REQUEST } from '../../src/record/entry.ts';
import { createHouseHistory } from '../../src/record/houseHistory.ts';
import { judgeHouse } from '../../src/record/judgeHouse.ts';
import { createSeal } from '../../src/record/keys.ts';
import { moment } from './aLife.ts';

const seal = createSeal('c5'.repeat(32));
const other = createSeal('e7'.repeat(32));

function judge(event: Event): string[] {
  const head = { v: 1, key: seal.key, request: NO_REQUEST, n: 1, after: null, at: moment(0) } as const;
  const body: Body = { ...head, ...event };
  return judgeHouse([{ seq: 1, body }], createHouseHistory()).breaches.map(({ says }) => says);
}

it.each<readonly [string, Event, readonly string[]]>([
  ['a key that introduces itself', { type: 'key', data: { id: seal.key, public: seal.publicKey } }, []],
  [
    'a key that introduces another',
    { type: 'key', data: { id: other.key, public: other.publicKey } },
    [breaches.otherKey],
  ],
  [
    'a key that shows another public key',
    { type: 'key', data: { id: seal.key, public: other.publicKey } },
    [breaches.otherKey],
  ],
  ['what is about a request', { type: 'attempt', data: { attempt: 1 } }, [breaches.aboutARequest]],
  [
    'an alarm',
    { type: 'alarm', data: { account: 'shop-pl', notice: 'n1', payment: null, reference: null } },
    [],
  ],
])('judges %s', (_what, event, says) => {
  expect(judge(event)).toEqual(says);
});
