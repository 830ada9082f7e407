import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, cut, escape, plain, words } from '../../src/slack/inert.ts';
import { hostileTexts, liveIn } from './aStory.ts';

const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('<', '>', '&', '`', '@', '!', '|', '\u202e', '\u2066', ' ', 'a'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});

describe('escape', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U1>', '&lt;@U1&gt;'],
    ['<https://evil.example|a lie>', '&lt;https://evil.example|a lie&gt;'],
    ['&lt;!channel&gt;', '&amp;lt;!channel&amp;gt;'],
    ['Tom & Co', 'Tom &amp; Co'],
    ['*bold* `code` 💥', '*bold* `code` 💥'],
  ])('writes %s as %s', (text, expected) => {
    expect(escape(text)).toBe(expected);
  });

  it('leaves no control character of Slack, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escape(text)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
      }),
    );
  });

  it('can be read back by Slack as it was, but for marks that reorder', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const read = escape(text).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
        expect(read).toBe(text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/g, ''));
      }),
    );
  });
});

describe('code', () => {
  it('cannot be left from inside', () => {
    expect(code('` <!channel> `')).toBe("`' &lt;!channel&gt; '`");
    fc.assert(
      fc.property(anyText, (text) => {
        expect(code(text)).toMatch(/^`[^`<>]*`$/);
      }),
    );
  });
});

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['💥💥💥', 3, '💥💥💥'],
    ['💥💥💥💥', 3, '💥💥…'],
    ['', 3, ''],
  ])('%s to %i is %s', (text, length, expected) => {
    expect(cut(text, length)).toBe(expected);
  });

  it('tears no emoji apart and keeps the length, counted as Slack counts', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 20 }), (text, length) => {
        const short = cut(text, length);
        expect(short.isWellFormed()).toBe(true);
        expect(Array.from(short).length).toBe(Math.min(Array.from(text).length, length));
      }),
    );
  });
});

describe('plain', () => {
  it('turns no word into an emoji and is cut to what its place holds', () => {
    expect(plain(':tada: *x*')).toEqual({ type: 'plain_text', text: ':tada: *x*', emoji: false });
    expect(plain('💥'.repeat(151), 150).text).toBe(`${'💥'.repeat(149)}…`);
    expect(Array.from(plain('x'.repeat(4000)).text)).toHaveLength(3000);
  });

  it.each(['', ' \n', '\u202e'])('is something to see also where there is nothing: %j', (text) => {
    expect(plain(text).text).toBe('–');
  });

  it('keeps letters that run from right to left, and drops marks that turn others around', () => {
    expect(plain('שלום \u202eNLP 00.1\u202c مرحبا').text).toBe('שלום NLP 00.1 مرحبا');
  });
});

describe('words', () => {
  it.each(hostileTexts)('make %s harmless', (_what, text) => {
    expect(liveIn({ text: '', blocks: [words(text)] })).toEqual([]);
  });

  it('stand in quotes, as they were written', () => {
    expect(words('Paid twice.\n*Really* \u202eeciwt').text).toEqual({
      type: 'plain_text',
      text: '“Paid twice.\n*Really* \u202eeciwt”',
      emoji: false,
    });
  });
});
