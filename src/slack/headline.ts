/** The headline in the channel: what is asked, how it stands, and who is on it. */
import { nameOf } from '../domain/request.ts';
import { askedByText, headlineInWords, untilText } from '../language/card.ts';
import { A_PART, amountText } from '../language/titles.ts';
import type { Scene } from '../usecases/context.ts';
import { progressText } from './approvals.ts';
import { blockId } from './buttons.ts';
import type { Message } from './card.ts';
import { watchersIn } from './context.ts';
import { code } from './inert.ts';
import { mention, type ShowTime, titleOf } from './look.ts';

const BETWEEN = '  ·  ';

export function headline(scene: Scene, { showTime }: { readonly showTime: ShowTime }): Message {
  const { request } = scene;
  const { account, amount, partial, requester, deadline } = request;
  const asked = [
    `*${nameOf(request)}*`,
    code(account),
    `*${amountText(amount)}*${partial ? ` ${A_PART}` : ''}`,
    askedByText(mention(requester)),
  ];
  const state = [
    progressText(scene),
    ...(request.state === 'pending' ? [untilText(showTime(deadline))] : []),
  ];
  const watchers = watchersIn(scene, showTime);
  const text = [asked.join(BETWEEN), state.join(BETWEEN), ...watchers].join('\n');
  return {
    text: headlineInWords({
      title: titleOf(request),
      requester: mention(requester),
      state: [...state, ...watchers],
    }),
    blocks: [
      { type: 'section', block_id: blockId('headline', request.version), text: { type: 'mrkdwn', text } },
    ],
  };
}
