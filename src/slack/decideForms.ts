/** The forms of a decision: what will be sent, and an optional note; or why not. */
import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { shortDigest } from '../domain/digest.ts';
import type { Evidence } from '../domain/evidence.ts';
import { nameOf, type Request } from '../domain/request.ts';
import { section } from './blocks.ts';
import { code, plain, words } from './inert.ts';
import { amountText, evidenceText, mention, providerTitles } from './look.ts';

/** What a decision's form remembers: the request, the digest that was shown, and where the card is. */
export const DecideMemory = z.object({
  id: z.uuid(),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  channel: z.string().nullable(),
  thread: z.string().nullable(),
});
export type DecideMemory = z.infer<typeof DecideMemory>;

const NOTE_MAX = 500;

export function approveForm(request: Request, fresh: Evidence, memory: DecideMemory): ModalView {
  const provider = providerTitles[request.provider];
  const details = Object.entries(request.details).map(([name, value]) => `*${name}* ${code(value)}`);
  return {
    type: 'modal',
    callback_id: 'approve_cancellation',
    private_metadata: JSON.stringify(memory),
    title: plain(`Approve ${nameOf(request)}`, 24),
    submit: plain('Approve'),
    close: plain('Close'),
    blocks: [
      section(`*This is sent to ${provider}, once, when the last approval is in:*`),
      section(
        [
          `Cancel *${amountText(request.amount)}*${request.partial ? ' (a part)' : ''}`,
          `of payment ${code(request.payment)} at ${code(request.account)}`,
          ...details,
        ].join('\n'),
      ),
      section(`${mention(request.requester)} asks, because:`),
      words(request.reason),
      section(`*${provider} says now:*`),
      { type: 'section', text: plain(evidenceText(fresh)) },
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `Digest \`${shortDigest(request.digest)}\`, as on the card` }],
      },
      note('Note for the record', true),
    ],
  };
}

export function rejectForm(request: Request, memory: DecideMemory): ModalView {
  return {
    type: 'modal',
    callback_id: 'reject_cancellation',
    private_metadata: JSON.stringify(memory),
    title: plain(`Reject ${nameOf(request)}`, 24),
    submit: plain('Reject'),
    close: plain('Close'),
    blocks: [note('Why not?', false)],
  };
}

export function note(label: string, optional: boolean): KnownBlock {
  return {
    type: 'input',
    block_id: 'note',
    optional,
    label: plain(label),
    element: { type: 'plain_text_input', action_id: 'value', multiline: true, max_length: NOTE_MAX },
  };
}
