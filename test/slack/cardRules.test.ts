import { describe, expect, it } from 'vitest';
import { canBeAskedAgain, isUnsettled, states } from '../../src/domain/request.ts';
import { card, headline, type Setting } from '../../src/slack/card.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import type { Story } from '../../src/usecases/story.ts';
import { anEvidence, lena } from '../domain/aRequest.ts';
import { aDecision, aStory, hostileTexts, liveIn, showTime, shown, textsOf } from './aStory.ts';
import { longest } from './longest.ts';

const groups = { finance: ['U_PAVEL', 'U_LENA', 'U_MARIA'], risk: ['U_LENA'] };
const setting = { showTime, groups };
const approved = aDecision();

function idsOf(version: number): string[] {
  const story = aStory({ version });
  const blocks = [headline(story), card(story, setting)].flatMap((message) => message.blocks);
  return blocks.flatMap((block) =>
    'block_id' in block && block.block_id !== undefined ? [block.block_id] : [],
  );
}

/** Whom the card mentions under its title. */
function calledIn(story: Story, approvers: Setting['groups'] = groups): string[] {
  const call = textsOf(card(story, { showTime, groups: approvers }).blocks)[1]?.text ?? '';
  return Array.from(call.matchAll(/<@(\w+)>/g), ([, user = '']) => user);
}

describe('the card', () => {
  it('gives buttons that carry the request and the digest of what is on screen, and no other data', () => {
    const { request } = aStory();
    const [actions] = card(aStory(), setting).blocks.filter((block) => block.type === 'actions');
    const buttons = (actions?.elements ?? []).flatMap((element) =>
      element.type === 'button' ? [element] : [],
    );
    expect(buttons.map((button) => [button.action_id, button.text.text, button.accessibility_label])).toEqual(
      [
        ['approve_request', 'Approve', 'Approve C-1042'],
        ['reject_request', 'Reject', 'Reject C-1042'],
        ['withdraw_request', 'Withdraw', 'Withdraw C-1042'],
      ],
    );
    expect(new Set(buttons.map((button) => button.value))).toEqual(
      new Set([JSON.stringify({ id: request.id, digest: request.digest })]),
    );
  });

  it.each(states.filter((state) => state !== 'pending'))(
    'has no buttons to decide and calls nobody when %s',
    (state) => {
      const message = card(aStory({ state }, [approved]), setting);
      const actions = message.blocks.filter((block) => block.type === 'actions');
      // As long as it is not settled, somebody may look at the provider; once it failed, somebody may ask again.
      const ids = actions.flatMap(({ elements }) => elements.map((element) => element.action_id));
      expect(ids).toEqual([
        ...(isUnsettled(state) ? ['record_finding'] : []),
        ...(canBeAskedAgain(state) ? ['ask_again'] : []),
      ]);
      expect(shown(message)).not.toMatch(/please approve|Decide before|U_LENA/);
    },
  );

  it('says what whoever approves has to confirm, in the text for screen readers too', () => {
    const stepUp = 'I called the customer.';
    const message = card(aStory({ rule: { policy: 'p1', needs: [], stepUp } }), setting);
    expect(textsOf(message.blocks).map(({ text }) => text)).toContain(`“${stepUp}”`);
    expect(message.text).toContain(`Whoever approves confirms: ${stepUp}`);
  });

  it('gets new block ids with every version, as Slack wants them', () => {
    expect(idsOf(1)).toHaveLength(2);
    expect(new Set([...idsOf(1), ...idsOf(2)]).size).toBe(4);
  });

  it('says to those who only hear it what it shows to the others', () => {
    const { text } = card(aStory(), setting);
    for (const said of [
      'C-1042',
      'holdMedium1002',
      '480.00',
      'U_MARIA',
      'Paid twice',
      anEvidence.says,
      '19 Nov',
    ]) {
      expect(text).toContain(said);
    }
    expect(card(aStory({ state: 'cancelled' }, [approved]), setting).text).toContain('<@U_PAVEL>');
  });
});

describe('the card calls', () => {
  it('the approvers, but not whoever asks', () => {
    expect(calledIn(aStory())).toEqual(['U_PAVEL', 'U_LENA']);
  });

  it('nobody who approved already', () => {
    const needs = [{ group: 'finance', count: 2 }];
    expect(calledIn(aStory({ rule: { policy: 'p1', needs } }, [approved]))).toEqual(['U_LENA']);
  });

  it('only those whose group is still missing, each once', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const rule = { policy: 'p1', needs };
    expect(calledIn(aStory({ rule }, [approved]))).toEqual(['U_LENA']);
    expect(calledIn(aStory({ rule }))).toEqual(['U_PAVEL', 'U_LENA']);
  });

  it('nobody whose group has approved already', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const more = { finance: ['U_PAVEL', 'U_TOM'], risk: ['U_LENA'] };
    expect(calledIn(aStory({ rule: { policy: 'p1', needs } }, [approved]), more)).toEqual(['U_LENA']);
  });

  it('everybody who would help, where whoever approved can stand for either of two groups', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    const either = aDecision({ groups: ['finance', 'risk'] });
    const more = { finance: ['U_PAVEL', 'U_TOM'], risk: ['U_PAVEL', 'U_LENA'] };
    expect(calledIn(aStory({ rule: { policy: 'p1', needs } }, [either]), more)).toEqual(['U_TOM', 'U_LENA']);
  });

  it('no more than twenty', () => {
    const many = Array.from({ length: 30 }, (_one, n) => `U_${n}`);
    expect(calledIn(aStory(), { finance: many })).toEqual(many.slice(0, 20));
  });

  it('nobody when nobody is left, and says so', () => {
    const needs = [{ group: 'risk', count: 1 }];
    const message = card(aStory({ requester: lena, rule: { policy: 'p1', needs } }), setting);
    expect(textsOf(message.blocks)[1]?.text).toBe(
      'Nobody is left who may approve this, so it expires unless it is rejected or withdrawn.',
    );
  });
});

describe('whatever people and providers write', () => {
  it.each(hostileTexts.flatMap(([what, text]) => states.map((state) => [what, state, text] as const)))(
    '%s stays words when the request is %s',
    (_what, state, text) => {
      const evidence = { ...anEvidence, says: text, facts: { [text]: text } };
      const request = {
        state,
        payment: text,
        details: { ticket: text },
        reason: text,
        evidence,
      };
      const story = aStory(request, [aDecision({ note: text })]);
      for (const message of [headline(story), card(story, setting)]) {
        expect(liveIn(message)).toEqual([]);
        expect(shown(message)).toContain('C-1042');
      }
    },
  );

  it.each(states)('the longest of everything fits when the request is %s', (state) => {
    for (const story of longest(state)) {
      for (const time of [showTime, inReadersZone]) {
        const called = { [story.request.rule.needs[0]?.group ?? '']: groups.finance };
        for (const message of [headline(story), card(story, { showTime: time, groups: called })]) {
          expect(shown(message)).toContain('C-999999999999');
        }
      }
    }
  });

  it('twenty approvers, twenty facts and every detail are all shown', () => {
    const [story] = longest('cancelled');
    const message = shown(card(story, setting));
    for (const { person } of story.approvals) expect(message).toContain(`<@${person.user}>`);
    for (const [label, value] of Object.entries(story.request.evidence.facts)) {
      expect(message).toContain(`${label}: ${value}`);
    }
    for (const name of Object.keys(story.request.details)) expect(message).toContain(`*${name}*`);
    expect(message).toContain('💥'.repeat(500));
  });
});
