/** An answer that takes its time appears in the modal that was opened meanwhile. */
import type { ModalView } from '@slack/types';
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { FAULT_TEXT } from '../src/language/forms.ts';
import { noticeView } from '../src/slack/views.ts';
import { whisper } from '../src/slack/whisper.ts';

export interface Answer {
  readonly view: ModalView;
  /** What the person must learn also when they closed the modal; undefined when then nothing is left to say. */
  readonly says?: string;
}

/** When the work fails the modal says so, instead of waiting for ever, and the failure goes on to the log. */
export async function answerInView(
  client: WebClient,
  modal: { readonly id: string; readonly title: string; readonly user: string },
  work: () => Promise<Answer>,
): Promise<void> {
  let answer: Answer;
  try {
    answer = await work();
  } catch (error) {
    const view = noticeView(modal.title, FAULT_TEXT);
    await client.views.update({ view_id: modal.id, view }).catch(() => undefined);
    throw error;
  }
  try {
    await client.views.update({ view_id: modal.id, view: answer.view });
  } catch (error) {
    // Most likely they closed it in the meantime.
    if (answer.says !== undefined) {
      await whisper(client, modal.user, { channel: null, thread: null }, answer.says);
    } else if (!(error instanceof WebAPIPlatformError && error.data.error === 'not_found')) {
      throw error;
    }
  }
}
