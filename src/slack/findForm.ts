/** The form in which a person says what they found at the provider. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { nameOf } from '../domain/request.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { DecideMemory, note } from './decideForms.ts';
import { code, plain, words } from './inert.ts';
import { providerTitles, type ShowTime } from './look.ts';

/** What the form remembers: what was on screen, and since when. */
export const FindMemory = DecideMemory.extend({
  version: z.int().positive(),
  openedAt: z.iso.datetime().transform((text) => new Date(text)),
});

/** An id at a provider. Nothing else, for it stays in the record for ever, where a name must not. */
export const FoundReference = z.string().regex(/^[\w.:#/-]{1,100}$/);

export const WhatWasFound = z.enum(['find_cancelled', 'find_refused']);

export function findForm(story: Story, memory: DecideMemory, openedAt: Date, showTime: ShowTime): ModalView {
  const { request, lookUps } = story;
  const { version } = request;
  const provider = providerTitles[request.provider];
  const remembered: z.input<typeof FindMemory> = { ...memory, version, openedAt: openedAt.toISOString() };
  const { last } = lookUps;
  return {
    type: 'modal',
    callback_id: 'settle_request',
    private_metadata: JSON.stringify(remembered),
    title: plain(`What became of ${nameOf(request)}`, 24),
    submit: plain('Record'),
    close: plain('Close'),
    blocks: [
      section(
        `Look at payment ${code(request.payment)} at ${code(request.account)} with ${provider} itself, now.`,
      ),
      ...(last === null
        ? [section(`${provider} has not been asked yet what became of it.`)]
        : [section(`*${provider} said last*, at ${showTime(last.at)}:`), words(last.says)]),
      {
        type: 'input',
        block_id: 'found',
        label: plain('What did you find?'),
        element: {
          type: 'radio_buttons',
          action_id: 'value',
          options: [
            { text: plain('It was cancelled'), value: WhatWasFound.enum.find_cancelled },
            {
              text: plain('It was not cancelled, and nothing is under way'),
              value: WhatWasFound.enum.find_refused,
            },
          ],
        },
      },
      {
        type: 'input',
        block_id: 'reference',
        optional: true,
        label: plain('Reference of the cancellation'),
        hint: plain(`The id that ${provider} gave the cancellation, if it shows one.`),
        element: { type: 'plain_text_input', action_id: 'value', max_length: 100 },
      },
      note('Where did you look, and what does it say there?', false),
      {
        type: 'context',
        elements: [
          plain(
            'Either answer ends the request, and nothing is sent again. If it was not cancelled, whoever still wants ' +
              'that asks anew, for fresh evidence and fresh approvals.',
          ),
        ],
      },
    ],
  };
}
