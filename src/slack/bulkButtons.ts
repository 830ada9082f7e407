/** The buttons under the messages of a bulk. */
import type { ActionsBlock, Button, ConfirmationDialog } from '@slack/types';
import { type Bulk, bulkNameOf } from '../domain/bulk.ts';
import { bulkLabels } from '../language/bulk.ts';
import { decideLabels } from '../language/decide.ts';
import { blockId } from './buttons.ts';
import { plain } from './inert.ts';

/** @param place tells apart the messages of one bulk that have buttons. @param version changes with what they show. */
export function bulkDecisionButtons(bulk: Bulk, place: string, version: number): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId(`decide-bulk-${place}`, version),
    elements: [
      button(bulk, 'approve_bulk', decideLabels.approve, { style: 'primary' }),
      button(bulk, 'reject_bulk', decideLabels.reject, { style: 'danger' }),
      button(bulk, 'withdraw_bulk', decideLabels.withdraw),
    ],
  };
}

/** @param canGoOn false while it goes on by itself. */
export function steerButtons(
  bulk: Bulk,
  place: string,
  version: number,
  { canGoOn }: { readonly canGoOn: boolean },
): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId(`steer-bulk-${place}`, version),
    elements: [
      ...(canGoOn ? [button(bulk, 'go_on_bulk', bulkLabels.goOn, { style: 'primary' })] : []),
      button(bulk, 'stop_bulk', bulkLabels.stop, { style: 'danger', confirm: stopDialog() }),
    ],
  };
}

function stopDialog(): ConfirmationDialog {
  return {
    title: plain(bulkLabels.stopTitle),
    text: plain(bulkLabels.stopText),
    confirm: plain(bulkLabels.stopConfirm),
    deny: plain(bulkLabels.stopDeny),
    style: 'danger',
  };
}

function button(bulk: Bulk, action: string, label: string, more: Partial<Button> = {}): Button {
  return {
    type: 'button',
    action_id: action,
    text: plain(label),
    value: JSON.stringify({ id: bulk.id, digest: bulk.digest }),
    accessibility_label: `${label} ${bulkNameOf(bulk)}`,
    ...more,
  };
}
