/** A person's finger: finds what is pressed or chosen on a message, modal or Home, and tells the app. */
import { type Block, elementsOf } from './blocks.ts';
import type { Message } from './conversations.ts';
import type { Envelope } from './delivery.ts';
import type { Element } from './elements.ts';
import { type Answer, answerField, startValues } from './fields.ts';
import type { Payloads } from './payloads.ts';
import type { User } from './people.ts';
import type { Occasion, ResponseUrls } from './responseUrls.ts';
import type { Shown } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Everything that a person's gestures need of Slack. */
export interface Stage {
  readonly workspace: Workspace;
  readonly payloads: Payloads;
  readonly responseUrls: ResponseUrls;
  deliver(envelope: Envelope, payload: object): Promise<unknown>;
  makeResponseUrl(occasion: Occasion): string;
}

/** A message may be an outdated copy; a view is taken as it is now. */
export type Surface = Message | Shown;

const blocksOf = (surface: Surface): readonly Block[] =>
  'source' in surface ? surface.source.blocks : surface.blocks;

interface Found {
  readonly block: Block;
  readonly element: Element;
}

/** @param wanted a button's text or what screen readers call it, an input's label, an action_id or a block_id. */
export function findElement(surface: Surface, wanted: string): Found {
  const all = blocksOf(surface).flatMap((block) => elementsOf(block).map((element) => ({ block, element })));
  const found = all.filter((one) => namesOf(one).includes(wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  const there = all.map((one) => `"${namesOf(one).join('" or "')}"`).join(', ');
  throw new Error(
    `${found.length === 0 ? 'nothing' : 'more than one thing'} is called "${wanted}" here: ${there}`,
  );
}

function namesOf({ block, element }: Found): string[] {
  const own =
    element.type === 'button'
      ? [
          element.text.text,
          ...(element.accessibility_label === undefined ? [] : [element.accessibility_label]),
        ]
      : [];
  const label = block.type === 'input' ? [block.label.text] : [];
  const isAlone = elementsOf(block).length === 1;
  return [...own, ...label, element.action_id, ...(isAlone ? [block.block_id] : [])];
}

export async function press(stage: Stage, user: User, surface: Surface, wanted: string): Promise<void> {
  const { block, element } = findElement(surface, wanted);
  if (element.type !== 'button') throw new Error(`"${wanted}" is no button: choose in it`);
  await tell(stage, user, surface, {
    ...element,
    block_id: block.block_id,
    action_ts: String(Date.now() / 1000),
  });
}

export async function choose(
  stage: Stage,
  user: User,
  surface: Surface,
  wanted: string,
  answer: Answer,
): Promise<void> {
  const { block, element } = findElement(surface, wanted);
  const { action_id } = element;
  const { block_id } = block;
  const value = answerField(element, answer);
  if (block.type === 'input' && block.dispatch_action !== true) {
    throw new Error(`the app is not told what is put into "${wanted}": use fill`);
  }
  const keepsValue = 'source' in surface && element.type !== 'overflow';
  const after = keepsValue ? stage.workspace.views.type(surface, block_id, action_id, value) : surface;
  await tell(stage, user, after, { ...value, action_id, block_id, action_ts: String(Date.now() / 1000) });
}

async function tell(stage: Stage, user: User, surface: Surface, action: object): Promise<void> {
  const { workspace, payloads } = stage;
  if ('source' in surface) {
    const trigger = workspace.views.makeTrigger(user.id, surface);
    await stage.deliver('interactive', payloads.viewClick(user, surface, action, trigger));
    return;
  }
  if (surface.ephemeralTo !== undefined && surface.ephemeralTo !== user.id) {
    throw new Error(`${user.name} was not shown this message`);
  }
  const on = onMessage(stage, user, surface);
  const trigger = workspace.views.makeTrigger(user.id);
  const click = payloads.messageClick(user, on, action, startValues(surface.blocks), trigger);
  await stage.deliver('interactive', click);
}

export function onMessage(stage: Stage, user: User, message: Message) {
  const channel = stage.workspace.conversations.selectChannel(message.channel);
  const response_url = stage.makeResponseUrl({ channel: channel.id, user: user.id, message });
  return { channel, message, response_url };
}
