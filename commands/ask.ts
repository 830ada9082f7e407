/** The forms that ask for a cancellation, and what comes of them. */
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { askLabels, notMadeYetText } from '../src/language/ask.ts';
import {
  AskMemory,
  accountForm,
  askForm,
  type Choice,
  type Filled,
  typedFields,
} from '../src/slack/askForm.ts';
import { FormSubmission } from '../src/slack/payloads.ts';
import type { ShowTime } from '../src/slack/look.ts';
import { alreadyOpenText, closedText, madeText, notCancellableText } from '../src/slack/text.ts';
import { noticeView, waitingView } from '../src/slack/views.ts';
import { answerInView } from './answerInView.ts';
import type { Asked } from '../src/usecases/ask.ts';
import type { Desk } from './desk.ts';

const TITLE = askLabels.title;

/** Opens the form, for the account if it is known. */
export async function openAskForm(
  client: WebClient,
  trigger: string,
  { accounts }: Desk,
  account: string | undefined,
  filled: (choice: Choice) => Filled,
): Promise<void> {
  const chosen = accounts.length === 1 ? accounts[0] : accounts.find((choice) => choice.account === account);
  const view = chosen === undefined ? accountForm(accounts) : askForm(chosen, filled(chosen));
  await client.views.open({ trigger_id: trigger, view });
}

export function registerAsk(app: App, desk: Desk): void {
  const { usecases, accounts, showTime } = desk;

  app.view('choose_account', async ({ ack, body }) => {
    const { state } = FormSubmission.parse(body);
    const account = typedFields(state)['account'];
    const choice = accounts.find((one) => one.account === account);
    if (choice === undefined) {
      await ack({ response_action: 'errors', errors: { account: askLabels.chooseAccount } });
      return;
    }
    await ack({ response_action: 'update', view: askForm(choice, {}) });
  });

  app.view('ask_cancellation', async ({ ack, body, client }) => {
    const { person, view, memory, state } = FormSubmission.parse(body);
    const { account, follows } = AskMemory.parse(JSON.parse(memory));
    const { reason = '', ...fields } = typedFields(state);

    const checked = usecases.checkAsk({ account, fields, reason, follows: follows?.id });
    if (!checked.ok) {
      await ack({ response_action: 'errors', errors: atFields(checked.faults) });
      return;
    }
    // The provider may take longer than the three seconds that Slack waits.
    await ack({ response_action: 'update', view: waitingView(TITLE) });
    await answerInView(client, { id: view, title: TITLE, user: person.user }, async () => {
      const asked = await usecases.askForCancellation(checked.ask, person);
      const says = answerText(asked, showTime);
      if (asked.type !== 'faulty') return { view: noticeView(TITLE, says), says };
      const choice = { account, provider: checked.ask.provider };
      return { view: askForm(choice, { ...fields, reason }, { notice: says, follows }), says };
    });
  });
}

function answerText(asked: Asked, showTime: ShowTime): string {
  switch (asked.type) {
    case 'made':
      return `✅ ${madeText(asked.request)}`;
    case 'already_open':
      return `ℹ️ ${alreadyOpenText(asked.request)}`;
    case 'not_cancellable':
      return `⛔ ${notCancellableText(asked.evidence)}`;
    case 'closed':
      return `⛔ ${closedText(asked.at, showTime)}`;
    case 'faulty':
      return `⚠️ ${notMadeYetText(Object.values(asked.faults))}`;
  }
}

/** An account's fault has no field in the form, so it stands at the reason. */
function atFields({ account, ...faults }: Readonly<Record<string, string>>): Record<string, string> {
  return account === undefined ? faults : { reason: account, ...faults };
}
