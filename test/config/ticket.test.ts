import { describe, expect, it } from 'vitest';
import type { TicketRule } from '../../src/domain/ticket.ts';
import { faultsWith, read, settingsWith } from './example.ts';

function ruleOf(ticket: { pattern?: string; hint?: string; required?: boolean } | undefined): TicketRule {
  const result = read(settingsWith({ ticket }));
  if (!result.ok) throw new Error(result.faults.join());
  return result.settings.ticket;
}

describe('the tickets of a house', () => {
  it('are optional, and links or ids of any kind, when the settings say nothing', () => {
    const rule = ruleOf(undefined);
    expect(rule).toMatchObject({ required: false, looksLike: null });
    expect(rule.fits('HELP-1')).toBe(true);
    expect(rule.fits('Maria Kowalska')).toBe(false);
  });

  it.each([
    ['HELP-\\d+', 'HELP-4711', 'see HELP-4711 of today'],
    ['^https://help\\.example\\.com/\\d+$', 'https://help.example.com/1', 'https://helpXexample.com/1'],
    ['A|B', 'B', 'BA'],
    ['(?<key>[A-Z]+)-\\d{1,5}', 'HELP-4711', 'help-4711'],
    ['\\u00c4-\\p{L}{2}.', '\u00c4-\u0151\u0142\u{1f3ab}', '\u00c4-12\u{1f3ab}'],
  ])('match %s from the first to the last character', (pattern, good, bad) => {
    const rule = ruleOf({ pattern, hint: 'a ticket', required: true });
    expect(rule).toMatchObject({ required: true, looksLike: 'a ticket' });
    expect([rule.fits(good), rule.fits(bad)]).toEqual([true, false]);
  });

  it.each(['(', '[a', 'a)(?:b', '\\', '(?<n>a)(?<n>b)', '(?=a)b', '(a)\\1', '(((a{100}){100}){100})'])(
    'are refused at the start with the pattern %s',
    (pattern) => {
      expect(faultsWith({ ticket: { pattern, hint: 'x' } })).toEqual([
        'ticket.pattern must be a regular expression without look-around and back-references, such as HELP-\\d+',
      ]);
    },
  );

  it('need words for their pattern, because people read those', () => {
    expect(faultsWith({ ticket: { pattern: 'HELP-\\d+' } })).toEqual([
      'ticket.hint is missing: people read it, not the pattern, so say in words what a ticket looks like',
    ]);
  });

  it.each([{ required: 'yes' }, { hint: '' }, { hint: 'x'.repeat(151) }, { pattern: 7 }, { surprise: 'x' }])(
    'are refused as %j',
    (ticket) => {
      expect(faultsWith({ ticket })).toHaveLength(1);
    },
  );

  it.each(['(a+)+b', '(a|a)*b', '(.*a){20}b', '(a*)*(a*)*(a*)*b'])(
    'keep the process no longer than a moment with the pattern %s',
    (pattern) => {
      const { fits } = ruleOf({ pattern, hint: 'a ticket' });
      const begun = performance.now();
      expect(fits('a'.repeat(200))).toBe(false);
      expect(performance.now() - begun).toBeLessThan(2000);
    },
  );

  it('are taken when they are good, however many ways a pattern has to be none', () => {
    // Another engine tries two to the power of sixty before the second way.
    const { fits } = ruleOf({ pattern: '(a|a)*b|a{60}', hint: 'a ticket' });
    expect(fits('a'.repeat(60))).toBe(true);
  });
});
