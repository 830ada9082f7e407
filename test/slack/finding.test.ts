import { describe, expect, it } from 'vitest';
import { callMessage } from '../../src/slack/call.ts';
import { card, headline } from '../../src/slack/card.ts';
import { resultMessage, threadEntry } from '../../src/slack/thread.ts';
import { findForm, FindMemory } from '../../src/slack/findForm.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import type { LookUps, Story } from '../../src/usecases/story.ts';
import { lena, maria } from '../domain/aRequest.ts';
import { readView } from '../fakes/slack/limits.ts';
import { aDecision, aFinding, aStory, hostileTexts, liveIn, showTime, shown, textsOf } from './aStory.ts';
import { longest } from './longest.ts';

const groups = { finance: ['U_MARIA', 'U_PAVEL', 'U_LENA'], risk: ['U_TOM'] };
const setting = { showTime, groups };
const at = new Date('2026-12-19T09:00:00.000Z');
const asked: LookUps = { last: { says: 'On hold, not captured yet.', at }, endedAt: null };
const ended: LookUps = { ...asked, endedAt: at };
const memory = { id: aStory().request.id, digest: aStory().request.digest, channel: 'C1', thread: '1.1' };

/** Sent, approved by Pavel, and not settled. */
function unsettled(lookUps: LookUps, changes: Partial<Story['request']> = {}): Story {
  return aStory({ state: 'unknown', ...changes }, [aDecision()], [], lookUps);
}

/** What the form shows, as Slack takes it. */
function formOf(story: Story, time = showTime): string {
  const form = findForm(story, memory, at, time);
  readView(form, 'modal');
  return textsOf(form.blocks)
    .map(({ text }) => text)
    .join('\n');
}

describe('when the look-ups have ended', () => {
  it('the headline and the card say that a person has to look, and not before', () => {
    for (const state of ['unknown', 'accepted'] as const) {
      for (const message of [headline, card] as const) {
        expect(shown(message(unsettled(ended, { state }), setting))).toContain(': a person has to look');
        expect(shown(message(unsettled(asked, { state }), setting))).not.toContain('a person has to look');
      }
    }
  });

  it('the thread calls those who may, with what the provider said last and a button', () => {
    expect(shown(callMessage(unsettled(ended), setting))).toMatchInlineSnapshot(`
      "❓ SIBS was asked for as long as it could have had an answer, and it is still not known what became of this. <@U_PAVEL> <@U_LENA> please look at the provider and record what you found. Nothing is sent again. It said last, at 19 Dec, 09:00 UTC: On hold, not captured yet.
      ---
      ❓ SIBS was asked for as long as it could have had an answer, and it is still not known what became of this. <@U_PAVEL> <@U_LENA> please look at the provider and record what you found. Nothing is sent again. It said last, at 19 Dec, 09:00 UTC:
      “On hold, not captured yet.”
      Record what you found"
    `);
  });

  it('everybody of every group of the rule is called, also whoever approved, but not the requester', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const { text } = callMessage(unsettled(ended, { rule: { policy: 'p1', needs } }), setting);
    expect(text).toContain('<@U_PAVEL> <@U_LENA> <@U_TOM> please look');
    expect(text).not.toContain('<@U_MARIA>');
  });

  it('the call says when nobody is left who may', () => {
    const alone = { showTime, groups: { finance: ['U_MARIA'] } };
    expect(callMessage(unsettled(ended), alone).text).toContain('Nobody is left in the groups');
  });

  it('nobody is called any more once it is settled', () => {
    const { text, blocks } = callMessage(unsettled(ended, { state: 'cancelled' }), setting);
    expect(text).not.toContain('<@');
    expect(blocks.filter((block) => block.type === 'actions')).toEqual([]);
  });
});

describe('what a person found', () => {
  it('is told in the thread, with the reference that they saw', () => {
    const note = 'It says “reversed”.';
    const byLena = { person: lena, note };
    const found = aStory(
      { state: 'cancelled' },
      [aDecision()],
      [aFinding({ type: 'cancelled', reference: 'tx-9', says: 'Found.' }, { source: 'person' })],
    );
    const entries = [
      threadEntry(found, aDecision({ act: 'find_cancelled', ...byLena })),
      threadEntry(aStory(), aDecision({ act: 'find_refused', ...byLena })),
    ].map((entry) => shown(entry));
    expect(entries.join('\n\n')).toMatchInlineSnapshot(`
      "✅ <@U_LENA> looked at SIBS and found that the payment was cancelled. It says “reversed”. Reference: \`tx-9\`
      ---
      ✅ <@U_LENA> looked at SIBS and found that the payment was cancelled.
      “It says “reversed”.”
      Reference: tx-9

      ⛔ <@U_LENA> looked at SIBS and found that the payment was not cancelled. Nothing is sent again: whoever still wants it cancelled asks anew. It says “reversed”.
      ---
      ⛔ <@U_LENA> looked at SIBS and found that the payment was not cancelled. Nothing is sent again: whoever still wants it cancelled asks anew.
      “It says “reversed”.”"
    `);
  });

  it('is told to the requester with who found it, and not in the words of the record', () => {
    const found = aDecision({ act: 'find_refused', person: lena, note: 'No ticket there.' });
    const outcome = aFinding(
      { type: 'refused', code: 'not_cancelled', says: 'A person found it not cancelled.' },
      { source: 'person', learntAt: found.decidedAt },
    );
    const unknown = aFinding({ type: 'unknown', says: 'No answer in time.' });
    const refused = aStory({ state: 'refused' }, [aDecision(), found], [unknown, outcome]);
    expect(shown(resultMessage(refused, undefined))).toMatchInlineSnapshot(`
      "Your request C-1042: ⛔ Not cancelled. Found by <@U_LENA>. No ticket there.
      ---
      Your request C-1042: ⛔ Not cancelled. Found by <@U_LENA>.
      “No ticket there.”
      Ask again"
    `);
  });

  it.each([
    ['cancelled', 'find_cancelled', '✅ Cancelled', 'it was cancelled'],
    ['refused', 'find_refused', '⛔ Not cancelled', 'it was not cancelled'],
  ] as const)('is told by the card when it is %s', (state, act, title, words) => {
    const found = aDecision({ act, person: lena, note: 'I looked.' });
    const outcome =
      state === 'cancelled'
        ? ({ type: state, reference: null, says: 'Found.' } as const)
        : ({ type: state, code: 'not_cancelled', says: 'Found.' } as const);
    const learnt = [aFinding(outcome, { source: 'person' })];
    const tried = aDecision({ act: 'find', person: maria, refusal: 'own_request' });
    const message = shown(card(aStory({ state }, [aDecision(), tried, found], learnt, ended), setting));
    expect(message).toContain(title);
    expect(message).toContain(`*Found by*\n<@U_LENA>, 19 Nov, 09:00 UTC: ${words}`);
    expect(message.match(/Found by/g)).toHaveLength(2);
  });
});

describe('the form', () => {
  it('says what the provider said last and when, and what either answer does', () => {
    expect(formOf(unsettled(asked))).toMatchInlineSnapshot(`
      "Look at payment \`holdMedium1002\` at \`shop-pl\` with SIBS itself, now.
      *SIBS said last*, at 19 Dec, 09:00 UTC:
      “On hold, not captured yet.”
      What did you find?
      It was cancelled
      It was not cancelled, and nothing is under way
      Reference of the cancellation
      The id that SIBS gave the cancellation, if it shows one.
      Where did you look, and what does it say there?
      Either answer ends the request, and nothing is sent again. If it was not cancelled, whoever still wants that asks anew, for fresh evidence and fresh approvals."
    `);
  });

  it('says that nobody has asked yet', () => {
    expect(formOf(unsettled({ last: null, endedAt: null }))).toContain(
      'SIBS has not been asked yet what became of it.',
    );
  });

  it('remembers what was on screen, and since when', () => {
    const { private_metadata: remembered = '' } = findForm(
      unsettled(asked, { version: 7 }),
      memory,
      at,
      showTime,
    );
    expect(FindMemory.parse(JSON.parse(remembered))).toEqual({ ...memory, version: 7, openedAt: at });
  });
});

describe('whatever providers write', () => {
  it.each(hostileTexts)('%s stays words', (_what, text) => {
    const said = { last: { says: text, at }, endedAt: at };
    const story = unsettled(said, { payment: text });
    const form = findForm(story, memory, at, showTime);
    for (const message of [callMessage(story, setting), { text: '', blocks: form.blocks }]) {
      expect(liveIn(message)).toEqual([]);
    }
  });

  it('the longest of everything fits', () => {
    for (const { request } of longest('unknown')) {
      const story = unsettled({ last: { says: '&'.repeat(3000), at }, endedAt: at }, request);
      const many = {
        [request.rule.needs[0]?.group ?? '']: Array.from({ length: 50 }, (_one, n) => `U_${n}A123456789`),
      };
      expect(shown(callMessage(story, { showTime: inReadersZone, groups: many }))).toContain('please look');
      expect(formOf(story, inReadersZone)).toContain('What did you find?');
    }
  });
});
