import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/domain/csv.ts';
import { csvRow } from '../../src/export/csv.ts';

const cellsOf = (text: string) => readCsv(text).map(({ cells }) => cells);

describe('a list', () => {
  it.each<[string, string, readonly (readonly string[])[]]>([
    ['one column', 'a\nb\nc', [['a'], ['b'], ['c']]],
    [
      'Windows line breaks',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['old line breaks', 'a\rb', [['a'], ['b']]],
    [
      'semicolons',
      'a;b\nc;1,50',
      [
        ['a', 'b'],
        ['c', '1,50'],
      ],
    ],
    [
      'tabs, as a spreadsheet pastes',
      'a\tb\nc\td',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a byte order mark', '\ufeffa\nb', [['a'], ['b']]],
    ['empty lines', '\n\na\n \n,\nb\n\n', [['a'], ['b']]],
    ['quotes', '"a ""b""","c\nd, e"', [['a "b"', 'c\nd, e']]],
    ['a quote within', 'a"b', [['a"b']]],
    ['a quote that is never closed', '"a\nb', [['a\nb']]],
    ['nothing', ' \n', []],
  ])('may have %s', (_what, text, cells) => {
    expect(cellsOf(text)).toEqual(cells);
  });

  it('is numbered as the requester’s program numbers its lines', () => {
    const text = '\na,x\n\n"b\nb",y\nc,z';
    expect(readCsv(text).map(({ line }) => line)).toEqual([2, 4, 6]);
    expect(readCsv(text.replaceAll('\n', '\r\n')).map(({ line }) => line)).toEqual([2, 4, 6]);
  });

  it('is read as it was written, whatever the cells hold', () => {
    const cell = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\r', ''));
    const table = fc.array(fc.tuple(fc.constant('x'), cell, cell, fc.constant('y')), { minLength: 1 });
    fc.assert(
      fc.property(table, (rows) => {
        // What a spreadsheet would take for a formula is written with an apostrophe in front.
        const written = rows.map((row) => csvRow(row)).join('');
        const read = cellsOf(`a,b,c,d\r\n${written}`).slice(1);
        expect(read.map((cells) => cells.map((one) => one.replace(/^'/, '')))).toEqual(
          rows.map((cells) => cells.map((one) => one.replace(/^'/, ''))),
        );
      }),
    );
  });

  it('never fails, and never makes up text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { cells } of readCsv(text))
          for (const one of cells) expect(one.length <= text.length).toBe(true);
      }),
    );
  });
});
