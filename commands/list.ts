/** `/cancel list`: the requests, in short and page by page; and the buttons that cursor a list. */
import { z } from 'zod';
import { hasCardNumber } from '../src/domain/cardNumber.ts';
import type { Person } from '../src/domain/person.ts';
import { CARD_NUMBER_TEXT } from '../src/language/cardNumber.ts';
import { emptyListText, listTitles, listUsage, unknownListText } from '../src/language/list.ts';
import { foundTitle, nothingFoundText } from '../src/language/search.ts';
import type { Message } from '../src/slack/card.ts';
import { code, cut } from '../src/slack/inert.ts';
import { type Listed, listMessage, ListCursor } from '../src/slack/list.ts';
import { ButtonClick } from '../src/slack/payloads.ts';
import { START, type Cursor } from '../src/usecases/paging.ts';
import { lists } from '../src/usecases/queries.ts';
import type { Desk, Register } from './desk.ts';
import { type Subcommand, whyNotShown } from './subcommand.ts';

const Which = z.enum(lists);

export const list: Subcommand = {
  ...listUsage(lists),
  async answer({ rest, person }, desk) {
    const which = rest === '' ? { success: true as const, data: 'open' as const } : Which.safeParse(rest);
    if (!which.success) return unknownListText({ lists: lists.map(code), typed: code(cut(rest, 40)) });
    return showPage({ list: which.data }, START, person, desk);
  },
};

export const registerLists: Register = (app, desk) => {
  for (const action of ['show_older', 'show_newer']) {
    app.action(action, async ({ ack, body, respond }) => {
      await ack();
      const { person, button } = ButtonClick.parse(body);
      const { of, cursor } = ListCursor.parse(button);
      const answer = (await whyNotShown(person, desk)) ?? (await showPage(of, cursor, person, desk));
      const message = typeof answer === 'string' ? { text: answer } : answer;
      await respond({ response_type: 'ephemeral', replace_original: true, ...message });
    });
  }
};

/** A page of a list, or the sentence that it is empty. */
export async function showPage(
  of: Listed,
  cursor: Cursor,
  person: Person,
  { usecases, showTime }: Desk,
): Promise<string | Message> {
  if ('list' in of) {
    const page = await usecases.listRequests(of.list, person, cursor);
    const title = listTitles[of.list];
    return page.rows.length === 0 ? emptyListText(title) : listMessage(page, { title, of, showTime });
  }
  const page = await usecases.findRequests(of.wanted, cursor);
  const wanted = code(cut(of.wanted, 100));
  if (page.rows.length > 0) return listMessage(page, { title: foundTitle(wanted), of, showTime });
  // A reference can look like a card's number, and then it is known.
  return hasCardNumber(of.wanted) ? CARD_NUMBER_TEXT : nothingFoundText(wanted);
}
