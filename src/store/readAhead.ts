/** Reading a long record on one connection while what was read is being looked at. */
import { setImmediate } from 'node:timers/promises';
import type { Queryable } from './pool.ts';

/** What `pages` gives. While one is being looked at, the next is already being read. */
export async function* readAhead<Page>(pages: AsyncIterator<Page>): AsyncGenerator<Page> {
  let next = begin(pages);
  try {
    for (;;) {
      const read = await next;
      if (read.done === true) return;
      next = begin(pages);
      // What is asked leaves at the end of a turn (gathering.ts), and whoever looks at this page may not end theirs before.
      await setImmediate();
      yield read.value;
    }
  } finally {
    // Whoever stops early leaves one that nobody takes, and that still holds the connection.
    await next.catch(() => undefined);
    await pages.return?.();
  }
}

function begin<Page>(pages: AsyncIterator<Page>): Promise<IteratorResult<Page>> {
  const next = pages.next();
  // If it fails, that is told when it is awaited, which may be a while.
  next.catch(() => undefined);
  return next;
}

/** The same connection for several who don't wait for each other. */
export function inTurn(db: Queryable): Queryable {
  let last: Promise<unknown> = Promise.resolve();
  return {
    query(text, values) {
      const answer = last.then(() => db.query(text, values));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}
