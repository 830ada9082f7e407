import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type House, openHouse } from '../fakes/house.ts';
import type { Form } from '../fakes/slack/form.ts';
import { ask } from './cast.ts';

/** What a form is filled in with, by the block of each field. */
function filledIn(form: Form): Record<string, string> {
  return Object.fromEntries(
    form.blocks.flatMap((block) =>
      block.type === 'input' && 'initial_value' in block.element && block.element.initial_value !== undefined
        ? [[block.block_id, block.element.initial_value]]
        : [],
    ),
  );
}

describe.each(['socket', 'http'] as const)('shortcuts, over %s', (transport) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(transport);
  });
  afterAll(() => house.stop());

  it('“Cancel a payment” opens the form anywhere', async () => {
    const tom = house.slack.person('tom');
    await tom.usesShortcut('cancel_a_payment');
    const choose = await tom.sees.form();
    const { form } = await choose.fill({ Account: 'shop-tr (Payfull)' }).submit();
    expect(filledIn(form ?? choose)).toEqual({});
  });

  it('“Cancel this payment” fills in the account, the reference and where it comes from', async () => {
    const [tom, maria] = [house.slack.person('tom'), house.slack.person('maria')];
    const message = tom.writes(
      'Please cancel shop-pl holdMedium1002, *paid twice* on 2026-11-19 & 480.00 PLN',
      {
        in: 'general',
      },
    );
    await maria.usesShortcut('cancel_this_payment', message);
    const form = await maria.sees.form();
    expect(form.words).toContain('shop-pl (SIBS)');
    const link = `https://acme.slack.com/archives/C_GENERAL/p${message.ts.replace('.', '')}`;
    expect(filledIn(form)).toEqual({
      transaction_id: 'holdMedium1002',
      reason: `From ${link}: “Please cancel shop-pl holdMedium1002, *paid twice* on 2026-11-19 & 480.00 PLN”`,
    });
    await form.submit();
    const made = await maria.sees.form(({ words }) => words.includes('waits for a second person'));
    expect(made.words).toContain('C-');
  });

  it('carries the reference on where the account has to be chosen first', async () => {
    const [tom, maria] = [house.slack.person('tom'), house.slack.person('maria')];
    const message = tom.writes('holdSmall1001 can go', { in: 'general' });
    await maria.usesShortcut('cancel_this_payment', message);
    const choose = await maria.sees.form();
    const { form } = await choose.fill({ Account: 'shop-pl (SIBS)' }).submit();
    const { reason, ...fields } = filledIn(form ?? choose);
    expect(fields).toEqual({ transaction_id: 'holdSmall1001' });
    expect(reason).toContain('“holdSmall1001 can go”');
  });

  it('tells the account by the reference, where one provider alone has such', async () => {
    const [tom, maria] = [house.slack.person('tom'), house.slack.person('maria')];
    const message = tom.writes('order-1001-unpaid can go', { in: 'general' });
    await maria.usesShortcut('cancel_this_payment', message);
    const form = await maria.sees.form();
    expect(form.words).toContain('shop-ua (Tranzzo)');
    expect(filledIn(form)).toMatchObject({ order_id: 'order-1001-unpaid' });
  });

  it('knows a payment that was asked for before, without its account', async () => {
    const [tom, maria] = [house.slack.person('tom'), house.slack.person('maria')];
    await ask(house, 'maria', 'hotel-kz', '7777777771');
    const message = tom.writes('7777777771 was never cancelled, was it? Order 4711 neither', {
      in: 'general',
    });
    await maria.usesShortcut('cancel_this_payment', message);
    const form = await maria.sees.form();
    expect(form.words).toContain('hotel-kz (Freedom Pay)');
    expect(filledIn(form)).toMatchObject({ payment_id: '7777777771' });
  });

  it('opens the form empty where a message names no payment, and without a link where Slack tells none', async () => {
    const [tom, maria] = [house.slack.person('tom'), house.slack.person('maria')];
    const message = tom.writes('Could somebody please <!channel> look?', { in: 'general' });
    house.slack.breaks('chat.getPermalink', { type: 'refused', error: 'channel_not_found' });
    await maria.usesShortcut('cancel_this_payment', message);
    const choose = await maria.sees.form();
    const { form } = await choose.fill({ Account: 'shop-pl (SIBS)' }).submit();
    expect(filledIn(form ?? choose)).toEqual({ reason: '“Could somebody please look?”' });
  });

  it('opens the form in time, also when Slack is slow to tell the link', async () => {
    const [tom, maria] = [house.slack.person('tom'), house.slack.person('maria')];
    house.slack.breaks('chat.getPermalink', { type: 'delayed', delayMs: 4000 });
    await maria.usesShortcut(
      'cancel_this_payment',
      tom.writes('hotel-kz 7777777772 please', { in: 'general' }),
    );
    const form = await maria.sees.form();
    expect(filledIn(form)).toEqual({
      payment_id: '7777777772',
      reason: '“hotel-kz 7777777772 please”',
    });
  });

  it('never did what Slack would refuse', () => {
    expect(house.slack.complaints).toEqual([]);
  });
});
