/** The buttons under the messages of a request. */
import type { ActionsBlock, Button } from '@slack/types';
import { nameOf, type Request } from '../domain/request.ts';
import { againLabels } from '../language/again.ts';
import { WATCH } from '../language/context.ts';
import { decideLabels } from '../language/decide.ts';
import { findLabels } from '../language/find.ts';
import type { Story } from '../usecases/story.ts';
import { plain } from './inert.ts';

/** What a button carries: ids only, and the digest of what was on screen. */
interface ButtonValue {
  readonly id: string;
  readonly digest: string;
}

/** @param place tells apart the messages of one request that have buttons. */
export function decisionButtons({ request }: Story, place: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId(`decide-${place}`, request.version),
    elements: [
      requestButton(request, 'approve_request', decideLabels.approve, 'primary'),
      requestButton(request, 'reject_request', decideLabels.reject, 'danger'),
      requestButton(request, 'watch_request', WATCH),
      requestButton(request, 'withdraw_request', decideLabels.withdraw),
    ],
  };
}

/** @param place as above. */
export function findingButton({ request }: Story, place: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId(`find-${place}`, request.version),
    elements: [requestButton(request, 'record_finding', findLabels.open)],
  };
}

/** The same beside the line of a bulk. */
export function findingAccessory(request: Request): Button {
  return requestButton(request, 'record_finding', findLabels.open);
}

/** @param place as above. */
export function askAgainButton(
  request: Request,
  place: string,
  label: string = againLabels.askAgain,
): ActionsBlock {
  return {
    type: 'actions',
    block_id: blockId(`again-${place}`, request.version),
    elements: [requestButton(request, 'ask_again', label)],
  };
}

/** A button under a request: it carries which, and the digest of what is on screen. */
export function requestButton(
  request: Request,
  action: string,
  label: string,
  style?: 'primary' | 'danger',
): Button {
  const value: ButtonValue = { id: request.id, digest: request.digest };
  return {
    type: 'button',
    action_id: action,
    text: plain(label),
    value: JSON.stringify(value),
    accessibility_label: `${label} ${nameOf(request)}`,
    ...(style === undefined ? {} : { style }),
  };
}

// Slack wants a new block id whenever a message is edited.
export function blockId(name: string, version: number): string {
  return `${name}-${version}`;
}
