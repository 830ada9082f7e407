import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import { readWords } from '../fakes/slack/person.ts';
import { approve, ask, cardSaying, threadSaying } from './cast.ts';

describe('what is wrong is said in a sentence, and nothing is sent or lost', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse('http');
  });
  afterAll(() => house.stop());

  it.each([
    ['/cancel shop-xx tx1', "I don't know `shop-xx`: it is neither a command nor an account."],
    ['/cancel frobnicate', "I don't know `frobnicate`"],
    ['/cancel <!channel> now', "I don't know `&lt;!channel&gt;`"],
    ['/cancel list everything', 'I can list `open`, `pending`, `mine`, `unknown`, but not `everything`.'],
    ['/cancel find', "Say what to find: the payment's reference"],
    ['/cancel find <!here>', 'Nothing was found for `&lt;!here&gt;`'],
    ['/cancel show me', 'Say which: `/cancel show C-1042`'],
    ['/cancel show C-999999', 'There is no request C-999999.'],
    ['/cancel summary tomorrow', 'Name a day as `2026-11-19`'],
    ['/cancel summary 2026-02-30', 'Name a day as `2026-11-19`'],
    ['/cancel help', 'Nobody cancels a payment alone'],
  ])('%s', async (typed, sentence) => {
    const maria = house.slack.person('maria');
    await maria.types(typed);
    await maria.sees.ephemeral(({ text }) => text.includes(sentence));
  });

  it.each([
    [
      'a malformed reference',
      { transaction_id: '../../admin' },
      'transaction_id',
      'Enter the transaction id that SIBS gave',
    ],
    [
      'a malformed amount',
      { How: 'A part of it', part: '12,5' },
      'part',
      'Enter the amount of the part with a point',
    ],
    [
      'a part without an amount',
      { How: 'A part of it' },
      'part',
      'Enter the amount of the part with a point',
    ],
    ['an over-long reason', { Reason: 'x'.repeat(501) }, 'reason', 'within 500 characters; it has 501'],
    ['a reason of blanks', { Reason: '  ' }, 'reason', 'Say why the payment is to be cancelled.'],
  ])(
    '%s is told at its field',
    async (_what, { How, ...answers }: Record<string, string>, field, sentence) => {
      const maria = house.slack.person('maria');
      await maria.types('/cancel shop-pl holdMedium1002 Paid twice');
      const form = (await maria.sees.form()).fill(answers);
      if (How !== undefined) form.fill({ 'How much': How });
      const { closed, errors } = await form.submit();
      expect(closed).toBe(false);
      expect(errors?.[field]).toContain(sentence);
    },
  );

  it('asks which account first when none is named, then what its provider needs', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel');
    const choose = await maria.sees.form();
    const { form } = await choose.fill({ Account: 'game-world (Paymentwall)' }).submit();
    expect(form?.words).toContain('game-world (Paymentwall)');
    const filled = form?.fill({ ref: 'b4990', ticket: 'Refund', Reason: 'Asked by mail' });
    await filled?.submit();
    await maria.sees.form(({ words }) => words.includes('waits for a second person'));
  });

  it.each([
    ['shop-pl', 'cardPaid2003', 'refund'],
    ['shop-pl', 'unknown9999', 'does not know'],
    ['shop-tr', 'T4U_settled', 'refund'],
    ['shop-ua', 'order-2004-cancelled', 'ancelled'],
    ['hotel-kz', '7777770001', 'refund'],
  ])('at %s, %s is refused in the form before anyone is asked', async (account, reference, remedy) => {
    const maria = house.slack.person('maria');
    await maria.types(`/cancel ${account} ${reference} Paid twice`);
    await (await maria.sees.form()).submit();
    const notice = await maria.sees.form(({ words }) =>
      words.includes("can't be cancelled, so no request was made"),
    );
    expect(notice.words).toContain(remedy);
    const { rows } = await house.database.sql.query('select from requests where payment = $1', [reference]);
    expect(rows).toEqual([]);
  });

  it('leaves out what a person emptied, although the command had filled it in', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel game-world b480 Chargeback announced');
    await (await maria.sees.form()).fill({ ref: '', uid: 'user-17' }).submit();
    await maria.sees.form(({ words }) => words.includes('waits for a second person'));
    const { rows } = await house.database.sql.query(
      `select payment from requests where account = 'game-world' order by number desc`,
    );
    expect(rows[0]).toEqual({ payment: 'uid:user-17' });
  });

  it('shows a hostile reason as it was typed, everywhere', async () => {
    const reason = '<!channel> <@U_TOM> <https://evil.example|click> `code` *bold* & 👩‍👩‍👧‍👦 עִבְרִית \u202Eevil';
    const asked = await ask(house, 'maria', 'shop-tr', 'T4U_small', reason);
    const quoted = asked.card.blocks.filter((block) => JSON.stringify(block).includes('evil.example'));
    expect(quoted.map((block) => block.type === 'section' && block.text?.type)).toEqual(['plain_text']);
    expect(asked.card.text).not.toContain('<!channel>');
    expect(readWords(asked.card)).toContain(reason);

    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, '✅ Cancelled');
    const maria = house.slack.person('maria');
    await maria.types(`/cancel show ${asked.name}`);
    const shown = await maria.sees.ephemeral(({ text }) => text.includes(`*${asked.name}`));
    expect(shown.text).toContain('&lt;!channel&gt;');
    expect(shown.text).not.toContain('<!channel>');
  });

  it('tells what came of it directly when the form was closed meanwhile', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel shop-tr T4U_large Paid twice');
    const form = await maria.sees.form();
    house.slack.breaks('views.update', { type: 'refused', error: 'not_found' });
    await form.submit();
    await maria.sees.directMessage(({ text }) => text.includes('waits for a second person'));
  });

  it('makes one request of a form that is sent twice', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel hotel-kz 7777777771 Paid twice');
    const form = await maria.sees.form();
    await Promise.allSettled([form.submit(), form.submit()]);
    await house.slack.channel('approvals').waitForMessage(({ text }) => text.includes('7777777771'));
    const { rows } = await house.database.sql.query(`select from requests where payment = '7777777771'`);
    expect(rows).toHaveLength(1);
  });

  it('takes a click on an old copy of the card for what it is', async () => {
    const asked = await ask(house, 'maria', 'shop-ua', 'order-1002-unpaid');
    const tom = house.slack.person('tom');
    await house.slack.person('maria').presses('Withdraw', asked.card);
    await threadSaying(house, asked, 'withdrew');
    const pavel = house.slack.person('pavel');
    for (const button of ['Approve', 'Reject']) {
      await pavel.presses(button, asked.card);
      await pavel.sees.ephemeral(({ text }) =>
        text.startsWith(`${asked.name} is not waiting for a decision`),
      );
    }
    await tom.presses('Withdraw', asked.card);
    await tom.sees.ephemeral(({ text }) => text.startsWith(`${asked.name} is not waiting for a decision`));
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });

  it('takes no notice of a request that Slack did not sign', async () => {
    house.slack.signWith({ signingSecret: 'not-the-secret' });
    await expect(house.slack.person('maria').types('/cancel help')).rejects.toThrow(/401/);
    house.slack.signWith({ signingSecret: house.slack.signingSecret });
  });
});
