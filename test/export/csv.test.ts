import { expect, it } from 'vitest';
import { csvRow } from '../../src/export/csv.ts';

it.each([
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "no"', '"say ""no"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['🙂 żółć', '🙂 żółć'],
  ['=1+1', "'=1+1"],
  ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
  ['+48 600', "'+48 600"],
  ['-2', "'-2"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['\ttabbed', "'\ttabbed"],
  ['\rreturned', `"'\rreturned"`],
  ['\nfed', `"'\nfed"`],
  ['  =1', "'  =1"],
  ['\u00a0=1', "'\u00a0=1"],
  ['＝1', "'＝1"],
  ['a=1', 'a=1'],
  ['C-1042', 'C-1042'],
])('a cell of %j is written as %j', (cell, written) => {
  expect(csvRow([cell])).toBe(`${written}\r\n`);
});

it('separates cells by commas, leaves nothing for null, and writes numbers as they are', () => {
  expect(csvRow(['a', null, 12, 'b'])).toBe('a,,12,b\r\n');
});
