import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { asTyped, readUser, splitEscaped } from '../../src/slack/typed.ts';
import { escapeTyped } from '../fakes/slack/escaped.ts';
import { createWorkspace } from '../fakes/slack/workspace.ts';

it.each([
  ['<@U0123|anna> knows', '@anna knows'],
  ['<@U0123> knows', '@U0123 knows'],
  ['<#C0123|general>', '#general'],
  ['<!here> <!channel>', '@here @channel'],
  ['<!subteam^S0123|@finance>', '@finance'],
  ['see <https://example.com/a?b=1&amp;c=2>', 'see https://example.com/a?b=1&c=2'],
  ['<http://example.com|example.com>', 'example.com'],
  ['<mailto:anna@example.com|anna@example.com>', 'anna@example.com'],
  ['a &lt;b&gt; &amp; c', 'a <b> & c'],
  ['&amp;lt;', '&lt;'],
  ['&lt;@U0123&gt;', '<@U0123>'],
  ['1 < 2', '1 < 2'],
])('%s was typed as %s', (escaped, typed) => {
  expect(asTyped(escaped)).toBe(typed);
});

const workspace = createWorkspace({ now: Date.now, triggerTtlMs: 3_000, waitMs: 1_000 }, false);

it('is what was typed, whatever that was', () => {
  const words = fc.constantFrom(
    '@pavel',
    '@nobody',
    '#general',
    '<!channel>',
    '<@U_TOM>',
    'https://example.com/?a=1&b=2',
    '&amp;',
    '&',
    '<',
    '>',
    '|',
    'x',
  );
  const typed = fc.array(fc.oneof(words, fc.string())).map((parts) => parts.join(' '));
  fc.assert(
    fc.property(typed, (text) => {
      expect(asTyped(escapeTyped(text, workspace))).toBe(text);
    }),
  );
});

it.each([
  ['<@U0123|anna>', 'U0123'],
  ['<@W0123>', 'W0123'],
  ['U0123', 'U0123'],
  ['@anna', undefined],
  ['<#C0123|U0123>', undefined],
  ['<@U0123|anna>x', undefined],
  ['all', undefined],
])('%s names %s', (word, user) => {
  expect(readUser(word)).toBe(user);
});

it.each([
  ['<@U0123|anna b> left\nus', { first: '<@U0123|anna b>', rest: 'left\nus' }],
  ['all', { first: 'all', rest: '' }],
  ['  ', { first: '', rest: '' }],
])('%j begins with a word, which may be a mention', (escaped, parts) => {
  expect(splitEscaped(escaped)).toEqual(parts);
});
