/** Text from outside, made safe to show: nothing in it pings, links or formats. */
import type { PlainTextElement, SectionBlock } from '@slack/types';

/** For mrkdwn: Slack's three control characters, which alone can start a mention or a link. */
export function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** An id as code, where nothing formats. */
export function code(text: string): string {
  return `\`${escape(text.replaceAll('`', "'"))}\``;
}

/** Cut by code points, so that no emoji is torn apart. */
export function cut(text: string, length: number): string {
  const points = Array.from(text);
  return points.length <= length ? text : `${points.slice(0, length - 1).join('')}…`;
}

export function plain(text: string, length = 3000): PlainTextElement {
  return { type: 'plain_text', text: cut(text, length), emoji: false };
}

/** Someone's words in a block of their own: plain text is shown as it is, control characters and all. */
export function words(text: string): SectionBlock {
  return { type: 'section', text: plain(`“${cut(text, 1500)}”`) };
}
