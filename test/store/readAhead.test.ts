import { expect, it } from 'vitest';
import { inTurn, readAhead } from '../../src/store/readAhead.ts';

async function* count(to: number, begun: number[]): AsyncGenerator<number> {
  for (let n = 1; n <= to; n += 1) {
    begun.push(n);
    yield n;
  }
}

async function* failing(): AsyncGenerator<number> {
  yield 1;
  throw new Error('the connection broke');
}

it('gives everything once, and has begun the next when it gives one', async () => {
  const begun: number[] = [];
  const taken: (readonly [number, number])[] = [];
  for await (const page of readAhead(count(4, begun))) taken.push([page, begun.length]);
  expect(taken).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ]);
});

it('has sent what it asks for when it gives a page, whose reader may take long', async () => {
  const sent: number[] = [];
  async function* asking(): AsyncGenerator<number> {
    for (let n = 1; n <= 3; n += 1) {
      // A pool sends at the end of a turn.
      process.nextTick(() => sent.push(n));
      yield n;
    }
  }
  for await (const page of readAhead(asking())) expect(sent).toContain(Math.min(page + 1, 3));
});

it('fails where reading failed, after what was read before', async () => {
  const taken: number[] = [];
  const reading = (async () => {
    for await (const page of readAhead(failing())) {
      await new Promise((resolve) => setImmediate(resolve));
      taken.push(page);
    }
  })();
  await expect(reading).rejects.toThrow('the connection broke');
  expect(taken).toEqual([1]);
});

it('leaves nothing under way when its reader stops', async () => {
  const begun: number[] = [];
  for await (const page of readAhead(count(9, begun))) if (page === 2) break;
  expect(begun).toEqual([1, 2, 3]);
});

it('asks one connection one thing after the other, whatever became of the one before', async () => {
  let busy = 0;
  const db = inTurn({
    async query(text) {
      busy += 1;
      expect(busy).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
      if (text === 'fail') throw new Error(text);
      return { rows: [{ text }], rowCount: 1, command: '', oid: 0, fields: [] };
    },
  });
  const answers = await Promise.allSettled(['a', 'fail', 'b'].map((text) => db.query(text)));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
