/** The buttons under the messages of a bulk. */
import type { ActionsBlock, Button, ConfirmationDialog } from '@slack/types';
import { type Bulk, bulkNameOf } from '../domain/bulk.ts';
import type { HandAct } from '../domain/bulkAct.ts';
import { againLabels } from '../language/again.ts';
import { bulkLabels } from '../language/bulk.ts';
import { decideLabels } from '../language/decide.ts';
import { homeLabels } from '../language/home.ts';
import { blockId } from './buttons.ts';
import { plain } from './inert.ts';

/** What people decide on while it waits. */
export const DECISIONS = ['approve', 'reject', 'withdraw'] as const satisfies readonly HandAct[];

/**
 * @param acts what is offered, in that order.
 * @param at.place tells apart the messages of one bulk that have buttons.
 * @param at.version changes with what they show.
 */
export function bulkButtons(
  bulk: Bulk,
  acts: readonly HandAct[],
  { place, version }: { readonly place: string; readonly version: number },
): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId(`bulk-${place}`, version),
    elements: acts.map((act) => bulkButton(bulk, act)),
  };
}

export function bulkButton(bulk: Bulk, act: HandAct): Button {
  const { label, ...looks } = buttons[act];
  return { ...button(bulk, act, label), ...looks };
}

/** Opens its whole story. */
export function bulkDetailsButton(bulk: Bulk): Button {
  return button(bulk, 'show', homeLabels.details);
}

/** Under what its requester is told of its end. */
export function askBulkAgainButton(bulk: Bulk): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId('again-result', 1),
    elements: [button(bulk, 'ask_again', againLabels.askAgain)],
  };
}

function button(bulk: Bulk, verb: string, label: string): Button {
  return {
    type: 'button',
    action_id: `${verb}_bulk`,
    text: plain(label),
    value: JSON.stringify({ id: bulk.id, digest: bulk.digest }),
    accessibility_label: `${label} ${bulkNameOf(bulk)}`,
  };
}

const stopDialog: ConfirmationDialog = {
  title: plain(bulkLabels.stopTitle),
  text: plain(bulkLabels.stopText),
  confirm: plain(bulkLabels.stopConfirm),
  deny: plain(bulkLabels.stopDeny),
  style: 'danger',
};

const buttons: Readonly<
  Record<HandAct, { readonly label: string } & Partial<Pick<Button, 'style' | 'confirm'>>>
> = {
  approve: { label: decideLabels.approve, style: 'primary' },
  reject: { label: decideLabels.reject, style: 'danger' },
  withdraw: { label: decideLabels.withdraw },
  go_on: { label: bulkLabels.goOn, style: 'primary' },
  stop: { label: bulkLabels.stop, style: 'danger', confirm: stopDialog },
};
