/** Withdraw on a card: the requester takes the request back. */
import { decide, readClick } from './decide.ts';
import type { Register } from './desk.ts';

export const registerWithdraw: Register = (app, desk) => {
  app.action('withdraw_request', async ({ ack, body, client }) => {
    await ack();
    await decide(client, desk, readClick(body), { type: 'withdraw' });
  });
};
