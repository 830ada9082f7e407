import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/domain/provider.ts';
import { canBeAskedAgain, states } from '../../src/domain/request.ts';
import { resultMessage, threadEntry } from '../../src/slack/thread.ts';
import type { Decision, Finding } from '../../src/usecases/story.ts';
import { lena, maria } from '../domain/aRequest.ts';
import { aDecision, aFinding, aStory, hostileTexts, liveIn, shown } from './aStory.ts';
import { longest } from './longest.ts';

const LINK = 'https://acme.slack.com/archives/C1/p1763539200000100';
const story = aStory();

describe('the thread tells', () => {
  it('each decision', () => {
    const entries = [
      aDecision(),
      aDecision({ note: 'I asked the customer.' }),
      aDecision({ act: 'reject', person: lena, note: 'It was captured.' }),
      aDecision({ act: 'withdraw', person: maria }),
      aDecision({ act: 'expire', person: null }),
      aDecision({ act: 'lapse', person: null, note: 'Captured in full.' }),
    ].map((entry) => shown(threadEntry(story, entry)));
    expect(entries.join('\n\n')).toMatchInlineSnapshot(`
      "✍️ <@U_PAVEL> approved.
      ---
      ✍️ <@U_PAVEL> approved.

      ✍️ <@U_PAVEL> approved. I asked the customer.
      ---
      ✍️ <@U_PAVEL> approved.
      “I asked the customer.”

      🚫 <@U_LENA> rejected this. Nothing was sent. It was captured.
      ---
      🚫 <@U_LENA> rejected this. Nothing was sent.
      “It was captured.”

      ↩️ <@U_MARIA> withdrew the request. Nothing was sent.
      ---
      ↩️ <@U_MARIA> withdrew the request. Nothing was sent.

      ⌛ Nobody decided in time, so the request expired. Nothing was sent.
      ---
      ⌛ Nobody decided in time, so the request expired. Nothing was sent.

      🍂 The request lapsed, because what was approved no longer holds. Nothing was sent. Captured in full.
      ---
      🍂 The request lapsed, because what was approved no longer holds. Nothing was sent.
      “Captured in full.”"
    `);
  });

  it('each outcome, with the reference that the provider gave', () => {
    const outcomes: Outcome[] = [
      { type: 'cancelled', reference: 'tx-9', says: 'Voided.' },
      { type: 'accepted', reference: null, says: 'A ticket was opened.' },
      { type: 'refused', code: 'S-404', says: 'SIBS does not know it.' },
      { type: 'unknown', says: 'No answer in time.' },
      { type: 'not_sent', says: 'The connection was refused.' },
    ];
    const entries = outcomes.map((outcome) => shown(threadEntry(story, aFinding(outcome))));
    expect(entries.join('\n\n')).toMatchInlineSnapshot(`
      "✅ SIBS cancelled the payment. Reference: \`tx-9\`
      ---
      ✅ SIBS cancelled the payment.
      Reference: tx-9

      📥 SIBS took the request in and decides later. A ticket was opened.
      ---
      📥 SIBS took the request in and decides later.
      “A ticket was opened.”

      ⛔ SIBS refused, and nothing happened. SIBS does not know it. Reference: \`S-404\`
      ---
      ⛔ SIBS refused, and nothing happened.
      “SIBS does not know it.”
      Reference: S-404

      ❓ Nobody knows yet whether SIBS cancelled the payment. It will be asked; nothing is sent again. No answer in time.
      ---
      ❓ Nobody knows yet whether SIBS cancelled the payment. It will be asked; nothing is sent again.
      “No answer in time.”

      🔁 SIBS could not be reached and nothing left; it will be tried again. The connection was refused.
      ---
      🔁 SIBS could not be reached and nothing left; it will be tried again.
      “The connection was refused.”"
    `);
  });

  it('that a look-up found it out', () => {
    const finding = aFinding({ type: 'cancelled', reference: null, says: 'Voided.' }, { source: 'look_up' });
    expect(threadEntry(story, finding).text).toBe('✅ SIBS cancelled the payment, as a look-up shows.');
  });
});

function told(...args: Parameters<typeof aStory>): string {
  return shown(resultMessage(aStory(...args), LINK));
}

describe('the requester is told', () => {
  const notSent = aFinding({ type: 'not_sent', says: 'The connection was refused.' });

  it('how it ended, in the words of the provider', () => {
    const refused = aFinding({ type: 'refused', code: 'S-404', says: 'SIBS does not know it.' });
    expect(told({ state: 'refused' }, [aDecision({ note: 'Go.' })], [notSent, refused]))
      .toMatchInlineSnapshot(`
        "Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: ⛔ Refused by the provider. SIBS does not know it.
        ---
        Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: ⛔ Refused by the provider.
        “SIBS does not know it.”
        Ask again"
      `);
  });

  it('why it was rejected, and not what came too late', () => {
    const rejected = aDecision({ act: 'reject', note: 'It was captured.' });
    const late = aDecision({ note: 'I would have.', refusal: 'already_decided' });
    expect(told({ state: 'rejected' }, [rejected, late])).toMatchInlineSnapshot(`
      "Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: 🚫 Rejected. It was captured.
      ---
      Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: 🚫 Rejected.
      “It was captured.”
      Ask again"
    `);
  });

  it('why it lapsed, also when that was after a try that did not get through', () => {
    const lapsed = aDecision({
      act: 'lapse',
      person: null,
      note: 'Captured in full.',
      decidedAt: new Date(notSent.learntAt.getTime() + 900_000),
    });
    expect(told({ state: 'lapsed' }, [aDecision(), lapsed], [notSent])).toContain('Captured in full.');
  });

  it('that nobody decided, with a button that asks again', () => {
    const expired = aDecision({ act: 'expire', person: null });
    expect(told({ state: 'expired' }, [expired])).toMatchInlineSnapshot(`
      "Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: ⌛ Expired. Nobody decided in time, and nothing was sent.
      ---
      Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: ⌛ Expired. Nobody decided in time, and nothing was sent.
      Ask again"
    `);
  });

  it.each(states)('how to ask again when that makes sense: %s', (state) => {
    const { blocks } = resultMessage(aStory({ state }), LINK);
    const ids = blocks.flatMap((block) =>
      block.type === 'actions' ? block.elements.map(({ action_id }) => action_id) : [],
    );
    expect(ids).toEqual(canBeAskedAgain(state) ? ['ask_again'] : []);
  });

  it('that somebody asked again', () => {
    const follower = { id: 'x', number: 1043, requester: lena, requestedAt: new Date() };
    expect(threadEntry(story, follower).text).toBe('🔂 Asked again as C-1043, by <@U_LENA>.');
  });

  it('no more than there is to tell', () => {
    const withdrawn = aDecision({ act: 'withdraw', person: maria });
    expect(told({ state: 'withdrawn' }, [withdrawn])).toMatchInlineSnapshot(`
      "Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: ↩️ Withdrawn.
      ---
      Your request <https://acme.slack.com/archives/C1/p1763539200000100|C-1042>: ↩️ Withdrawn.
      Ask again"
    `);
  });
});

function everyDecision(note: string): Decision[] {
  const acts = [
    'approve',
    'reject',
    'withdraw',
    'expire',
    'lapse',
    'find_cancelled',
    'find_refused',
  ] as const;
  return acts.map((act) => aDecision({ act, note }));
}

function everyFinding(says: string): Finding[] {
  return [
    aFinding({ type: 'cancelled', reference: says, says }),
    aFinding({ type: 'accepted', reference: says, says }),
    aFinding({ type: 'refused', code: says, says }),
    aFinding({ type: 'unknown', says }),
    aFinding({ type: 'not_sent', says }),
  ];
}

describe('whatever people and providers write', () => {
  it.each(hostileTexts)('%s stays words, on its own line', (_what, text) => {
    const entries = [...everyDecision(text), ...everyFinding(text)].map((entry) => threadEntry(story, entry));
    const results = states.flatMap((state) => [
      resultMessage(aStory({ state }, everyDecision(text)), LINK),
      resultMessage(aStory({ state }, everyDecision(text), everyFinding(text)), LINK),
    ]);
    for (const message of [...entries, ...results]) {
      expect(liveIn(message)).toEqual([]);
      expect(shown(message)).toContain(message.text);
      expect(message.text).not.toContain('\n');
    }
  });

  it('the longest of everything fits, and a note of 500 emoji is shown whole', () => {
    for (const one of longest('refused')) {
      for (const entry of [...one.decisions, ...one.findings]) shown(threadEntry(one, entry));
      shown(resultMessage(one, LINK));
    }
    expect(shown(threadEntry(story, aDecision({ note: '💥'.repeat(500) })))).toContain('💥'.repeat(500));
  });

  it('nothing is quoted where nothing was said', () => {
    expect(threadEntry(story, aDecision({ note: '' })).blocks).toHaveLength(1);
    expect(threadEntry(story, aFinding({ type: 'unknown', says: '' })).blocks).toHaveLength(1);
  });
});
