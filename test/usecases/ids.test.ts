import { expect, it } from 'vitest';
import { z } from 'zod';
import { newId } from '../../src/usecases/ids.ts';

it('is a UUID of version 7, and sorts as the times do', () => {
  const times = [0, 1, 1_795_000_000_000, 1_795_000_000_001, 2 ** 47];
  const ids = times.map((time) => newId(new Date(time)));
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
});

it('is another one each time', () => {
  const at = new Date();
  expect(new Set(Array.from({ length: 1000 }, () => newId(at))).size).toBe(1000);
});
