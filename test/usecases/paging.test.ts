import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createReadPage,
  type Cursor,
  type List,
  type Page,
  placeOf,
  type Row,
  START,
} from '../../src/usecases/paging.ts';
import { aStory } from '../slack/aStory.ts';

const OPEN: List = { of: 'open' };
const numbersOf = ({ rows }: Pick<Page, 'rows'>) => rows.map(placeOf);

/** Requests of these numbers, the newest first. */
function listOf(numbers: readonly number[]) {
  const stories = numbers.toSorted((a, b) => b - a).map((number) => aStory({ number }));
  return createReadPage({
    async selectPage(_list: List, cursor: Cursor, limit: number) {
      if (cursor.to === 'start') return stories.slice(0, limit);
      return cursor.to === 'onwards'
        ? stories.filter(({ request }) => request.number < cursor.from).slice(0, limit)
        : stories.filter(({ request }) => request.number > cursor.from).slice(-limit);
    },
  });
}

describe('turning the pages of a list', () => {
  const anyNumbers = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 30 });

  it('onwards shows each request once, in order, whatever its size, and skips the unwanted', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyNumbers,
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        async (numbers, size, all) => {
          const readPage = listOf(numbers);
          const isWantedAt = (place: number) => all || place % 3 === 0;
          const isWanted = (row: Row) => isWantedAt(placeOf(row));
          const seen: number[] = [];
          let page = await readPage(OPEN, START, size, isWanted);
          seen.push(...numbersOf(page));
          while (page.onwards !== null) {
            page = await readPage(OPEN, { to: 'onwards', from: page.onwards }, size, isWanted);
            expect(page.rows.length).toBeGreaterThan(0);
            seen.push(...numbersOf(page));
          }
          expect(seen).toEqual(numbers.filter(isWantedAt).toSorted((a, b) => b - a));
        },
      ),
    );
  });

  it('back comes to the page before, and at last to the first, which is full', async () => {
    await fc.assert(
      fc.asyncProperty(anyNumbers, fc.integer({ min: 1, max: 7 }), async (numbers, size) => {
        const readPage = listOf(numbers);
        let page = await readPage(OPEN, START, size);
        const first = numbersOf(page);
        let before = first;
        while (page.onwards !== null) {
          before = numbersOf(page);
          page = await readPage(OPEN, { to: 'onwards', from: page.onwards }, size);
        }
        if (page.back !== null) page = await readPage(OPEN, { to: 'back', from: page.back }, size);
        expect(numbersOf(page)).toEqual(before);
        while (page.back !== null) page = await readPage(OPEN, { to: 'back', from: page.back }, size);
        expect(numbersOf(page)).toEqual(first);
      }),
    );
  });

  it('shows the first page when all that was behind is gone', async () => {
    const page = await listOf([5, 4, 3])(OPEN, { to: 'onwards', from: 3 }, 2);
    expect(page).toMatchObject({ onwards: 4, back: null });
    expect(numbersOf(page)).toEqual([5, 4]);
  });
});
