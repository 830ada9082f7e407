/** Modals that only say something. */
import type { ModalView } from '@slack/types';
import { CLOSE, ONE_MOMENT } from '../language/forms.ts';
import { section } from './blocks.ts';
import { plain } from './inert.ts';

export function noticeView(title: string, mrkdwn: string): ModalView {
  return { type: 'modal', title: plain(title, 24), close: plain(CLOSE), blocks: [section(mrkdwn)] };
}

/** Opened at once, because Slack's trigger lasts three seconds and a provider may take longer. */
export function waitingView(title: string): ModalView {
  return noticeView(title, ONE_MOMENT);
}
