/** Withdraw on a card: the requester takes the request back. */
import { decideAndTell, readClick } from './decide.ts';
import type { Register } from './desk.ts';

export const registerWithdraw: Register = (app, desk) => {
  app.action('withdraw_request', async ({ ack, body, client }) => {
    await ack();
    await decideAndTell(client, desk, readClick(body), { type: 'withdraw' });
  });
};
