/** The alarm in the finance channel: a provider cancelled something that nobody approved here. */
import type { Notice } from '../domain/provider.ts';
import { alarmText, NOT_NAMED } from '../language/alarm.ts';
import type { Message } from './card.ts';
import { code, words } from './inert.ts';

export function alarmMessage(account: string, { payment, reference, says }: Notice): Message {
  const text = alarmText({
    payment: code(payment ?? NOT_NAMED),
    account: code(account),
    reference: reference === null ? null : code(reference),
  });
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }, words(says)] };
}
