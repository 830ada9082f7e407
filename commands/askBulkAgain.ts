/** Ask again under the end of a bulk: its form, filled in with what of it can be asked again. */
import { bulkNameOf } from '../src/domain/bulk.ts';
import { allNeedlessText } from '../src/language/again.ts';
import { noAccountText } from '../src/language/askFaults.ts';
import { draftLabels } from '../src/language/draft.ts';
import type { Choice } from '../src/slack/askForm.ts';
import { bulkAgainForm } from '../src/slack/bulkForm.ts';
import type { AskBulkAgain } from '../src/usecases/askBulkAgain.ts';
import { type Judged, openJudged, readClick } from './decide.ts';
import type { Desk, Register } from './desk.ts';

interface Again extends AskBulkAgain {
  readonly choice: Choice;
  readonly list: string;
}

export const registerAskBulkAgain: Register = (app, desk) => {
  app.action('ask_again_bulk', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    await openJudged(client, click, judge(desk, click.memory.id), {
      title: draftLabels.title,
      waits: false,
      build: async ({ choice, ...again }) => bulkAgainForm(choice, again),
    });
  });
};

async function judge({ usecases, accounts }: Desk, id: string): Promise<Judged<Again>> {
  const again = await usecases.tryToAskBulkAgain(id);
  const { bulk, count, list } = again;
  if (count === 0) return { refused: allNeedlessText(bulkNameOf(bulk)) };
  const choice = accounts.find(({ account }) => account === bulk.account);
  if (choice === undefined || list === undefined) return { refused: noAccountText(bulk.account) };
  return { subject: { ...again, choice, list }, refused: undefined };
}
