/** `/cancel list`: the requests, in short. */
import { z } from 'zod';
import { nameOf, type Request } from '../src/domain/request.ts';
import {
  emptyListText,
  listUsage,
  listTitles,
  onlyNewestText,
  unknownListText,
} from '../src/language/list.ts';
import { stateTitles } from '../src/language/states.ts';
import { amountText } from '../src/language/titles.ts';
import { code, cut } from '../src/slack/inert.ts';
import { mention, type ShowTime } from '../src/slack/look.ts';
import { LIST_SHOWN, lists } from '../src/usecases/queries.ts';
import type { Subcommand } from './subcommand.ts';

const Which = z.enum(lists);

export const list: Subcommand = {
  ...listUsage(lists),
  async answer({ rest, person }, { usecases, showTime }) {
    const which = rest === '' ? { success: true as const, data: 'open' as const } : Which.safeParse(rest);
    if (!which.success) return unknownListText({ lists: lists.map(code), typed: code(cut(rest, 40)) });

    const requests = await usecases.listRequests(which.data, person);
    const title = listTitles[which.data];
    if (requests.length === 0) return emptyListText(title);
    const more = requests.length === LIST_SHOWN ? [onlyNewestText(LIST_SHOWN)] : [];
    return [`*${title}*`, ...requests.map((request) => line(request, showTime)), ...more].join('\n');
  },
};

function line(request: Request, showTime: ShowTime): string {
  const { account, amount, requester, requestedAt, state } = request;
  return (
    `*${nameOf(request)}*  ·  ${code(account)}  ·  ${amountText(amount)}  ·  ${mention(requester)}` +
    `  ·  ${showTime(requestedAt)}  ·  ${stateTitles[state]}`
  );
}
