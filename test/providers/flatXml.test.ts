import { describe, expect, it } from 'vitest';
import { readXml } from '../../providers/flatXml.ts';

const read = (inner: string) => readXml(`<?xml version="1.0"?><response>${inner}</response>`, 'response');
const nested = (levels: number) => '<x>'.repeat(levels) + '1' + '</x>'.repeat(levels);
const tenfold = (n: number) => `<!ENTITY e${n} "${`&e${n - 1};`.repeat(10)}">`;

describe('readXml', () => {
  it.each([
    [
      'numbers as they are written',
      '<a>0012</a><b>1e5</b><c>0x1F</c>',
      [
        ['a', '0012'],
        ['b', '1e5'],
        ['c', '0x1F'],
      ],
    ],
    ['truth as text', '<a>true</a>', [['a', 'true']]],
    ['spaces in a text', '\n  <a> 1 </a>\n', [['a', ' 1 ']]],
    ['line ends as XML has them', '<a>1\r\n2</a>', [['a', '1\n2']]],
    [
      'empty elements',
      '<a></a><b/>',
      [
        ['a', ''],
        ['b', ''],
      ],
    ],
    [
      'repeated elements, in their order',
      '<a>2</a><b>x</b><a>1</a>',
      [
        ['a', '2'],
        ['b', 'x'],
        ['a', '1'],
      ],
    ],
    [
      'nested elements',
      '<a> <b>1</b> <b>2</b> </a>',
      [
        [
          'a',
          [
            ['b', '1'],
            ['b', '2'],
          ],
        ],
      ],
    ],
    ['an element with attributes, without them', '<a x="1>" y=\'2\'>1</a>', [['a', '1']]],
    ['the five entities of XML', '<a>&lt;&gt;&amp;&quot;&apos;</a>', [['a', '<>&"\'']]],
    ['numeric references', '<a>&#8381;&#x20BD;&#x1f600;</a>', [['a', '₽₽😀']]],
    ['an entity once, not twice', '<a>&amp;lt;</a>', [['a', '&lt;']]],
    ['CDATA without its entities', '<a>1<![CDATA[ &amp; <b> ]]>2&amp;</a>', [['a', '1 &amp; <b> 2&']]],
    ['a text around a comment', '<a>o<!-- <a>x</a> -->k</a>', [['a', 'ok']]],
  ])('keeps %s', (_what, inner, entries) => {
    expect(read(inner)).toEqual(entries);
  });

  it.each([
    ['an empty text', ''],
    ['JSON', '{"response":{"a":"1"}}'],
    ['another root', '<html><a>1</a></html>'],
    ['a root without elements', '<response>ok</response>'],
    ['two roots', '<response><a>1</a></response><response><a>1</a></response>'],
    ['text before the root', 'ok<response><a>1</a></response>'],
    ['text after the root', '<response><a>1</a></response>ok'],
    ['a document that breaks off between elements', '<response><a>1</a><b>2</b>'],
    ['a document that breaks off in its last tag', '<response><a>1</a></response'],
    ['a root that is closed twice', '<response><a>1</a></response></response>'],
    ['crossed elements', '<response><a><b>1</a></b></response>'],
    ['text beside elements', '<response><a>ok<b>1</b></a></response>'],
    ['an unclosed CDATA', '<response><a><![CDATA[1</a></response>'],
    ['a bare ampersand', '<response><a>1 & 2</a></response>'],
    ["an entity of HTML's", '<response><a>&nbsp;</a></response>'],
    ['a reference beyond Unicode', '<response><a>&#x110000;</a></response>'],
    ['a reference without a number', '<response><a>&#;</a></response>'],
    ['a name that could reach a prototype', '<response><__proto__>1</__proto__></response>'],
  ])('refuses %s', (_what, text) => {
    expect(readXml(text, 'response')).toBeUndefined();
  });

  it.each([
    ['a plain one', '<!DOCTYPE response>'],
    ['one in small letters', '<!doctype response>'],
    ['an entity of its own', '<!DOCTYPE response [<!ENTITY ok "ok">]>'],
    ['a file of the host', '<!DOCTYPE response [<!ENTITY ok SYSTEM "file:///etc/hostname">]>'],
    ['an entity without a DOCTYPE', '<!ENTITY ok "ok">'],
  ])('refuses a DOCTYPE: %s', (_what, declaration) => {
    const answer = '<response><a>1</a></response>';
    expect(readXml(answer, 'response')).toBeDefined();
    expect(readXml(`<?xml version="1.0"?>${declaration}${answer}`, 'response')).toBeUndefined();
  });

  it('refuses a bomb of entities before it grows', () => {
    const levels = Array.from({ length: 9 }, (_, index) => tenfold(index + 1)).join('');
    const bomb = `<!DOCTYPE response [<!ENTITY e0 "boom">${levels}]><response><a>&e9;</a></response>`;
    expect(readXml(bomb, 'response')).toBeUndefined();
  });

  it('reads a few levels and refuses many', () => {
    expect(read(nested(4))).toEqual([['x', [['x', [['x', [['x', '1']]]]]]]]);
    expect(read(nested(20))).toBeUndefined();
    expect(read(nested(4_000))).toBeUndefined();
  });

  it('reads a long text and refuses an endless one', () => {
    expect(read(`<a>${'x'.repeat(60_000)}</a>`)).toHaveLength(1);
    expect(read(`<a>${'x'.repeat(70_000)}</a>`)).toBeUndefined();
  });
});
