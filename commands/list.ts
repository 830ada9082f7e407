/** `/cancel list`: the requests, in short. */
import { z } from 'zod';
import { nameOf, type Request } from '../src/domain/request.ts';
import { code, cut } from '../src/slack/inert.ts';
import { amountText, mention, type ShowTime, stateTitles } from '../src/slack/look.ts';
import { LIST_SHOWN, lists } from '../src/usecases/queries.ts';
import type { Subcommand } from './subcommand.ts';

const Which = z.enum(lists);

const titles = {
  open: 'Open requests',
  mine: 'Your requests',
  pending: 'Waiting for approval',
  unknown: 'Outcome not known yet',
};

export const list: Subcommand = {
  usage: `/cancel list [${lists.join('|')}]`,
  help: 'the open requests, or only those',
  async answer({ rest, person }, { usecases, showTime }) {
    const which = rest === '' ? { success: true as const, data: 'open' as const } : Which.safeParse(rest);
    if (!which.success) return `I can list ${lists.map(code).join(', ')}, but not ${code(cut(rest, 40))}.`;

    const requests = await usecases.listRequests(which.data, person);
    if (requests.length === 0) return `*${titles[which.data]}*: none.`;
    const more = requests.length === LIST_SHOWN ? [`Only the newest ${LIST_SHOWN} are shown.`] : [];
    return [`*${titles[which.data]}*`, ...requests.map((request) => line(request, showTime)), ...more].join(
      '\n',
    );
  },
};

function line(request: Request, showTime: ShowTime): string {
  const { account, amount, requester, requestedAt, state } = request;
  return (
    `*${nameOf(request)}*  ·  ${code(account)}  ·  ${amountText(amount)}  ·  ${mention(requester)}` +
    `  ·  ${showTime(requestedAt)}  ·  ${stateTitles[state]}`
  );
}
