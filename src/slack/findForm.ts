/** The form in which a person says what they found at the provider. */
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { nameOf } from '../domain/request.ts';
import {
  findLabels,
  findTitle,
  lookThereText,
  notAskedText,
  referenceHint,
  saidLastText,
} from '../language/find.ts';
import { CLOSE } from '../language/forms.ts';
import { providerTitles } from '../language/titles.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { DecideMemory, note } from './decideForms.ts';
import { code, plain, words } from './inert.ts';
import type { ShowTime } from './look.ts';

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
    title: plain(findTitle(nameOf(request)), 24),
    submit: plain(findLabels.submit),
    close: plain(CLOSE),
    blocks: [
      section(lookThereText({ payment: code(request.payment), account: code(request.account), provider })),
      ...(last === null
        ? [section(notAskedText(provider))]
        : [section(saidLastText({ provider, at: showTime(last.at) })), words(last.says)]),
      {
        type: 'input',
        block_id: 'found',
        label: plain(findLabels.found),
        element: {
          type: 'radio_buttons',
          action_id: 'value',
          options: [
            { text: plain(findLabels.cancelled), value: WhatWasFound.enum.find_cancelled },
            {
              text: plain(findLabels.notCancelled),
              value: WhatWasFound.enum.find_refused,
            },
          ],
        },
      },
      {
        type: 'input',
        block_id: 'reference',
        optional: true,
        label: plain(findLabels.reference),
        hint: plain(referenceHint(provider)),
        element: { type: 'plain_text_input', action_id: 'value', max_length: 100 },
      },
      note(findLabels.note, false),
      {
        type: 'context',
        elements: [plain(findLabels.consequence)],
      },
    ],
  };
}
