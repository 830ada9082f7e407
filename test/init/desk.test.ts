/** The questions, as somebody at a terminal answers them. */
import { PassThrough } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import { createDesk } from '../../src/init/desk.ts';
import { askQuestions } from '../../src/init/questions.ts';
import { planFrom, Wishes } from '../../src/init/wishes.ts';

const ENTER = '\r';
const DOWN = '\u001B[B';
const CTRL_C = '\u0003';

/** Somebody who types each answer when its question has come. */
function sitDown() {
  const input = new PassThrough();
  const output = new PassThrough();
  let shown = '';
  output.on('data', (part: Buffer) => {
    shown += part.toString();
  });
  return {
    desk: createDesk({ input, output }),
    shown: () => shown,
    type: async (question: string, keys: string) => {
      await vi.waitFor(() => expect(shown).toContain(question));
      shown = '';
      input.write(keys);
    },
  };
}

const none = Wishes.parse({});

describe('the questions', () => {
  it('lead to a plan, and show no secret', async () => {
    const { desk, shown, type } = sitDown();
    const answers = askQuestions(desk, none, {});
    await type('How do Slack and Countersign reach each other?', ENTER);
    await type('Bot token', 'xoxb-typed');
    await vi.waitFor(() => expect(shown()).toContain('▪▪▪'));
    expect(shown()).not.toContain('xoxb-typed');
    await type('▪▪▪', ENTER);
    await type('App-level token', ENTER);
    await type('channel for approvals', `C0APPROVALS${ENTER}`);
    await type('daily summary', ENTER);
    await type('Who may approve?', `U0ANNA, S0FINANCE${ENTER}`);
    await type('When is the daily summary', ENTER);
    await type('In which time zone?', ENTER);
    await type('PostgreSQL database', ENTER);
    await type('Which provider', `${DOWN}${DOWN}${DOWN}${DOWN}${ENTER}`);
    await type('What do people call it?', `hotel-kz${ENTER}`);
    await type("country's host", `https://api.freedompay.kz${ENTER}`);
    await type('Merchant id', `123456${ENTER}`);
    await type('Is there another account?', ENTER);
    await type('secret for payments', `typed-secret${ENTER}`);

    const { wishes, variables } = await answers;
    const plan = planFrom(wishes, variables);
    expect(plan).toMatchObject({
      transport: 'socket',
      publicUrl: undefined,
      channels: { approvals: 'C0APPROVALS', finance: 'C0APPROVALS' },
      approvers: ['U0ANNA', 'S0FINANCE'],
      accounts: [
        {
          name: 'hotel-kz',
          provider: 'freedompay',
          plain: { url: 'https://api.freedompay.kz', merchant_id: '123456' },
        },
      ],
      variables: { SLACK_BOT_TOKEN: 'xoxb-typed', SLACK_APP_TOKEN: '', HOTEL_KZ_SECRET: 'typed-secret' },
    });
  });

  it('are not asked where flags or the environment answer them', async () => {
    const { desk, type } = sitDown();
    const wishes = Wishes.parse({
      http: 'https://c.example.com',
      approvalsChannel: 'C0APPROVALS',
      financeChannel: 'C0FINANCE',
      approver: ['U0ANNA'],
      account: ['shop-pl:sibs'],
    });
    const known = {
      SLACK_BOT_TOKEN: 'xoxb-known',
      SLACK_SIGNING_SECRET: 'known-secret',
      DATABASE_OWNER_URL: 'postgres://owner@db/countersign',
      SHOP_PL_CLIENT_ID: 'known-client',
    };
    const answers = askQuestions(desk, wishes, known);
    await type('When is the daily summary', ENTER);
    await type('In which time zone?', ENTER);
    await type('shop-pl: Token', `typed${ENTER}`);
    expect((await answers).variables).toEqual({ ...known, SHOP_PL_TOKEN: 'typed' });
  });

  it('come again, with what is wanted, until the answer fits', async () => {
    const { desk, type } = sitDown();
    const asked = desk.secret('The bot token', Wishes.shape.http);
    await type('The bot token', `http://c.example.com${ENTER}`);
    await type('must be an https address', '\u007F'.repeat(20));
    await type('The bot token', `https://c.example.com${ENTER}`);
    expect(await asked).toBe('https://c.example.com');
  });

  it('end when somebody leaves', async () => {
    const { desk, type } = sitDown();
    const answers = askQuestions(desk, none, {});
    const [left] = await Promise.allSettled([answers, type('How do Slack', CTRL_C)]);
    expect(left).toMatchObject({ reason: new Error('Stopped; nothing was written.') });
  });
});
