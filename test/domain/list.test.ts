import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readList, writeList } from '../../src/domain/list.ts';
import type { Field } from '../../src/domain/provider.ts';

const scope: Field = {
  name: 'scope',
  label: 'How much',
  hint: 'What of it.',
  optional: false,
  choices: [
    { value: 'whole', label: 'The whole payment' },
    { value: 'part', label: 'A part of it' },
  ],
};
const fields: readonly Field[] = [
  { name: 'transaction_id', label: 'Transaction id', hint: 'As it was given.', optional: false },
  scope,
  { name: 'part', label: 'Amount of the part', hint: 'For a part only.', optional: true },
];

describe('a list', () => {
  it('without a heading is a column of the first field', () => {
    expect(readList('tx1\n\ntx2', fields)).toEqual([
      { place: 1, fields: { transaction_id: 'tx1' } },
      { place: 3, fields: { transaction_id: 'tx2' } },
    ]);
  });

  it.each([
    ['their names', 'transaction_id,part\ntx1,1.50'],
    ['what people read, in any case', 'TRANSACTION ID;amount of the part\ntx1;1.50'],
    ['another order', 'part,transaction_id\n1.50,tx1'],
  ])('may name its columns by %s', (_what, text) => {
    expect(readList(text, fields)).toEqual([{ place: 2, fields: { transaction_id: 'tx1', part: '1.50' } }]);
  });

  it('takes a choice by its value or by what people read', () => {
    const text = 'transaction_id,scope\ntx1,Part\ntx2,the whole payment\ntx3,';
    expect(readList(text, fields).map((line) => line.fields['scope'])).toEqual(['part', 'whole', undefined]);
  });

  it.each([
    ['a second column that nobody named', 'tx1,1.50', { type: 'unnamed_column' }, 1],
    ['more cells than columns', 'transaction_id\ntx1,1.50', { type: 'unnamed_column' }, 2],
    [
      'a column that there is not',
      'transaction_id,amount\ntx1,1',
      { type: 'unknown_column', named: 'amount' },
      1,
    ],
    [
      'a choice that there is not',
      'transaction_id,scope\ntx1,1.50',
      { type: 'unknown_choice', field: scope, typed: '1.50' },
      2,
    ],
  ])('is not guessed at where it has %s', (_what, text, flaw, place) => {
    expect(readList(text, fields)).toMatchObject([{ place, flaw }]);
  });

  it('may be empty', () => {
    expect(readList('\n \n', fields)).toEqual([]);
    expect(readList('transaction_id,part\n', fields)).toEqual([]);
  });

  it('that is written is read as the same lines, whatever they hold', () => {
    const cell = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((text) => text.trim() === text && text !== '');
    const line = fc.record(
      { transaction_id: cell, scope: fc.constantFrom('whole', 'part'), part: cell },
      { requiredKeys: ['transaction_id'] },
    );
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        expect(readList(writeList(lines, fields), fields).map((read) => read.fields)).toEqual(lines);
      }),
    );
  });

  it('that is written names the columns that are used, in the order of the form', () => {
    const lines = [{ part: '1.50', transaction_id: 'tx1' }, { transaction_id: 'tx2' }];
    expect(writeList(lines, fields)).toBe('transaction_id,part\ntx1,1.50\ntx2,');
  });
});
