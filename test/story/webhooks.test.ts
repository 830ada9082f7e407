import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resultOf, signFreedompayWebhook } from '../../sandbox/freedompayWebhook.ts';
import { signPayfullWebhook } from '../../sandbox/payfullWebhook.ts';
import { signPaymentwallWebhook } from '../../sandbox/paymentwallWebhook.ts';
import { cancellationEvent, signSibsWebhook } from '../../sandbox/sibsWebhook.ts';
import { signTranzzoWebhook } from '../../sandbox/tranzzoWebhook.ts';
import { type House, openHouse } from '../fakes/house.ts';
import { approve, ask, type Asked, cardSaying, find, threadSaying } from './cast.ts';
import { deliver, refundPingback } from './reports.ts';

describe('a provider reports by itself', () => {
  let house: House;
  let secret: (name: string) => string;
  beforeAll(async () => {
    house = await openHouse('socket');
    secret = (name) => house.simulators.variables[name] ?? '';
  });
  afterAll(() => house.stop());

  async function unsettled(account: string, reference: string, state: string): Promise<Asked> {
    const asked = await ask(house, 'maria', account, reference);
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, state);
    return asked;
  }

  async function rowOf({ name }: Asked): Promise<{ key: string; amount_minor: string }> {
    const { rows } = await house.database.sql.query<{ key: string; amount_minor: string }>(
      'select key, amount_minor from requests where number = $1',
      [name.slice(2)],
    );
    return rows[0] ?? { key: '', amount_minor: '' };
  }

  it('Paymentwall: the pingback turns an accepted ticket into a cancelled payment, however often it comes', async () => {
    const asked = await unsettled('game-world', 'b480', 'Accepted by the provider');
    expect(await deliver(house, refundPingback(house, 'b480'))).toEqual({ status: 200, body: 'OK' });
    expect(await deliver(house, refundPingback(house, 'b480'))).toEqual({ status: 200, body: 'OK' });
    await cardSaying(house, asked, '✅ Cancelled');
    await threadSaying(house, asked, 'Paymentwall cancelled the payment, as it reports.');
    const { rows } = await house.database.sql.query(`select id from notices where payment = 'b480'`);
    expect(rows).toHaveLength(1);
  });

  it('Paymentwall: a refund does not end a request for something else', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel game-world brecurring Moved away');
    await (await maria.sees.form()).fill({ 'Kind of ticket': 'Recurring cancellation' }).submit();
    const made = await maria.sees.form(({ words }) => words.includes('waits for a second person'));
    const name = /C-\d+/.exec(made.words)?.[0] ?? '';
    const asked = { name, ...(await find(house, name)) };
    await approve(house, 'pavel', asked.card);
    await cardSaying(house, asked, 'Accepted by the provider');
    expect((await deliver(house, refundPingback(house, 'brecurring'))).status).toBe(200);
    await threadSaying(house, asked, 'as a look-up shows');
    const { rows } = await house.database.sql.query(
      `select o.source from outcomes o join attempts a on a.id = o.attempt_id join requests r on r.id = a.request_id
       where r.number = $1 order by o.id`,
      [name.slice(2)],
    );
    expect(rows).toEqual([{ source: 'answer' }, { source: 'look_up' }]);
  });

  it('SIBS: a lost answer is found again by the id that the web-hook tells', async () => {
    const asked = await unsettled('shop-pl', 'holdDropped4002', 'Outcome unknown');
    const { key, amount_minor } = await rowOf(asked);
    const event = cancellationEvent(`holdDropped4002Cancelled${amount_minor}`, key, '101778');
    const account = { webhook_key: secret('SIBS_WEBHOOK_KEY') };
    expect((await deliver(house, signSibsWebhook(account, 'shop-pl', event))).status).toBe(200);
    await cardSaying(house, asked, '✅ Cancelled');
    expect(house.simulators.accounts.get('shop-pl')?.effects('holdDropped4002')).toBe(1);
  });

  it.each([
    [
      'Tranzzo',
      'shop-ua',
      'order-4002-dropped',
      () =>
        signTranzzoWebhook({ api_secret: secret('TRANZZO_API_SECRET') }, 'shop-ua', {
          pos_id: 'dc728de1-51ef-4ef1-80f7-3b44b07b5667',
          order_id: 'order-4002-dropped',
          status: 'failure',
        }),
    ],
    [
      'Freedom Pay',
      'hotel-kz',
      '7777778002',
      () =>
        signFreedompayWebhook({ secret: secret('FREEDOMPAY_SECRET') }, 'hotel-kz', resultOf('7777778002')),
    ],
    [
      'Payfull',
      'shop-tr',
      'T4U_dropped',
      () =>
        signPayfullWebhook(
          { password: secret('PAYFULL_PASSWORD') },
          { type: 'Sale', status: '1', ErrorCode: '00', ErrorMSG: '', transaction_id: 'T4U_dropped' },
        ),
    ],
  ])(
    '%s: a web-hook is a reason to look, and the look-up settles it',
    async (_provider, account, reference, sign) => {
      const asked = await unsettled(account, reference, 'Outcome unknown');
      expect((await deliver(house, sign())).status).toBe(200);
      await cardSaying(house, asked, '✅ Cancelled');
      await threadSaying(house, asked, 'as a look-up shows');
      expect(house.simulators.accounts.get(account)?.effects(reference)).toBe(1);
    },
  );

  it('raises an alarm in the finance channel, once, when nobody approved that here', async () => {
    const finance = house.slack.channel('finance');
    for (let times = 0; times < 3; times += 1) await deliver(house, refundPingback(house, 'b12500'));
    const alarm = await finance.waitForMessage(({ text }) => text.includes('`b12500`'));
    expect(alarm.text).toContain('nobody approved that here');
    expect(alarm.text).toContain('`b12500` at `game-world`');
    house.wait(120);
    await house.countersign.usecases.tick();
    expect(finance.messages.filter(({ text }) => text.includes('b12500'))).toHaveLength(1);
  });

  it('raises the alarm also for a payment whose cancellation the provider had refused us', async () => {
    const asked = await ask(house, 'maria', 'game-world', 'bforeign');
    // Nobody knows the amount, so it counts as the highest.
    await approve(house, 'pavel', asked.card);
    await approve(house, 'lena', asked.card);
    await cardSaying(house, asked, 'Refused by the provider');
    await deliver(house, refundPingback(house, 'bforeign'));
    await house.slack
      .channel('finance')
      .waitForMessage(({ text }) => text.includes('`bforeign` at `game-world`'));
    await cardSaying(house, asked, 'Refused by the provider');
  });

  it('is not surprised by the refund of a payment that was asked for by its user', async () => {
    const maria = house.slack.person('maria');
    await maria.types('/cancel game-world x Chargeback announced');
    await (await maria.sees.form()).fill({ ref: '', uid: 'maria' }).submit();
    const made = await maria.sees.form(({ words }) => words.includes('waits for a second person'));
    const name = /C-\d+/.exec(made.words)?.[0] ?? '';
    const asked = { name, ...(await find(house, name)) };
    await approve(house, 'pavel', asked.card);
    await approve(house, 'lena', asked.card);
    await cardSaying(house, asked, 'Accepted by the provider');
    const account = { secret: secret('PAYMENTWALL_SECRET'), sign_version: 2 } as const;
    const fields = {
      uid: 'maria',
      goodsid: 'g',
      slength: '',
      speriod: '',
      type: '2',
      ref: 'b99',
      reason: '9',
    };
    expect((await deliver(house, signPaymentwallWebhook(account, fields))).status).toBe(200);
    const { rows } = await house.database.sql.query(`select alarming from notices where payment = 'b99'`);
    expect(rows).toEqual([{ alarming: false }]);
  });

  it('takes the true pingback also after one that was cut up to mean less', async () => {
    const asked = await unsettled('game-world', 'breview', 'Accepted by the provider');
    const whole = refundPingback(house, 'breview');
    const recut = { ...whole, target: whole.target.replace('slength=&speriod=', 'slength=speriod%3D') };
    expect((await deliver(house, recut)).status).toBe(200);
    expect((await deliver(house, whole)).status).toBe(200);
    await cardSaying(house, asked, '✅ Cancelled');
  });

  it('keeps no record of what is no business of ours', async () => {
    const account = { secret: secret('PAYMENTWALL_SECRET'), sign_version: 2 } as const;
    const fields = { uid: 'user-17', goodsid: 'g', slength: '', speriod: '', type: '0', ref: 'bpaid1' };
    expect(await deliver(house, signPaymentwallWebhook(account, fields))).toEqual({
      status: 200,
      body: 'OK',
    });
    const { rows } = await house.database.sql.query(`select from notices where payment = 'bpaid1'`);
    expect(rows).toEqual([]);
  });

  it('ends a request that still waits for approval, because there is nothing left to approve', async () => {
    const asked = await ask(house, 'maria', 'game-world', 'b4990');
    await deliver(house, refundPingback(house, 'b4990'));
    await cardSaying(house, asked, '🍂 Lapsed');
    await house.slack
      .channel('finance')
      .waitForMessage(({ text }) => text.includes('`b4990` at `game-world`'));
  });

  it('believes nobody without the right signature', async () => {
    const asked = await unsettled('game-world', 'bwaiting', 'Accepted by the provider');
    const forged = refundPingback(house, 'bwaiting');
    expect((await deliver(house, { ...forged, target: forged.target.replace(/.$/, 'x') })).status).toBe(403);
    expect(
      (await deliver(house, { ...forged, target: forged.target.replace('game-world', 'shop-tr') })).status,
    ).toBe(403);
    await cardSaying(house, asked, 'Accepted by the provider');
    const { rows } = await house.database.sql.query(`select from notices where payment = 'bwaiting'`);
    expect(rows).toEqual([]);
  });

  it.each([
    ['/webhooks/nobody', 'x', 404],
    ['/webhooks/', 'x', 404],
    ['/healthz', 'x', 404],
    ['/webhooks/shop-ua', 'x'.repeat(70_000), 413],
    ['/webhooks/shop-ua', '\u0000', 403],
    ['/webhooks/shop-pl', '', 403],
  ])('answers rubbish at %s shortly', async (target, body, status) => {
    const reply = await deliver(house, { method: 'POST', target, headers: {}, body });
    expect(reply.status).toBe(status);
    expect(reply.body.length).toBeLessThan(200);
  });
});
