/** The forms of a decision on a bulk. */
import type { ModalView } from '@slack/types';
import { type Bulk, bulkNameOf } from '../domain/bulk.ts';
import { shortDigest } from '../domain/digest.ts';
import { isSentInTurnText } from '../language/bulk.ts';
import {
  approveTitle,
  asksBecauseText,
  decideLabels,
  rejectTitle,
  sameDigestText,
} from '../language/decide.ts';
import { CLOSE } from '../language/forms.ts';
import { providerTitles } from '../language/titles.ts';
import { type BulkStory, firstLineOf } from '../usecases/bulkStory.ts';
import { section } from './blocks.ts';
import { totalsOfBulk } from './bulkLook.ts';
import { type DecideMemory, note, stepUp, whyNot } from './decideForms.ts';
import { code, plain, words } from './inert.ts';
import { mention } from './look.ts';

export function approveBulkForm(story: BulkStory, memory: DecideMemory): ModalView {
  const { bulk } = story;
  const first = firstLineOf(story);
  const waiting = story.lines.filter(({ request }) => request.state === 'pending');
  return {
    type: 'modal',
    callback_id: 'approve_whole_bulk',
    private_metadata: JSON.stringify(memory),
    title: plain(approveTitle(bulkNameOf(bulk)), 24),
    submit: plain(decideLabels.approve),
    close: plain(CLOSE),
    blocks: [
      section(isSentInTurnText({ provider: providerTitles[first.provider], count: waiting.length })),
      section(`*${totalsOfBulk(story)}*\n${code(bulk.account)}`),
      section(asksBecauseText(mention(bulk.requester))),
      words(first.reason),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: sameDigestText(code(shortDigest(bulk.digest))) }],
      },
      ...(bulk.rule.stepUp === undefined ? [] : [stepUp(bulk.rule.stepUp)]),
      note(decideLabels.note, true),
    ],
  };
}

export function rejectBulkForm(bulk: Bulk, memory: DecideMemory): ModalView {
  return {
    type: 'modal',
    callback_id: 'reject_whole_bulk',
    private_metadata: JSON.stringify(memory),
    title: plain(rejectTitle(bulkNameOf(bulk)), 24),
    submit: plain(decideLabels.reject),
    close: plain(CLOSE),
    blocks: whyNot(),
  };
}
