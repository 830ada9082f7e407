/** Withdraw on a card: the requester takes the request back. */
import { whisper } from '../src/slack/whisper.ts';
import { withdrawnMessage } from '../src/slack/withdrawn.ts';
import { decideAndTell, readClick } from './decide.ts';
import type { Register } from './desk.ts';

export const registerWithdraw: Register = (app, desk) => {
  app.action('withdraw_request', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    const { verdict, request } = await decideAndTell(client, desk, click, { type: 'withdraw' });
    if (verdict.counts) await whisper(client, click.person.user, click.memory, withdrawnMessage(request));
  });
};
