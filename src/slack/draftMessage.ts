/** The direct message of a draft: how far looking up is, what can't be cancelled, and what came of it. */
import type { ActionsBlock, KnownBlock } from '@slack/types';
import { bulkNameOf } from '../domain/bulk.ts';
import { lineFaultText } from '../language/bulkFaults.ts';
import {
  askForOthersLabel,
  bulkMadeText,
  draftLabels,
  draftTexts,
  faultyText,
  lookingText,
  moreInFileText,
} from '../language/draft.ts';
import type { DraftView, LineFault } from '../usecases/draft.ts';
import { barOf } from './bar.ts';
import { section } from './blocks.ts';
import type { Message } from './card.ts';
import { escape, oneLine, plain } from './inert.ts';
import { turnedAwayText } from './prospects.ts';

/** Of a complete list in a file. */
const FAULTS_SHOWN = 10;

export function draftMessage(view: DraftView): Message {
  switch (view.type) {
    case 'looking':
      return looking(view);
    case 'faulty':
      return faulty(view);
    case 'made': {
      const { bulk } = view;
      return say(bulkMadeText({ name: bulkNameOf(bulk), count: bulk.lines.length }));
    }
    case 'turned_away':
      return say(`⛔ ${turnedAwayText(view.turnedAway)}`);
    case 'left':
    case 'too_old':
      return say(draftTexts[view.type]);
  }
}

function say(text: string): Message {
  return { text, blocks: [section(text)] };
}

function looking({ draft, done, of }: Extract<DraftView, { type: 'looking' }>): Message {
  const text = lookingText({ account: escape(draft.account), done, of });
  return { text, blocks: [section(`${text}\n${barOf(done, of)}`)] };
}

function faulty({ draft, faults, others }: Extract<DraftView, { type: 'faulty' }>): Message {
  const text = faultyText({ faults: faults.length, others });
  const more = faults.length - FAULTS_SHOWN;
  const told = [
    ...faults.slice(0, FAULTS_SHOWN).map(sayFault),
    ...(more > 0 ? [moreInFileText(more)] : []),
  ].join('\n');
  const blocks: KnownBlock[] = [section(text), { type: 'section', text: plain(told) }];
  return {
    text: `${text}\n${escape(told)}`,
    blocks: others === 0 ? blocks : [...blocks, answers(draft.id, others)],
  };
}

function answers(id: string, others: number): ActionsBlock {
  const value = JSON.stringify({ id });
  return {
    type: 'actions',
    block_id: `draft-${id}`,
    elements: [
      {
        type: 'button',
        action_id: 'ask_for_others',
        text: plain(askForOthersLabel(others)),
        style: 'primary',
        value,
      },
      { type: 'button', action_id: 'leave_draft', text: plain(draftLabels.leave), value },
    ],
  };
}

/** On one line, whatever the list or the provider wrote. For plain text, where nothing of it is live. */
export function sayFault({ place, payment, says }: LineFault): string {
  return lineFaultText({ line: place, payment: oneLine(payment, 60), says: oneLine(says, 300) });
}
