import { once } from 'node:events';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalSlackPage } from './localSlackPage.ts';
import { type Demo, startDemo } from './startDemo.ts';

describe('the demo, in a browser', () => {
  let demo: Demo;
  let slack: LocalSlackPage;
  const picture = (name: string) => demo.picture(name);

  beforeAll(async () => {
    demo = await startDemo(4870);
    slack = demo.slack;
  });
  afterAll(() => demo.stop());

  it('asks, refuses the asker, lets a second person approve, and shows the payment cancelled', async () => {
    await slack.become('Rita Requester');
    await slack.openChannel('approvals');
    await slack.type('/cancel shop-pl holdMedium1002 Paid twice, see the mail of 19 November');
    await slack.waitForText('Ask for approval');
    await slack.fillForm({ Ticket: 'https://help.example.com/tickets/4711' });
    await picture('ask');
    await slack.submitForm('Ask for approval');
    await slack.waitForText('waits for a second person');
    await slack.closeForm();

    await slack.openThread('C-1001');
    await slack.waitForText('please approve or reject');
    await picture('card');
    await slack.press('Approve');
    await slack.waitForText('You asked for C-1001 yourself');
    await picture('refused');

    await slack.become('Anna Approver');
    await slack.press("I'm looking");
    await slack.waitForText('Everybody sees that you are looking at C-1001');
    await slack.waitForText('Looking at it: @Anna Approver since');
    await picture('looking');
    await slack.press('Approve');
    await slack.waitForText('SIBS says now');
    await picture('approve');
    await slack.submitForm('Approve');
    await slack.waitForText('SIBS cancelled the payment');
    await slack.waitForNoButton('Approve');
    await picture('done');

    await slack.type('/cancel summary');
    await slack.waitForText('carried in 0 + opened 1 = ended 1 + carried out 0');
  });

  it('lets a second person say what became of a payment that nobody knows about', async () => {
    await slack.become('Rita Requester');
    await slack.type('/cancel shop-pl holdDropped4002 Paid twice');
    await slack.submitForm('Ask for approval');
    await slack.waitForText('waits for a second person');
    await slack.closeForm();
    await slack.openThread('C-1002');
    await slack.become('Anna Approver');
    await slack.press('Approve');
    await slack.waitForText('SIBS says now');
    await slack.submitForm('Approve');
    await slack.press('Record what you found');
    await slack.choose('What did you find?', 'It was cancelled');
    await slack.fillForm({ 'Where did you look, and what does it say there?': 'Backoffice: reversed' });
    await picture('find');
    await slack.submitForm('Record');
    await slack.waitForText('looked at SIBS and found that the payment was cancelled');
    await slack.waitForNoButton('Record what you found');
  });

  it('shows an approver their Home, where they approve what waits for them', async () => {
    await slack.become('Rita Requester');
    await slack.openChannel('approvals');
    await slack.type('/cancel game-world b Chargeback announced');
    // Its client leaves out what was filled in beforehand, where it is optional.
    await slack.fillForm({ 'Payment ref': 'b480' });
    await slack.submitForm('Ask for approval');
    await slack.waitForText('waits for a second person');
    await slack.closeForm();
    for (const payment of ['shop-tr T4U_medium', 'hotel-kz 7777777771']) {
      await slack.type(`/cancel ${payment} Paid twice, see the mail of 19 November`);
      await slack.submitForm('Ask for approval');
      await slack.waitForText('waits for a second person');
      await slack.closeForm();
    }
    await slack.openThread('C-1003');
    await slack.become('Anna Approver');
    await slack.press('Approve');
    await slack.waitForText('Paymentwall says now');
    await slack.submitForm('Approve');
    await slack.waitForText('took the request in and decides later');

    await slack.openHome();
    await slack.waitForText('Waiting for you');
    await slack.waitForText('C-1005');
    await picture('home');
    await slack.press('Approve', { within: 'Waiting for you' });
    await slack.waitForText('says now');
    await slack.submitForm('Approve');
    await slack.waitForNoForm();
  });

  it('asks for the account first when the command names none', async () => {
    await slack.openChannel('approvals');
    await slack.type('/cancel');
    await slack.choose('Account', 'game-world (Paymentwall)');
    await slack.submitForm('Next');
    await slack.waitForText('Kind of ticket');
    await slack.closeForm();
  });

  it('keeps a record that psql can neither change nor forge', async () => {
    const sql = new Client({ connectionString: demo.databaseUrl });
    await sql.connect();
    await expect(sql.query(`update decisions set person_user = 'U0SAM'`)).rejects.toThrow(
      'decisions is append-only',
    );
    await expect(
      sql.query(
        `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at,
           salt, entry)
         select id, requester_user, 'approve', requester_team, requester_user, '{finance}', digest, now(), '', 9
         from requests`,
      ),
    ).rejects.toThrow('a request that is cancelled takes no approve');
    await sql.end();
  });

  it('stops everything when it is told to', async () => {
    const ended = once(demo.process, 'exit');
    demo.process.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(demo.url)).rejects.toThrow('fetch failed');
    await expect(new Client({ connectionString: demo.databaseUrl }).connect()).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});
