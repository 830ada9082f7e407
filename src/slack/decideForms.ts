/** The forms of a decision: what will be sent, and an optional note; or why not. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { shortDigest } from '../domain/digest.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Field } from '../domain/provider.ts';
import { nameOf, type Request } from '../domain/request.ts';
import {
  approveTitle,
  asksBecauseText,
  commonReasons,
  decideLabels,
  isSentText,
  orderText,
  rejectTitle,
  sameDigestText,
  saysNowText,
} from '../language/decide.ts';
import { cardLabels, factText } from '../language/card.ts';
import { CLOSE } from '../language/forms.ts';
import { amountText, providerTitles } from '../language/titles.ts';
import type { Story } from '../usecases/story.ts';
import { approvedOf } from './approvals.ts';
import { aside, section } from './blocks.ts';
import { detailFacts, factSections, ticketFacts } from './facts.ts';
import { code, plain, words } from './inert.ts';
import { evidenceText, mention } from './look.ts';
import type { ViewState } from './payloads.ts';

/** What a decision's form remembers: the request, the digest that was shown, and where the card is. */
export const DecideMemory = z.object({
  id: z.uuid(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  channel: z.string().nullable(),
  thread: z.string().nullable(),
});
export type DecideMemory = z.infer<typeof DecideMemory>;

const NOTE_MAX = 500;
/** What a field of the form takes. */
const DETAIL_MAX = 300;

/** @param fields what the account's form asks. */
export function approveForm(
  story: Story,
  fresh: Evidence,
  memory: DecideMemory,
  fields: readonly Field[],
): ModalView {
  const { request } = story;
  const provider = providerTitles[request.provider];
  const order = orderText({
    amount: amountText(request.amount),
    isPartial: request.partial,
    payment: code(request.payment),
    account: code(request.account),
  });
  const digest = sameDigestText(code(shortDigest(request.digest)));
  return {
    type: 'modal',
    callback_id: 'approve_cancellation',
    private_metadata: JSON.stringify(memory),
    title: plain(approveTitle(nameOf(request)), 24),
    submit: plain(decideLabels.approve),
    close: plain(CLOSE),
    blocks: [
      section(isSentText(provider)),
      section(order),
      ...factSections(detailFacts(request, fields, DETAIL_MAX)),
      section(asksBecauseText(mention(request.requester))),
      words(request.reason),
      ...ticketFacts(request).map((fact) => section(factText(fact))),
      section(saysNowText(provider)),
      { type: 'section', text: plain(evidenceText(fresh)) },
      aside(`${factText([cardLabels.approved, approvedOf(story)])}\n${digest}`),
      ...(request.rule.stepUp === undefined ? [] : [stepUp(request.rule.stepUp)]),
      note(decideLabels.note, true),
    ],
  };
}

/** The block in which an approver confirms what the rule asks for. */
export const STEP_UP = 'step_up';

export function stepUp(text: string): KnownBlock {
  return {
    type: 'input',
    block_id: STEP_UP,
    label: plain(text, 2000),
    element: {
      type: 'checkboxes',
      action_id: 'value',
      options: [{ text: plain(decideLabels.confirm), value: CONFIRMED }],
    },
  };
}
const CONFIRMED = 'confirmed';

/** Undefined where the form asks for no such thing. */
export function readStepUp(inputs: readonly string[], state: ViewState): boolean | undefined {
  if (!inputs.includes(STEP_UP)) return undefined;
  return state[STEP_UP]?.value?.selected_options?.some(({ value }) => value === CONFIRMED) === true;
}

export function rejectForm(request: Request, memory: DecideMemory): ModalView {
  return {
    type: 'modal',
    callback_id: 'reject_cancellation',
    private_metadata: JSON.stringify(memory),
    title: plain(rejectTitle(nameOf(request)), 24),
    submit: plain(decideLabels.reject),
    close: plain(CLOSE),
    blocks: whyNot(),
  };
}

const COMMON_REASON = 'common_reason';
/** With a common reason before it, it is as long as any note at the most. */
const WHY_NOT_MAX = 400;

/** A common reason, words of one's own, or both. */
export function whyNot(): KnownBlock[] {
  return [
    {
      type: 'input',
      block_id: COMMON_REASON,
      optional: true,
      label: plain(decideLabels.commonReason),
      element: {
        type: 'static_select',
        action_id: 'value',
        options: commonReasons.map(({ value, text }) => ({ text: plain(text), value })),
      },
    },
    note(decideLabels.whyNot, true, WHY_NOT_MAX),
  ];
}

/** What was chosen of the common reasons, and what was written; empty where neither was. */
export function readNote(state: ViewState): string {
  const chosen = state[COMMON_REASON]?.value?.selected_option?.value;
  const common = commonReasons.find(({ value }) => value === chosen);
  const written = (state['note']?.value?.value ?? '').replaceAll('\0', '').trim();
  return [common?.text ?? '', written].filter((text) => text !== '').join(' ');
}

export function note(label: string, optional: boolean, max = NOTE_MAX): KnownBlock {
  return {
    type: 'input',
    block_id: 'note',
    optional,
    label: plain(label),
    element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: max },
  };
}
