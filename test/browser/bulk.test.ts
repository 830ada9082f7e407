import { afterAll, beforeAll, describe, it } from 'vitest';
import type { LocalSlackPage } from './localSlackPage.ts';
import { type Demo, startDemo } from './startDemo.ts';

describe('many payments at once, in a browser', () => {
  let demo: Demo;
  let slack: LocalSlackPage;

  beforeAll(async () => {
    demo = await startDemo(4871);
    slack = demo.slack;
  });
  afterAll(() => demo.stop());

  it('shows the card of a bulk, how far it is, and what came of it', async () => {
    await slack.become('Rita Requester');
    await slack.openChannel('approvals');
    await slack.type('/cancel bulk shop-pl');
    const list = Array.from({ length: 30 }, (_one, index) => `holdBatch${5001 + index}`);
    await slack.fillForm({ Payments: list.join('\n'), Reason: 'The concert of 19 November was called off' });
    await slack.submitForm('Look them up');
    await slack.waitForText('30 payments are being looked up');
    await slack.closeForm();

    await slack.openThread('B-1001');
    await slack.waitForText('The complete list');
    await demo.picture('bulk-card');

    for (const approver of ['Anna Approver', 'Felix Finance']) {
      await slack.become(approver);
      await slack.press('Approve');
      await slack.submitForm('Approve');
      await slack.waitForNoForm();
    }
    await slack.waitForText(/(?:[89]|1\d|2[0-4]) of 30 done/);
    await demo.picture('bulk-half-way');
    await slack.waitForText('What became of each payment of B-1001');
    await demo.picture('bulk-done');
  });
});
