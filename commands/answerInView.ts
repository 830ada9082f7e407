/** An answer that takes its time appears in the modal that was opened meanwhile. */
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { FAULT_TEXT } from '../src/slack/text.ts';
import { noticeView } from '../src/slack/views.ts';

/** When the work fails the modal says so, instead of waiting for ever, and the failure goes on to the log. */
export async function answerInView(
  client: WebClient,
  view: string,
  title: string,
  work: () => Promise<ModalView>,
): Promise<void> {
  try {
    await client.views.update({ view_id: view, view: await work() });
  } catch (error) {
    await client.views.update({ view_id: view, view: noticeView(title, FAULT_TEXT) }).catch(() => undefined);
    throw error;
  }
}
