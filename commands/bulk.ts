/** `/cancel bulk`: many payments of one account, asked for at once. */
import { bulkUsage, whichBulkAccountText } from '../src/language/bulk.ts';
import { beginsText, draftLabels, draftTexts } from '../src/language/draft.ts';
import { typedFields } from '../src/slack/askForm.ts';
import { bulkForm, BulkMemory } from '../src/slack/bulkForm.ts';
import { code } from '../src/slack/inert.ts';
import { ButtonClick, DraftButton, FormSubmission } from '../src/slack/payloads.ts';
import { noticeView, waitingView } from '../src/slack/views.ts';
import { whisper } from '../src/slack/whisper.ts';
import { answerInView } from './answerInView.ts';
import type { Register } from './desk.ts';
import { type Subcommand, whyNotShown } from './subcommand.ts';

const TITLE = draftLabels.title;

export const bulk: Subcommand = {
  ...bulkUsage,
  async answer({ rest, open }, { accounts }) {
    const named = rest.toLowerCase();
    const chosen =
      accounts.length === 1 && named === '' ? accounts[0] : accounts.find((one) => one.account === named);
    if (chosen === undefined) return whichBulkAccountText(accounts.map(({ account }) => code(account)));
    await open(bulkForm(chosen));
    return undefined;
  },
};

export const registerBulk: Register = (app, desk) => {
  const { usecases, accounts } = desk;

  app.view('ask_in_bulk', async ({ ack, body, client }) => {
    const { person, view, memory, state } = FormSubmission.parse(body);
    const { account } = BulkMemory.parse(JSON.parse(memory));
    const { list = '', reason = '' } = typedFields(state);
    const choice = accounts.find((one) => one.account === account);
    if (choice === undefined) throw new Error(`the form is of ${account}, which there is no more`);

    const checked = usecases.checkList({ account, list, reason });
    if (!checked.ok) {
      await ack({ response_action: 'update', view: bulkForm(choice, { list, reason }, checked) });
      return;
    }
    await ack({ response_action: 'update', view: waitingView(TITLE) });
    await answerInView(client, { id: view, title: TITLE, user: person.user }, async () => {
      const stranger = await whyNotShown(person, desk);
      if (stranger !== undefined) return { view: noticeView(TITLE, stranger), says: stranger };
      const begun = await usecases.beginDraft(checked.list, person);
      if (!begun.ok) return { view: bulkForm(choice, { list, reason }, begun) };
      return { view: noticeView(TITLE, beginsText(checked.list.lines.length)) };
    });
  });

  for (const [action, wish] of [
    ['ask_for_others', 'ask'],
    ['leave_draft', 'leave'],
  ] as const) {
    app.action(action, async ({ ack, body, client }) => {
      await ack();
      const { person, button, channel } = ButtonClick.parse(body);
      const answered = await usecases.answerDraft(DraftButton.parse(button).id, wish, person);
      if (answered !== 'done')
        await whisper(client, person.user, { channel, thread: null }, draftTexts[answered]);
    });
  }
};
