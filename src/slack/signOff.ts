/** The button under a summary that asks for a sign-off, and what stands in its place. */
import type { Button, KnownBlock } from '@slack/types';
import type { SignOff } from '../domain/signOff.ts';
import { signedOffText, SIGN_OFF_EFFECT, signOffLabels } from '../language/signOff.ts';
import { summaryTitle } from '../language/summary.ts';
import type { Summary } from '../usecases/summaries.ts';
import { section } from './blocks.ts';
import { plain } from './inert.ts';
import { mention, type ShowTime } from './look.ts';

export function signedOffLine({ person, signedAt }: SignOff, showTime: ShowTime): string {
  return signedOffText({ person: mention(person), at: showTime(signedAt) });
}

export function signOffBlock(summary: Summary, showTime: ShowTime): KnownBlock[] {
  if (summary.signOff !== null) return [section(signedOffLine(summary.signOff, showTime))];
  return summary.asksSignOff
    ? [{ type: 'actions', block_id: 'sign-off', elements: [signOffButton(summary)] }]
    : [];
}

/** Asks once more: a click that went wrong would count. */
function signOffButton({ channel, figures }: Summary): Button {
  return {
    type: 'button',
    action_id: 'sign_off_summary',
    text: plain(signOffLabels.sign),
    value: JSON.stringify({ channel, date: figures.last }),
    style: 'primary',
    accessibility_label: plain(`${signOffLabels.sign}: ${summaryTitle(figures)}`, 75).text,
    confirm: {
      title: plain(signOffLabels.title, 100),
      text: plain(SIGN_OFF_EFFECT, 300),
      confirm: plain(signOffLabels.confirm, 30),
      deny: plain(signOffLabels.deny, 30),
    },
  };
}
