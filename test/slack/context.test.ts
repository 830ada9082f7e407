import { describe, expect, it } from 'vitest';
import { card } from '../../src/slack/card.ts';
import { headline } from '../../src/slack/headline.ts';
import type { Context } from '../../src/usecases/context.ts';
import { lena, maria, pavel, tom } from '../domain/aRequest.ts';
import { aStory, liveIn, showTime, shown } from './aStory.ts';

const setting = { showTime, groups: {} };
const at = (time: string) => new Date(`2026-11-19T${time}:00.000Z`);
const nothing: Context = {
  watchers: [],
  ofPayment: { named: [], others: 0, isAll: true },
  ofRequester: { requests: 0, cancelled: 0, sums: [], withoutAmount: 0, isAll: true },
};

/** The card, as those see it who see its blocks; and as the others hear it. */
function cardWith(context: Partial<Context> | null): { seen: string; heard: string } {
  const scene = aStory({}, [], [], undefined, context && { ...nothing, ...context });
  const [heard = '', seen = ''] = shown(card(scene, setting)).split('\n---\n');
  return { seen, heard };
}

const earlier = (number: number, requester = maria) =>
  ({ number, state: 'rejected', requester, requestedAt: at('07:00') }) as const;

describe('who is looking', () => {
  const watchers = [
    { person: pavel, since: at('08:02') },
    { person: lena, since: at('08:05') },
  ];
  const line = '👀 Looking at it: <@U_PAVEL> since 19 Nov, 08:02 UTC, <@U_LENA> since 19 Nov, 08:05 UTC';

  it('stands on the headline and on the card, also for those who only hear them', () => {
    const scene = aStory({}, [], [], undefined, { ...nothing, watchers });
    for (const message of [headline(scene, setting), card(scene, setting)]) {
      const [heard = '', seen = ''] = shown(message).split('\n---\n');
      expect(heard).toContain(line);
      expect(seen).toContain(line);
    }
  });

  it('is not spoken of when nobody is', () => {
    const scene = aStory({}, [], [], undefined, nothing);
    expect(shown(headline(scene, setting)) + shown(card(scene, setting))).not.toContain('👀');
  });

  it('names five and counts the others', () => {
    const many = Array.from({ length: 8 }, (_one, n) => ({
      person: { team: 'T_ACME', user: `U_${n}` },
      since: at('08:00'),
    }));
    const { seen } = cardWith({ watchers: many });
    expect(seen).toContain('<@U_4> since 19 Nov, 08:00 UTC, 3 more');
    expect(seen).not.toContain('<@U_5>');
  });
});

describe('what was asked before', () => {
  it.each([
    ['nothing', nothing.ofPayment, 'No earlier request for this payment.'],
    [
      'one',
      { named: [earlier(1039)], others: 0, isAll: true },
      '*Earlier for this payment*\nC-1039 🚫 Rejected, asked by <@U_MARIA>, 19 Nov, 07:00 UTC',
    ],
    [
      'several',
      { named: [earlier(1039), earlier(1038, tom), earlier(1037)], others: 4, isAll: true },
      'C-1038 🚫 Rejected, asked by <@U_TOM>, 19 Nov, 07:00 UTC\nC-1037 🚫 Rejected, asked by <@U_MARIA>, 19 Nov, 07:00 UTC\nand 4 more',
    ],
    ['more than are counted', { named: [earlier(1039)], others: 97, isAll: false }, 'and at least 97 more'],
  ])('of the payment: %s', (_what, of, said) => {
    const { seen, heard } = cardWith({ ofPayment: of });
    expect(seen).toContain(said);
    expect(heard).toContain(said);
  });

  it.each([
    ['nothing', {}, 'The requester asked for nothing else in the 30 days before.'],
    ['one', { requests: 1 }, '*The requester in the 30 days before* 1 request, 0 cancelled'],
    [
      'in several currencies, which are not added up',
      {
        requests: 12,
        cancelled: 9,
        sums: [
          { minor: 8000n, currency: 'EUR' },
          { minor: 124_000n, currency: 'PLN' },
        ],
      },
      '12 requests, 9 cancelled (80.00\u00a0EUR, 1\u00a0240.00\u00a0PLN)',
    ],
    [
      'with amounts that nobody knows',
      { requests: 3, cancelled: 2, sums: [{ minor: 8000n, currency: 'EUR' }], withoutAmount: 1 },
      '3 requests, 2 cancelled (80.00\u00a0EUR, 1 of an amount not known)',
    ],
    ['more than are counted', { requests: 500, isAll: false }, 'at least 500 requests, 0 cancelled'],
  ])('by the requester: %s', (_what, changes, said) => {
    const { seen, heard } = cardWith({ ofRequester: { ...nothing.ofRequester, ...changes } });
    expect(seen).toContain(said);
    expect(heard).toContain(said);
  });

  it('is left out when the request waits no more, for it is a help to decide', () => {
    expect(cardWith(null).seen).not.toMatch(/Earlier|earlier|30 days/);
  });

  it('is no part of the digest', () => {
    const digest = /Digest `[0-9a-f ]+`/;
    const before = digest.exec(cardWith(nothing).seen)?.[0];
    const after = digest.exec(
      cardWith({ ofPayment: { named: [earlier(1)], others: 0, isAll: true } }).seen,
    )?.[0];
    expect(before).toBeDefined();
    expect(after).toBe(before);
  });
});

const cardOn = (ticket: string | null) => card(aStory({ ticket }), setting);

describe('a ticket', () => {
  it('is a link that says where it leads', () => {
    const link = '<https://help.example.com/tickets/4711?a=1&amp;b=2>';
    const [heard = '', seen = ''] = shown(cardOn('https://help.example.com/tickets/4711?a=1&b=2')).split(
      '\n---\n',
    );
    expect(seen).toContain(`*Ticket*\n${link}`);
    expect(heard).toContain(`Ticket: ${link}`);
  });

  it.each(['HELP-4711', 'http://help.example.com/1', 'https://bank.example@evil.example/1', '<!channel>'])(
    'is words where it is no such link: %s',
    (ticket) => {
      const message = cardOn(ticket);
      expect(liveIn(message)).toEqual([]);
      expect(shown(message)).toContain(`*Ticket*\n\``);
    },
  );

  it('is not spoken of where there is none', () => {
    expect(shown(cardOn(null))).not.toContain('Ticket');
  });
});

describe('what the provider is told besides', () => {
  const choices = [{ value: '1', label: 'Refund' }];
  const kind = { name: 'ticket', label: 'Kind of ticket', hint: '', optional: false, choices };

  it.each([
    ['in the words of the form', [kind], { ticket: '1' }, '*Kind of ticket*\nRefund `1`'],
    ['as it is where the form has no word for it', [kind], { ticket: '9' }, '*Kind of ticket*\n`9`'],
    ["by the provider's name where the form does not ask it", [], { uid: 'U1' }, '*uid*\n`U1`'],
  ])('is shown %s', (_what, asked, details, said) => {
    const fields = new Map([['shop-pl', asked]]);
    expect(shown(card(aStory({ details }), { ...setting, fields }))).toContain(said);
  });
});

describe("the provider's word", () => {
  it('comes with its age where Slack keeps that true, and with the time in the reader’s own zone', () => {
    const times: unknown[] = [];
    card(aStory(), {
      ...setting,
      showTime: (date, age) => {
        times.push([date.toISOString(), age]);
        return 'then';
      },
    });
    expect(times).toContainEqual(['2026-11-19T07:59:59.000Z', 'with_age']);
  });
});
