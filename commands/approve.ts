/** Approve on a card: a form that shows what will be sent, after the provider was asked once more. */
import { noticeView } from '../src/slack/askForm.ts';
import { approveForm, waitingView } from '../src/slack/decideForms.ts';
import { lapsedText, overText } from '../src/slack/text.ts';
import { decide, readClick, readDecision, wouldCount } from './decide.ts';
import type { Register } from './desk.ts';

export const registerApprove: Register = (app, desk) => {
  app.action('approve_request', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    const act = { type: 'approve', saw: click.memory.digest, note: null } as const;
    if ((await wouldCount(client, desk, click, act)) === undefined) return;

    // Opened before the provider is asked: Slack's trigger lasts three seconds.
    const opened = await client.views.open({ trigger_id: click.trigger, view: waitingView('Approve') });
    const review = await desk.usecases.reviewRequest(click.memory.id);
    const view =
      review.type === 'upheld'
        ? approveForm(review.story.request, review.fresh, click.memory)
        : noticeView(
            'Approve',
            review.type === 'over' ? overText(review.request) : lapsedText(review.request, review.fresh),
          );
    await client.views.update({ view_id: opened.view?.id ?? '', view });
  });

  app.view('approve_cancellation', async ({ ack, body, client }) => {
    await ack();
    const { person, memory, note } = readDecision(body);
    await decide(
      client,
      desk,
      { person, memory },
      { type: 'approve', saw: memory.digest, note: note || null },
    );
  });
};
