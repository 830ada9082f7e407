import { describe, expect, it } from 'vitest';
import { refusals } from '../../src/domain/decide.ts';
import { states } from '../../src/domain/request.ts';
import {
  alreadyOpenText,
  lapsedText,
  madeText,
  notCancellableText,
  overText,
  refusalText,
  unknownWordText,
} from '../../src/slack/text.ts';
import { FAULT_TEXT } from '../../src/language/forms.ts';
import { sentence } from '../../src/slack/inert.ts';
import { anEvidence, aRequest } from '../domain/aRequest.ts';
import { readContent } from '../fakes/slack/chatMethods.ts';
import { hostileTexts, liveIn, showTime } from './aStory.ts';
import { longest } from './longest.ts';

const request = aRequest();
const taken = { ...anEvidence, standing: 'taken' as const, says: 'Captured already; refund it instead.' };

describe('a person is told', () => {
  it('that a refund is the remedy when the provider takes no cancellation any more', () => {
    const closed = aRequest({ closesAt: request.deadline });
    expect(refusalText('expired', closed, showTime)).toBe(
      "C-1042 expired at 19 Nov, 16:00 UTC: since then the payment can't be cancelled any more, so refund it instead.",
    );
    const later = aRequest({ closesAt: new Date(request.deadline.getTime() + 1) });
    expect(refusalText('expired', later, showTime)).not.toContain('refund');
  });

  it('why their act does not count', () => {
    const ended = aRequest({ state: 'rejected' });
    const texts = refusals.map((refusal) => refusalText(refusal, ended, showTime));
    expect(texts.join('\n')).toMatchInlineSnapshot(`
      "C-1042 is not waiting for a decision any more (🚫 Rejected), so nothing was changed.
      C-1042 expired at 19 Nov, 16:00 UTC, so your decision does not count.
      You asked for C-1042 yourself, so someone else has to decide on it; you can withdraw it.
      You can't decide on C-1042: only full, active members of this workspace can, and you are not known to be one.
      You can't decide on C-1042: you are in none of the groups that may (finance).
      You approved C-1042 already; one person counts once, so someone else has to approve too.
      What you saw of C-1042 is out of date, so what you decided does not count; please use the newest card.
      Your approval of C-1042 does not count, because you did not confirm what its form asks; please approve again.
      Only <@U_MARIA>, who asked for C-1042, can withdraw it; you can reject it.
      C-1042 needs nobody to look at the provider (🚫 Rejected), so nothing was changed.
      What you found of C-1042 does not count, because there was news, or your form was open for more than an hour; please look at the provider again.
      What you decided on C-1042 does not count, because it is frozen; two approvers can lift that."
    `);
  });

  it('that someone else has to look at the provider', () => {
    expect(refusalText('own_request', aRequest({ state: 'unknown' }), showTime)).toBe(
      'You asked for C-1042 yourself, so someone else has to say what became of it.',
    );
  });

  it('in which groups one has to be', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const large = aRequest({ rule: { policy: 'p1', needs } });
    expect(refusalText('not_an_approver', large, showTime)).toContain('(finance, risk)');
  });

  it('what became of what they asked', () => {
    const texts = [
      madeText(request),
      alreadyOpenText(request),
      notCancellableText(taken),
      overText(aRequest({ state: 'withdrawn' })),
      lapsedText(request, taken),
      unknownWordText('refund', ['shop-pl', 'shop-tr']),
      FAULT_TEXT,
    ];
    expect(texts.join('\n')).toMatchInlineSnapshot(`
      "C-1042 is in the approvals channel now and waits for a second person.
      <@U_MARIA> asked for this payment already: C-1042 is “⏳ Waiting for approval”. No second request was made.
      This payment can't be cancelled, so no request was made. Captured already; refund it instead.
      C-1042 is not waiting for a decision any more: ↩️ Withdrawn.
      C-1042 lapsed, because SIBS now says something else: Captured already; refund it instead.
      I don't know \`refund\`: it is neither a command nor an account. Accounts: \`shop-pl\`, \`shop-tr\`. \`/cancel help\` lists the commands.
      Something went wrong on our side, so your last step may not have been recorded; nothing is ever sent without a record. Please look at the request before you try again."
    `);
  });
});

describe('a sentence from outside', () => {
  it.each([
    ['keeps to its line', 'Paid twice.\n✅ Cancelled\r\n\t by Pavel ', 'Paid twice. ✅ Cancelled by Pavel'],
    ['pings and links nothing', '<!channel> <https://a|b>', '&lt;!channel&gt; &lt;https://a|b&gt;'],
    ['is cut by whole characters', '💥'.repeat(301), `${'💥'.repeat(299)}…`],
    ['is cut before it is escaped, so that no escape is torn', '&'.repeat(300), '&amp;'.repeat(300)],
  ])('%s', (_what, text, expected) => {
    expect(sentence(text)).toBe(expected);
  });
});

describe('whatever people and providers write', () => {
  it.each(hostileTexts)('%s pings and links nothing', (_what, text) => {
    const hostile = { ...anEvidence, says: text };
    for (const told of [
      lapsedText(request, hostile),
      notCancellableText(hostile),
      unknownWordText(text, ['shop-pl']),
    ]) {
      expect(liveIn({ text: told, blocks: [] })).toEqual([]);
      expect(told).not.toContain('\n');
    }
  });

  it.each(states)('the longest of everything fits into one section when the request is %s', (state) => {
    for (const { request: long } of longest(state)) {
      const texts = [
        ...refusals.map((refusal) => refusalText(refusal, long, showTime)),
        madeText(long),
        alreadyOpenText(long),
        overText(long),
        lapsedText(long, long.evidence),
        notCancellableText(long.evidence),
      ];
      for (const text of texts) {
        const blocks = [{ type: 'section', text: { type: 'mrkdwn', text } }];
        expect(readContent({ text, blocks })).toMatchObject({ text });
      }
    }
  });
});
