import { expect, it } from 'vitest';
import { measureByTurns } from '../../bench/rounds.ts';

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
