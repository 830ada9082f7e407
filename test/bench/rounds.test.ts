import { expect, it } from 'vitest';
import { measureByTurns, median } from '../../bench/rounds.ts';

it.each([
  [[7], 7],
  [[9, 1], 5],
  [[3, 9, 1], 3],
  [[4, 1, 3, 2], 2.5],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('takes turns, times what was prepared and not the preparation, and leaves the first round out', async () => {
  const done: string[] = [];
  const work = (name: string) => async () => {
    done.push(`prepare ${name}`);
    return async () => void done.push(name);
  };
  const medians = await measureByTurns(
    new Map([
      ['a', work('a')],
      ['b', work('b')],
    ]),
    1,
  );
  const round = ['prepare a', 'a', 'prepare b', 'b'];
  expect(done).toEqual([...round, ...round]);
  expect([...medians.keys()]).toEqual(['a', 'b']);
  expect([...medians.values()].every((taken) => taken >= 0)).toBe(true);
});
