import { describe, expect, it } from 'vitest';
import { states } from '../../src/domain/request.ts';
import { card, headline } from '../../src/slack/card.ts';
import { inReadersZone } from '../../src/slack/look.ts';
import type { Story } from '../../src/usecases/ports.ts';
import { anEvidence, lena, maria } from '../domain/aRequest.ts';
import { aDecision, aStory, expectInert, hostileTexts, showTime, shown, textsOf } from './aStory.ts';
import { longest } from './longest.ts';

const groups = { finance: ['U_PAVEL', 'U_LENA', 'U_MARIA'], risk: ['U_LENA'] };
const setting = { showTime, groups };
const approved = aDecision();

describe('the headline', () => {
  it('says what, how much, who asks, and how it stands', () => {
    expect(shown(headline(aStory()))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, asked by <@U_MARIA>. ⏳ Waiting for approval
      ---
      *C-1042*  ·  \`shop-pl\`  ·  *480.00 PLN*  ·  asked by <@U_MARIA>
      ⏳ Waiting for approval"
    `);
  });

  it('says that only a part is asked for, and that nobody knows the amount', () => {
    expect(
      shown(headline(aStory({ partial: true, amount: null, state: 'unknown' }))),
    ).toMatchInlineSnapshot(`
      "C-1042: cancel a part, amount not known at shop-pl, asked by <@U_MARIA>. ❓ Outcome unknown
      ---
      *C-1042*  ·  \`shop-pl\`  ·  *amount not known* (a part)  ·  asked by <@U_MARIA>
      ❓ Outcome unknown"
    `);
  });
});

describe('the card', () => {
  it('of a new request', () => {
    expect(shown(card(aStory(), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>. ⏳ Waiting for approval. Decide before 19 Nov, 16:00 UTC. <@U_PAVEL> <@U_LENA> please approve or reject this. Nothing is sent before.
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      <@U_PAVEL> <@U_LENA> please approve or reject this. Nothing is sent before.
      *Provider*
      SIBS
      *Payment*
      \`holdMedium1002\`
      *Amount*
      480.00 PLN
      *Asked by*
      <@U_MARIA>
      *Decide before*
      19 Nov, 16:00 UTC
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said* at 19 Nov, 07:59 UTC
      On hold, not captured yet.  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by nobody yet  ·  digest \`dd10 6f30 5ae3\`
      Approve
      Reject
      Withdraw"
    `);
  });

  it('that one has approved and another must', () => {
    const needs = [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ];
    expect(
      shown(card(aStory({ rule: { policy: 'p1', needs } }, [approved]), setting)),
    ).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>. ⏳ Waiting for approval. Decide before 19 Nov, 16:00 UTC. <@U_LENA> please approve or reject this. Nothing is sent before.
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      <@U_LENA> please approve or reject this. Nothing is sent before.
      *Provider*
      SIBS
      *Payment*
      \`holdMedium1002\`
      *Amount*
      480.00 PLN
      *Asked by*
      <@U_MARIA>
      *Decide before*
      19 Nov, 16:00 UTC
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said* at 19 Nov, 07:59 UTC
      On hold, not captured yet.  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\` and 1 of \`risk\`; approved by <@U_PAVEL>  ·  digest \`1a9c 2493 41c0\`
      Approve
      Reject
      Withdraw"
    `);
  });

  it('of a part of a payment that was cancelled', () => {
    const part = { partial: true, amount: { minor: 1250n, currency: 'PLN' } };
    expect(shown(card(aStory({ ...part, state: 'cancelled' }, [approved]), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel a part, 12.50 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>. ✅ Cancelled. Decide before 19 Nov, 16:00 UTC.
      ---
      C-1042: cancel a part, 12.50 PLN at shop-pl
      *✅ Cancelled*
      *Provider*
      SIBS
      *Payment*
      \`holdMedium1002\`
      *Amount*
      12.50 PLN of 480.00 PLN
      *Asked by*
      <@U_MARIA>
      *Approved by*
      <@U_PAVEL>, 19 Nov, 09:00 UTC
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said* at 19 Nov, 07:59 UTC
      On hold, not captured yet.  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by <@U_PAVEL>  ·  digest \`3770 727d 845e\`"
    `);
  });

  it('of a request that was rejected after a first approval, and that someone else clicked on', () => {
    const rejected = aDecision({ act: 'reject', person: lena, note: 'It was captured.' });
    const late = aDecision({ act: 'approve', person: maria, refusal: 'own_request' });
    const story = aStory({ state: 'rejected' }, [approved, late, rejected]);
    expect(shown(card(story, setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>. 🚫 Rejected. Decide before 19 Nov, 16:00 UTC.
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      *🚫 Rejected*
      *Provider*
      SIBS
      *Payment*
      \`holdMedium1002\`
      *Amount*
      480.00 PLN
      *Asked by*
      <@U_MARIA>
      *Approved by*
      <@U_PAVEL>, 19 Nov, 09:00 UTC
      *Rejected by*
      <@U_LENA>, 19 Nov, 09:00 UTC
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said* at 19 Nov, 07:59 UTC
      On hold, not captured yet.  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by <@U_PAVEL>  ·  digest \`dd10 6f30 5ae3\`"
    `);
  });

  it('of a request that nobody decided on', () => {
    const expired = aDecision({ act: 'expire', person: null });
    expect(shown(card(aStory({ state: 'expired' }, [expired]), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>. ⌛ Expired. Decide before 19 Nov, 16:00 UTC.
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      *⌛ Expired*
      *Provider*
      SIBS
      *Payment*
      \`holdMedium1002\`
      *Amount*
      480.00 PLN
      *Asked by*
      <@U_MARIA>
      *Expired*
      19 Nov, 09:00 UTC
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said* at 19 Nov, 07:59 UTC
      On hold, not captured yet.  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by nobody yet  ·  digest \`dd10 6f30 5ae3\`"
    `);
  });

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
    'has no buttons and calls nobody when %s',
    (state) => {
      const message = card(aStory({ state }, [approved]), setting);
      expect(message.blocks.filter((block) => block.type === 'actions')).toEqual([]);
      expect(shown(message)).not.toMatch(/please approve|Decide before|U_LENA/);
    },
  );

  it('gets new block ids with every version, as Slack wants them', () => {
    const idsOf = (version: number) =>
      [headline(aStory({ version })), card(aStory({ version }), setting)].flatMap(({ blocks }) =>
        blocks.flatMap((block) => ('block_id' in block ? [block.block_id] : [])),
      );
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
  const calledIn = (story: Story) =>
    Array.from(textsOf(card(story, setting).blocks)[1]?.text.matchAll(/<@(\w+)>/g) ?? [], ([, user]) => user);

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

  it('nobody when nobody is left, and says so', () => {
    const needs = [{ group: 'risk', count: 1 }];
    const message = card(aStory({ requester: lena, rule: { policy: 'p1', needs } }), setting);
    expect(textsOf(message.blocks)[1]?.text).toBe(
      'Nobody who may approve this is left, so it can only be rejected or withdrawn.',
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
        details: { ticket: text, [text]: text },
        reason: text,
        evidence,
      };
      const story = aStory(request, [aDecision({ note: text })]);
      expectInert(headline(story));
      expectInert(card(story, setting));
      shown(headline(story));
      shown(card(story, setting));
    },
  );

  it.each(states)('the longest of everything fits when the request is %s', (state) => {
    for (const story of longest(state)) {
      for (const time of [showTime, inReadersZone]) {
        shown(headline(story));
        shown(
          card(story, {
            showTime: time,
            groups: { [story.request.rule.needs[0]?.group ?? '']: groups.finance },
          }),
        );
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
