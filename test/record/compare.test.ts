import { describe, expect, it } from 'vitest';
import { compareRows } from '../../src/record/compare.ts';
import type { Row } from '../../src/record/source.ts';
import { asked, byLena, byPavel, learnt, life, longLife, sent } from './aLife.ts';
import { rowsOf } from './rowsOf.ts';

const entries = longLife();
const rows = rowsOf(entries);

/** What is said when the row of an entry has something else. */
function say(n: number, changes: Partial<Row>): string[] {
  const others = rows.map((row) => (row.entry === n ? { ...row, ...changes } : row));
  return compareRows(entries, others, new Set()).map(({ says }) => says);
}

describe('rows', () => {
  it('that fit their entries are fine, erased text included', () => {
    expect(compareRows(entries, rows, new Set())).toEqual([]);
  });

  it('have to be there', () => {
    const [first] = entries;
    expect(compareRows(entries, rows.slice(1), new Set())).toEqual([
      { of: first, says: 'its row in requests is gone' },
    ]);
  });

  it.each([
    ['without an entry', { entry: 99 }],
    ['that name none', { entry: null }],
    ['in another table', { table: 'outcomes' } as const],
  ])('%s are told', (_how, changes) => {
    expect(say(4, changes)).toEqual(['it has no entry', 'its row in decisions is gone']);
  });

  it('are not held against an entry that nobody can read', () => {
    const readable = entries.filter(({ body }) => body.n !== 4);
    expect(compareRows(readable, rows, new Set([4]))).toEqual([]);
  });

  it('are told when two have one entry', () => {
    const [first = rows[1]] = rows;
    const twice = first === undefined ? [] : [...rows, { ...first, id: 'C-1043' }];
    expect(compareRows(entries, twice, new Set())).toMatchObject([
      { of: { id: 'C-1043' }, says: "entry 2 is already another row's" },
    ]);
  });

  it.each([
    [
      1,
      { data: { ...rows[0]?.data, payment: 'other', key: 'c2' } },
      'row 1 of requests differs in payment, key',
    ],
    [1, { data: { ...rows[0]?.data, more: null } }, 'row 1 of requests differs in more'],
    [1, { data: { ...rows[0]?.data, number: 0.5 } }, 'row 1 of requests differs in number'],
    [4, { at: '2026-11-19T08:10:00.001Z' }, 'row 4 of decisions differs in time'],
    [1, { texts: { ...rows[0]?.texts, reason: 'Paid once' } }, 'row 1 of requests: its reason was changed'],
    [1, { texts: { ...rows[0]?.texts, said: {} } }, 'row 1 of requests: its evidence was changed'],
    [1, { texts: { ...rows[0]?.texts, said: 0.5 } }, 'row 1 of requests: its evidence was changed'],
    [6, { texts: { says: 'Done.' } }, 'row 6 of outcomes: its wording was changed'],
    [
      6,
      { texts: { says: 'erased' }, salt: '' },
      'row 6 of outcomes: its wording is gone, and no entry says that it was erased',
    ],
    [
      9,
      { texts: { note: null }, salt: '' },
      'row 9 of decisions: its note is gone, and no entry says that it was erased',
    ],
    [3, { texts: { note: 'Seen.' } }, 'row 3 of decisions: its note was erased, and is there again'],
    [
      8,
      { texts: { says: 'Something nicer.' } },
      'row 8 of outcomes: its wording was erased, and is there again',
    ],
    [8, { salt: '00' }, 'row 8 of outcomes: its wording was erased, and is there again'],
    [4, { texts: { note: 'Seen.' } }, 'row 4 of decisions: its note was written later'],
  ])('that differ are told: entry %i with %j', (n, changes, says) => {
    expect(say(n, changes)).toEqual([says]);
  });

  it('of a request whose text was erased keep standing, amount and time of the evidence', () => {
    const over = life(asked(), byPavel, byLena, sent(), learnt(), {
      minute: 900,
      type: 'erasure',
      data: { by: 'ops', why: 'asked for it', erased: [1, 5] },
    });
    const [request, ...others] = rowsOf(over);
    if (request === undefined) throw new Error('there is no row');
    const texts = { reason: 'erased', said: { facts: {}, says: 'erased' } };
    expect(compareRows(over, [{ ...request, texts, salt: '' }, ...others], new Set())).toEqual([]);
    expect(compareRows(over, [request, ...others], new Set())).toHaveLength(1);
  });
});
