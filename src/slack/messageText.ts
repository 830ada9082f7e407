/** What a message of a channel says, as plain text: people's messages, and those of other apps with their attachments. */
import { z } from 'zod';

/** Slack's own limits are far below; whoever sends more is not read to the end. */
const TEXT_MAX = 20_000;

/** The keys under which blocks and attachments have what people read, and where links lead. */
const READABLE = new Set(['text', 'title', 'pretext', 'value', 'fallback', 'url', 'title_link']);

const Read = z.object({
  text: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
  attachments: z.array(z.unknown()).default([]),
});

export function readMessageText(message: unknown): string {
  const { text, blocks, attachments } = Read.parse(message);
  // Of a person's message the text is the whole; in an app's it may be no more than what notifications show.
  const parts = [text, ...textsIn(blocks), ...textsIn(attachments)].map(unformat);
  const said = parts.filter((part, n) => part !== '' && !parts.slice(0, n).some((one) => one.includes(part)));
  return said.join('\n').slice(0, TEXT_MAX);
}

function textsIn(given: unknown): string[] {
  if (typeof given !== 'object' || given === null) return [];
  return Object.entries(given).flatMap(([key, value]) =>
    typeof value === 'string' ? (READABLE.has(key) ? [value] : []) : textsIn(value),
  );
}

/** Undoes what Slack makes of links, mentions and the three characters that it escapes. */
function unformat(text: string): string {
  return text
    .replaceAll(/<(https?:[^|>]*)\|([^>]*)>/g, '$2 $1')
    .replaceAll(/<(https?:[^>]*)>/g, '$1')
    .replaceAll(/<mailto:[^|>]*\|([^>]*)>/g, '$1')
    .replaceAll(/<[!@#][^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/\p{Cc}+/gu, (controls) => (controls.includes('\n') ? '\n' : ' '))
    .trim();
}
