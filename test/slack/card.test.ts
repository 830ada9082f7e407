import { describe, expect, it } from 'vitest';
import { card } from '../../src/slack/card.ts';
import { headline } from '../../src/slack/headline.ts';
import { lena, maria } from '../domain/aRequest.ts';
import { aDecision, aStory, showTime, shown } from './aStory.ts';

const groups = { finance: ['U_PAVEL', 'U_LENA', 'U_MARIA'], risk: ['U_LENA'] };
const setting = { showTime, groups };
const approved = aDecision();

describe('the headline', () => {
  it('says what, how much, who asks, and how it stands', () => {
    expect(shown(headline(aStory(), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, asked by <@U_MARIA>. ⏳ Waiting for approval. decide before 19 Nov, 16:00 UTC
      ---
      *C-1042*  ·  \`shop-pl\`  ·  *480.00 PLN*  ·  asked by <@U_MARIA>
      ⏳ Waiting for approval  ·  decide before 19 Nov, 16:00 UTC"
    `);
  });

  it('says that only a part is asked for, and that nobody knows the amount', () => {
    expect(shown(headline(aStory({ partial: true, amount: null, state: 'unknown' }), setting)))
      .toMatchInlineSnapshot(`
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
      SIBS said, 19 Nov, 07:59 UTC: On hold, not captured yet. Amount: 480.00 PLN · Method: BLIK · Type: AUTH
      ticket: \`1\`
      Needs: 1 of \`finance\`
      Approved so far: Nobody yet (0 of 1)
      Digest \`aa3e 7969 717c\`, over all that is asked
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      *⏳ Waiting for approval*
      <@U_PAVEL> <@U_LENA> please approve or reject this. Nothing is sent before.
      *Amount*
      480.00 PLN
      *Payment*
      SIBS \`holdMedium1002\`
      *Asked by*
      <@U_MARIA>, 19 Nov, 08:00 UTC
      *Decide before*
      19 Nov, 16:00 UTC
      *Needs*
      1 of \`finance\`
      *Approved so far*
      Nobody yet (0 of 1)
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said*, 19 Nov, 07:59 UTC
      On hold, not captured yet.
      Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Digest \`aa3e 7969 717c\`, over all that is asked
      Approve
      Reject
      I'm looking
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
        ⏳ Waiting for approval, 1 of 2. Decide before 19 Nov, 16:00 UTC. <@U_LENA> please approve or reject this. Nothing is sent before.
        Reason: Paid twice
        SIBS said, 19 Nov, 07:59 UTC: On hold, not captured yet. Amount: 480.00 PLN · Method: BLIK · Type: AUTH
        ticket: \`1\`
        Needs: 1 of \`finance\` and 1 of \`risk\`
        Approved so far: 1 of 2: <@U_PAVEL>
        Still needs 1 of \`risk\`
        Digest \`ab0f 6aec a473\`, over all that is asked
        ---
        C-1042: cancel 480.00 PLN at shop-pl
        *⏳ Waiting for approval, 1 of 2*
        <@U_LENA> please approve or reject this. Nothing is sent before.
        *Amount*
        480.00 PLN
        *Payment*
        SIBS \`holdMedium1002\`
        *Asked by*
        <@U_MARIA>, 19 Nov, 08:00 UTC
        *Decide before*
        19 Nov, 16:00 UTC
        *Needs*
        1 of \`finance\` and 1 of \`risk\`
        *Approved so far*
        1 of 2: <@U_PAVEL>
        Still needs 1 of \`risk\`
        *ticket*
        \`1\`
        *Reason*
        “Paid twice”
        *What SIBS said*, 19 Nov, 07:59 UTC
        On hold, not captured yet.
        Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
        Digest \`ab0f 6aec a473\`, over all that is asked
        Approve
        Reject
        I'm looking
        Withdraw"
      `);
  });

  it('of a part of a payment that was cancelled', () => {
    const part = { partial: true, amount: { minor: 1250n, currency: 'PLN' } };
    expect(shown(card(aStory({ ...part, state: 'cancelled' }, [approved]), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel a part, 12.50 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
      ✅ Cancelled. Approved by <@U_PAVEL>, 19 Nov, 09:00 UTC.
      Reason: Paid twice
      SIBS said, 19 Nov, 07:59 UTC: On hold, not captured yet. Amount: 480.00 PLN · Method: BLIK · Type: AUTH
      ticket: \`1\`
      Needs: 1 of \`finance\`
      Digest \`36e9 3c58 bb33\`, over all that is asked
      ---
      C-1042: cancel a part, 12.50 PLN at shop-pl
      *✅ Cancelled*
      *Amount*
      12.50 PLN of 480.00 PLN
      *Payment*
      SIBS \`holdMedium1002\`
      *Asked by*
      <@U_MARIA>, 19 Nov, 08:00 UTC
      *Approved by*
      <@U_PAVEL>, 19 Nov, 09:00 UTC
      *Needs*
      1 of \`finance\`
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said*, 19 Nov, 07:59 UTC
      On hold, not captured yet.
      Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Digest \`36e9 3c58 bb33\`, over all that is asked"
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
      SIBS said, 19 Nov, 07:59 UTC: On hold, not captured yet. Amount: 480.00 PLN · Method: BLIK · Type: AUTH
      ticket: \`1\`
      Needs: 1 of \`finance\`
      Digest \`aa3e 7969 717c\`, over all that is asked
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      *🚫 Rejected*
      *Amount*
      480.00 PLN
      *Payment*
      SIBS \`holdMedium1002\`
      *Asked by*
      <@U_MARIA>, 19 Nov, 08:00 UTC
      *Approved by*
      <@U_PAVEL>, 19 Nov, 09:00 UTC
      *Rejected by*
      <@U_LENA>, 19 Nov, 09:00 UTC
      *Needs*
      1 of \`finance\`
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said*, 19 Nov, 07:59 UTC
      On hold, not captured yet.
      Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Digest \`aa3e 7969 717c\`, over all that is asked
      Ask again"
    `);
  });

  it('of a request that nobody decided on', () => {
    const expired = aDecision({ act: 'expire', person: null });
    expect(shown(card(aStory({ state: 'expired' }, [expired]), setting))).toMatchInlineSnapshot(`
      "C-1042: cancel 480.00 PLN at shop-pl, payment \`holdMedium1002\`, asked by <@U_MARIA>.
      ⌛ Expired. Expired 19 Nov, 09:00 UTC.
      Reason: Paid twice
      SIBS said, 19 Nov, 07:59 UTC: On hold, not captured yet. Amount: 480.00 PLN · Method: BLIK · Type: AUTH
      ticket: \`1\`
      Needs: 1 of \`finance\`
      Digest \`aa3e 7969 717c\`, over all that is asked
      ---
      C-1042: cancel 480.00 PLN at shop-pl
      *⌛ Expired*
      *Amount*
      480.00 PLN
      *Payment*
      SIBS \`holdMedium1002\`
      *Asked by*
      <@U_MARIA>, 19 Nov, 08:00 UTC
      *Expired*
      19 Nov, 09:00 UTC
      *Needs*
      1 of \`finance\`
      *ticket*
      \`1\`
      *Reason*
      “Paid twice”
      *What SIBS said*, 19 Nov, 07:59 UTC
      On hold, not captured yet.
      Amount: 480.00 PLN  ·  Method: BLIK  ·  Type: AUTH
      Digest \`aa3e 7969 717c\`, over all that is asked
      Ask again"
    `);
  });
});
