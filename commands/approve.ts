/** Approve on a card: a form that shows what will be sent, after the provider was asked once more. */
import { decideLabels } from '../src/language/decide.ts';
import type { Field } from '../src/domain/provider.ts';
import type { Request } from '../src/domain/request.ts';
import { approveForm, STEP_UP } from '../src/slack/decideForms.ts';
import { lapsedText, overText } from '../src/slack/text.ts';
import { noticeView } from '../src/slack/views.ts';
import { decideAndTell, faultOfNote, openDecision, readClick, readDecision } from './decide.ts';
import type { Desk, Register } from './desk.ts';

const TITLE = decideLabels.approve;

export const registerApprove: Register = (app, desk) => {
  app.action('approve_request', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    // The form comes only now, and asks for what has to be confirmed.
    const act = { type: 'approve', saw: click.memory.digest, note: null, confirmed: true } as const;
    await openDecision(client, desk, click, act, {
      title: TITLE,
      waits: true,
      async build({ id }) {
        const review = await desk.usecases.reviewRequest(id);
        switch (review.type) {
          case 'upheld':
            return approveForm(
              review.story,
              review.fresh,
              click.memory,
              fieldsOf(desk, review.story.request),
            );
          case 'lapsed':
            return noticeView(TITLE, lapsedText(review.request, review.fresh));
          case 'over':
            return noticeView(TITLE, overText(review.request));
        }
      },
    });
  });

  app.view('approve_cancellation', async ({ ack, body, client }) => {
    const { person, memory, note, confirmed } = readDecision(body);
    const errors = {
      ...(confirmed === false ? { [STEP_UP]: decideLabels.confirmFirst } : {}),
      ...faultOfNote(note),
    };
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const act = {
      type: 'approve',
      saw: memory.digest,
      note: note || null,
      confirmed: confirmed === true,
    } as const;
    await decideAndTell(client, desk, { person, memory }, act);
  });
};

function fieldsOf({ accounts }: Desk, { account }: Request): readonly Field[] {
  return accounts.find((choice) => choice.account === account)?.provider.fields ?? [];
}
