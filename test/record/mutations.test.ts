/** Every entry of a long life, changed in one place: what breaks the law is named, and so is every other change. */
import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { compareRows } from '../../src/record/compare.ts';
import { Body } from '../../src/record/entry.ts';
import { createHistory } from '../../src/record/history.ts';
import { judge } from '../../src/record/judge.ts';
import type { Recorded } from '../../src/record/judged.ts';
import { DEADLINE, longLife, moment } from './aLife.ts';
import { rowsOf } from './rowsOf.ts';

const entries = longLife();
const rows = rowsOf(entries);

type Path = readonly (string | number)[];

/** The way to every text, number, flag and null of the data of an entry, and to its time. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, member]) => leavesOf(member, [...path, name]));
}

/** For the chain alone to keep: what was said of an erasure, of which there is no row, and what text was erased. */
const unprovable = ['10 at', '10 data.by', '10 data.why', '2 data.note', '7 data.says'];

const leaves = entries
  .flatMap(({ body }, index) => [...leavesOf(body.data, ['data']), ['at']].map((path) => ({ index, path })))
  .filter(({ index, path }) => !unprovable.includes(`${index} ${path.join('.')}`));

/** The life with another value at one place; undefined where no entry could have that. */
function changed(index: number, path: Path, value: unknown): Recorded[] | undefined {
  const bodies: unknown[] = structuredClone(entries.map(({ body }) => body));
  const parsed = Body.safeParse(put(bodies[index], path, value));
  return parsed.success
    ? entries.map((entry, n) => (n === index ? { ...entry, body: parsed.data } : entry))
    : undefined;
}

const List = z.array(z.unknown());
const Tree = z.record(z.string(), z.unknown());
function put(tree: unknown, [name, ...rest]: Path, value: unknown): unknown {
  if (name === undefined) return value;
  const list = List.safeParse(tree).data;
  if (list !== undefined) return list.map((item, n) => (n === Number(name) ? put(item, rest, value) : item));
  const members = Tree.parse(tree);
  return { ...members, [name]: put(members[name], rest, value) };
}

const anything = fc.oneof(
  fc.constantFrom('U_MARIA', 'U_LENA', 'U_PAVEL', 'finance', 'risk', 'approve', 'reject', 'find_refused'),
  fc.constantFrom(
    'cancelled',
    'refused',
    'not_sent',
    'unknown',
    'accepted',
    'answer',
    'person',
    'own_request',
  ),
  fc.constantFrom(moment(-1), moment(DEADLINE), 'ab'.repeat(32), null, true),
  fc.integer({ min: 1, max: 12 }),
  fc.string(),
);

it('no change goes by both the judge and the rows', () => {
  fc.assert(
    fc.property(fc.constantFrom(...leaves), anything, ({ index, path }, value) => {
      const life = changed(index, path, value);
      fc.pre(life !== undefined && !isDeepStrictEqual(life, entries));
      const told = [
        ...judge(life ?? [], createHistory()).breaches,
        ...compareRows(life ?? [], rows, new Set()),
      ];
      expect(told).not.toEqual([]);
    }),
    { numRuns: 3000 },
  );
});

/** What a step must not be, whoever has the key: the place, and values of which each breaks the law. */
const unlawful: readonly (readonly [index: number, path: string, values: readonly unknown[]])[] = [
  [0, 'data.digest', ['ab'.repeat(32)]],
  [0, 'data.frozen.amount', ['1 PLN', null]],
  [0, 'data.frozen.deadline', [moment(9)]],
  [0, 'data.frozen.requester.user', ['U_EVE', 'U_PAVEL']],
  [0, 'data.frozen.rule.needs.0.count', [2]],
  [0, 'data.frozen.rule.needs.1.group', ['finance']],
  [1, 'data.refusal', [null]],
  [2, 'data.person.user', ['U_MARIA', 'U_LENA']],
  [2, 'data.person', [null]],
  [2, 'data.groups', [[], ['staff']]],
  [2, 'data.saw', ['ab'.repeat(32), null]],
  [2, 'data.refusal', ['not_live']],
  [2, 'data.act', ['reject', 'withdraw', 'expire', 'lapse', 'find', 'find_cancelled']],
  [2, 'at', [moment(DEADLINE), moment(DEADLINE + 1)]],
  [3, 'data.person.user', ['U_MARIA', 'U_PAVEL']],
  [3, 'data.groups', [['finance']]],
  [4, 'data.attempt', [2]],
  [5, 'data.outcome', ['cancelled', 'accepted', 'refused', 'unknown']],
  [5, 'data.attempt', [2]],
  [6, 'data.attempt', [1, 3]],
  [6, 'at', [moment(600)]],
  [7, 'data.outcome', ['cancelled', 'refused', 'not_sent']],
  [7, 'data.attempt', [3]],
  [8, 'data.person.user', ['U_MARIA']],
  [8, 'data.person', [null]],
  [8, 'data.groups', [[], ['staff']]],
  [8, 'data.saw', ['ab'.repeat(32), null]],
  [8, 'data.refusal', ['already_decided']],
  [8, 'data.act', ['find', 'find_refused', 'approve', 'lapse']],
  [9, 'data.outcome', ['refused']],
  [9, 'data.attempt', [3]],
  [10, 'data.erased', [[2], [3, 12]]],
];

it.each(unlawful.flatMap(([index, path, values]) => values.map((value) => [index, path, value] as const)))(
  'entry %i is named, or a later one that needs it, when %s is %j',
  (index, path, value) => {
    const life = changed(index, path.split('.'), value);
    expect(life).toBeDefined();
    expect(judge(life ?? [], createHistory()).breaches).not.toEqual([]);
  },
);
