/** Text from outside, made safe to show: nothing in it pings, links, or turns our own words around. */
import type { PlainTextElement, SectionBlock } from '@slack/types';
import { isPlainLink } from '../domain/ticket.ts';

/** Unicode's overrides of direction. Letters that run from right to left do so without them. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;

/** For mrkdwn: Slack's three control characters, which alone can start a mention or a link. */
export function escape(text: string): string {
  return text
    .replaceAll(REORDERING, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** An id as code, where nothing formats. Code ends at a backtick, and with its line. */
export function code(text: string): string {
  return `\`${escape(text.replaceAll('`', "'").replaceAll(/\s+/g, ' '))}\``;
}

/** What a person gave as a link, as one only if it leads where it seems to lead. Slack shows the address itself. */
export function linkOrCode(text: string): string {
  return isPlainLink(text) ? `<${escape(text)}>` : code(text);
}

/** Cut by code points, so that no emoji is torn apart. */
export function cut(text: string, length: number): string {
  const points = Array.from(text);
  return points.length <= length ? text : `${points.slice(0, length - 1).join('')}…`;
}

export function plain(text: string, length = 3000): PlainTextElement {
  const inert = text.replaceAll(REORDERING, '');
  // Slack takes no text that is empty.
  return { type: 'plain_text', text: inert.trim() === '' ? '–' : cut(inert, length), emoji: false };
}

/** Someone's words in a block of their own, shown as they are: there they have nothing around them to turn around. */
export function words(text: string): SectionBlock {
  return { type: 'section', text: { type: 'plain_text', text: `“${cut(text, 1500)}”`, emoji: false } };
}

/** Words from outside on one line, so that they can't pass for a line of ours. */
export function oneLine(text: string, length: number): string {
  return cut(text.replaceAll(/\s+/g, ' ').trim(), length);
}

/** The same as part of a sentence of ours, for mrkdwn. */
export function sentence(says: string): string {
  return escape(oneLine(says, 300));
}
