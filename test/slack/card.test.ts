import { describe, expect, it } from 'vitest';
import { card, headline } from '../../src/slack/card.ts';
import { lena, maria } from '../domain/aRequest.ts';
import { aDecision, aStory, showTime, shown } from './aStory.ts';

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
    expect(shown(headline(aStory({ partial: true, amount: null, state: 'unknown' })))).toMatchInlineSnapshot(`
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
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
      ⏳ Waiting for approval. Decide before 19 Nov, 16:00 UTC. <@U_PAVEL> <@U_LENA> please approve or reject this. Nothing is sent before.
      Reason: Paid twice
      SIBS said: On hold, not captured yet. · Amount: 480.00 PLN · Method: BLIK · Type: AUTH
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
      On hold, not captured yet.  ·  Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by nobody yet  ·  digest \`aa3e 7969 717c\`
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
    expect(shown(card(aStory({ rule: { policy: 'p1', needs } }, [approved]), setting)))
      .toMatchInlineSnapshot(`
        "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
        ⏳ Waiting for approval. Decide before 19 Nov, 16:00 UTC. <@U_LENA> please approve or reject this. Nothing is sent before.
        Reason: Paid twice
        SIBS said: On hold, not captured yet. · Amount: 480.00 PLN · Method: BLIK · Type: AUTH
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
        On hold, not captured yet.  ·  Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
        Needs 1 of \`finance\` and 1 of \`risk\`; approved by <@U_PAVEL>  ·  digest \`ab0f 6aec a473\`
        Approve
        Reject
        Withdraw"
      `);
  });

  it('of a part of a payment that was cancelled', () => {
    const part = { partial: true, amount: { minor: 1250n, currency: 'PLN' } };
    expect(shown(card(aStory({ ...part, state: 'cancelled' }, [approved]), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel a part, 12.50 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
      ✅ Cancelled. Approved by <@U_PAVEL>, 19 Nov, 09:00 UTC.
      Reason: Paid twice
      SIBS said: On hold, not captured yet. · Amount: 480.00 PLN · Method: BLIK · Type: AUTH
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
      On hold, not captured yet.  ·  Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by <@U_PAVEL>  ·  digest \`36e9 3c58 bb33\`"
    `);
  });

  it('of a request that was rejected after a first approval, and that someone else clicked on', () => {
    const rejected = aDecision({ act: 'reject', person: lena, note: 'It was captured.' });
    const late = aDecision({ act: 'approve', person: maria, refusal: 'own_request' });
    const story = aStory({ state: 'rejected' }, [approved, late, rejected]);
    expect(shown(card(story, setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
      🚫 Rejected. Approved by <@U_PAVEL>, 19 Nov, 09:00 UTC. Rejected by <@U_LENA>, 19 Nov, 09:00 UTC.
      Reason: Paid twice
      SIBS said: On hold, not captured yet. · Amount: 480.00 PLN · Method: BLIK · Type: AUTH
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
      On hold, not captured yet.  ·  Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by <@U_PAVEL>  ·  digest \`aa3e 7969 717c\`
      Ask again"
    `);
  });

  it('of a request that nobody decided on', () => {
    const expired = aDecision({ act: 'expire', person: null });
    expect(shown(card(aStory({ state: 'expired' }, [expired]), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
      ⌛ Expired. Expired 19 Nov, 09:00 UTC.
      Reason: Paid twice
      SIBS said: On hold, not captured yet. · Amount: 480.00 PLN · Method: BLIK · Type: AUTH
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
      On hold, not captured yet.  ·  Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Needs 1 of \`finance\`; approved by nobody yet  ·  digest \`aa3e 7969 717c\`
      Ask again"
    `);
  });
});
