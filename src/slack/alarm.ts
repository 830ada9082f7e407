/** The alarms in the finance channel: a cancellation that nobody approved here, and groups that lack people. */
import type { Notice } from '../domain/provider.ts';
import { alarmText, NOT_NAMED } from '../language/alarm.ts';
import { shortageOverText, shortageText } from '../language/policy.ts';
import type { Shortage } from '../usecases/shortage.ts';
import { section } from './blocks.ts';
import type { Message } from './card.ts';
import { code, cut, words } from './inert.ts';

const MOST_TIERS = 20;
/** More than any provider's ids have. */
const ID_SHOWN = 150;

export function alarmMessage(account: string, { payment, reference, says }: Notice): Message {
  const text = alarmText({
    payment: code(cut(payment ?? NOT_NAMED, ID_SHOWN)),
    account: code(account),
    reference: reference === null ? null : code(cut(reference, ID_SHOWN)),
  });
  return { text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }, words(says)] };
}

/** That a group lacks people, or does not any more. */
export function shortageMessage({ group, tiers, endedAt }: Shortage): Message {
  const text =
    endedAt === null
      ? shortageText({ group: code(group), tiers: tiers.slice(0, MOST_TIERS).map(code) })
      : shortageOverText(code(group));
  return { text, blocks: [section(text)] };
}
