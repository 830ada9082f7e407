/** Reject on a card: a form that asks why not. */
import { decideLabels } from '../src/language/decide.ts';
import { rejectForm } from '../src/slack/decideForms.ts';
import { decideAndTell, faultOfWhyNot, openDecision, readClick, readDecision } from './decide.ts';
import type { Register } from './desk.ts';

export const registerReject: Register = (app, desk) => {
  app.action('reject_request', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    await openDecision(
      client,
      desk,
      click,
      { type: 'reject', note: '' },
      {
        title: decideLabels.reject,
        waits: false,
        build: async (request) => rejectForm(request, click.memory),
      },
    );
  });

  app.view('reject_cancellation', async ({ ack, body, client }) => {
    const { person, memory, note } = readDecision(body);
    const errors = faultOfWhyNot(note);
    if (errors.note !== undefined) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    await decideAndTell(client, desk, { person, memory }, { type: 'reject', note });
  });
};
