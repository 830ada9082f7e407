/** `/cancel bulk`: many payments of one account, asked for at once. */
import { hasCardNumber } from '../src/domain/cardNumber.ts';
import { TICKET_FIELD } from '../src/domain/ticket.ts';
import { bulkUsage, whichBulkAccountText } from '../src/language/bulk.ts';
import { listFaults, tooLargeFileText } from '../src/language/bulkFaults.ts';
import { CARD_NUMBER_TEXT } from '../src/language/cardNumber.ts';
import { beginsText, draftLabels, draftTexts } from '../src/language/draft.ts';
import { typedFields } from '../src/slack/askForm.ts';
import { bulkForm, BulkMemory, chosenFile, type ListAgain } from '../src/slack/bulkForm.ts';
import { FILE_MAX_BYTES } from '../src/slack/files.ts';
import { code } from '../src/slack/inert.ts';
import { ButtonClick, DraftButton, FormSubmission } from '../src/slack/payloads.ts';
import { noticeView, waitingView } from '../src/slack/views.ts';
import { whisper } from '../src/slack/whisper.ts';
import { answerInView } from './answerInView.ts';
import type { ListFaults } from '../src/usecases/beginDraft.ts';
import type { Desk, Register } from './desk.ts';
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
    const { account, again } = BulkMemory.parse(JSON.parse(memory));
    const { list = '', reason = '', [TICKET_FIELD]: ticket = '' } = typedFields(state);
    const typed = { list, reason, ticket };
    const choice = accounts.find((one) => one.account === account);
    if (choice === undefined) throw new Error(`the form is of ${account}, which there is no more`);

    if (hasCardNumber(reason)) {
      await ack({ response_action: 'errors', errors: { reason: CARD_NUMBER_TEXT } });
      return;
    }
    // Reading a file may take longer than the three seconds that Slack waits.
    await ack({ response_action: 'update', view: waitingView(TITLE) });
    await answerInView(client, { id: view, title: TITLE, user: person.user }, async () => {
      const stranger = await whyNotShown(person, desk);
      if (stranger !== undefined) return { view: noticeView(TITLE, stranger), says: stranger };
      const retry = (faults: ListFaults) => ({ view: bulkForm(choice, typed, { faults, again }) });
      const given = await readGiven(desk, { list, file: chosenFile(state), again });
      if (!given.ok) return retry(given);
      const checked = usecases.checkList({ account, ...typed, list: given.text });
      if (!checked.ok) return retry(checked);
      const begun = await usecases.beginDraft(checked.list, person);
      if (!begun.ok) return retry(begun);
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

interface Given {
  readonly list: string;
  readonly file: string | undefined;
  readonly again: ListAgain | undefined;
}

/** What was pasted, or what the file holds; without either, what is asked for again. */
async function readGiven(
  { readFile, usecases }: Desk,
  { list, file, again }: Given,
): Promise<{ readonly ok: true; readonly text: string } | ({ readonly ok: false } & ListFaults)> {
  if (file === undefined && list.trim() === '' && again !== undefined)
    return { ok: true, text: (await usecases.tryToAskBulkAgain(again.id)).list ?? '' };
  if (file === undefined) return { ok: true, text: list };
  if (list.trim() !== '') return fault(listFaults.both);
  const read = await readFile(file);
  if (read.ok) return read;
  return fault(read.why === 'too_large' ? tooLargeFileText(FILE_MAX_BYTES / 1024) : listFaults.unreadable);
}

function fault(says: string) {
  return { ok: false, faults: { list: says }, lines: [] } as const;
}
