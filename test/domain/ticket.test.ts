import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTicket, faultOfTicket, isPlainLink, TICKET_MAX } from '../../src/domain/ticket.ts';

const anything = { required: false, looksLike: null, fits: () => true };

describe('a ticket', () => {
  it.each([
    'HELP-4711',
    '4711',
    '#4711',
    'https://help.example.com/tickets/4711',
    'https://help.example.com/t?id=4711&v=2',
  ])('is a link or an id: %s', (ticket) => {
    expect(faultOfTicket(ticket, anyTicket)).toBeUndefined();
  });

  it.each([
    'Maria Kowalska',
    'call me',
    'https://help.example.com/ö',
    '<!channel>',
    'https://a|b',
    'ö',
    '`1`',
  ])('is nothing else, for it stays in the record: %s', (ticket) => {
    expect(faultOfTicket(ticket, anyTicket)).toBe('unfit');
  });

  it('may be left out, unless the house requires one', () => {
    expect(faultOfTicket('', anything)).toBeUndefined();
    expect(faultOfTicket('', { ...anything, required: true })).toBe('missing');
  });

  it('is no longer than can be matched and shown, counted as Slack counts', () => {
    expect(faultOfTicket('💥'.repeat(TICKET_MAX), anything)).toBeUndefined();
    expect(faultOfTicket('💥'.repeat(TICKET_MAX + 1), anything)).toBe('too_long');
  });

  it('is not even matched when it is too long', () => {
    const rule = { ...anything, fits: () => expect.unreachable() };
    expect(faultOfTicket('a'.repeat(TICKET_MAX + 1), rule)).toBe('too_long');
  });

  it.each(['a\0b', 'a\nb', 'a\u0007', '\ud800'])('has nothing that cannot be kept: %j', (ticket) => {
    expect(faultOfTicket(ticket, anything)).toBe('unfit');
  });
});

describe('a link', () => {
  it.each([
    'https://help.example.com',
    'https://help.example.com/',
    'https://help.example.com:8443/tickets/4711?view=all&by=me#note-1',
    'https://acme.zendesk.com/agent/tickets/4711',
    'HTTPS://HELP.EXAMPLE.COM/4711',
  ])('is one that leads where it seems to lead: %s', (ticket) => {
    expect(isPlainLink(ticket)).toBe(true);
  });

  it.each([
    ['no https', 'http://help.example.com/1'],
    ['a script', 'javascript:alert(1)'],
    ['a name before the host', 'https://bank.example@evil.example/1'],
    ['a name and a password before the host', 'https://bank.example:443@evil.example/1'],
    ['a backslash, which browsers take for a slash', 'https://evil.example\\@bank.example'],
    ['letters that look like others', 'https://bаnk.example/1'],
    ['such letters in disguise', 'https://xn--bnk-5cd.example/1'],
    ['a text of its own', 'https://evil.example|https://bank.example'],
    ['an end of the link', 'https://help.example.com/1> <!channel>'],
    ['a space', 'https://help.example.com/1 2'],
    ['a mark that turns it around', 'https://help.example.com/\u202e1'],
    ['a host of one word', 'https://localhost/1'],
    ['a host that is a number in short', 'https://1.1/1'],
    ['a host that ends in a number, which is none', 'https://a.0x1/1'],
    ['no host', 'https:///1'],
    ['a number', 'HELP-4711'],
    ['too much', `https://help.example.com/${'1'.repeat(TICKET_MAX)}`],
  ])('is none with %s: %s', (_what, ticket) => {
    expect(isPlainLink(ticket)).toBe(false);
  });

  it('leads to the host that it names first, whatever stands in it', () => {
    const part = fc.string({ unit: fc.constantFrom(...Array.from('aA1-._@:/?#[]\\|<>%&=~ёx')) });
    fc.assert(
      fc.property(part, part, (host, rest) => {
        const ticket = `https://${host}/${rest}`;
        if (!isPlainLink(ticket)) return;
        const named = /^https:\/\/([a-z0-9.-]+)/i.exec(ticket)?.[1];
        const { hostname, username } = new URL(ticket);
        expect([hostname, username]).toEqual([named?.toLowerCase(), '']);
        expect(ticket).not.toMatch(/[<>|\s]/);
      }),
      { numRuns: 2000 },
    );
  });
});
