/** The alarm in the finance channel: a provider cancelled something that nobody approved here. */
import type { Notice } from '../domain/provider.ts';
import type { Message } from './card.ts';
import { code, words } from './inert.ts';

export function alarmMessage(account: string, { payment, reference, says }: Notice): Message {
  const text =
    `🚨 *A payment was cancelled at the provider, and nobody approved that here:* ` +
    `${code(payment ?? 'not named')} at ${code(account)}${reference === null ? '' : `, reference ${code(reference)}`}. ` +
    'Please find out who did it.';
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }, words(says)] };
}
