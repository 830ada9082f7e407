/** The forms that ask for a cancellation, and what comes of them. */
import type { ModalView } from '@slack/types';
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import type { Person } from '../src/domain/person.ts';
import { TICKET_FIELD } from '../src/domain/ticket.ts';
import { askLabels, notMadeYetText } from '../src/language/ask.ts';
import { APPROVERS, NOT_SAID_YET } from '../src/language/policy.ts';
import {
  AskMemory,
  accountForm,
  askForm,
  type Choice,
  fillIn,
  Known,
  typedFields,
} from '../src/slack/askForm.ts';
import { FormSubmission } from '../src/slack/payloads.ts';
import type { ShowTime } from '../src/slack/look.ts';
import type { Listeners } from '../src/slack/listeners.ts';
import { sayApprovers, sayProspects, turnedAwayText } from '../src/slack/prospects.ts';
import { alreadyOpenText, closedText, madeText, notCancellableText } from '../src/slack/text.ts';
import { noticeView, waitingView } from '../src/slack/views.ts';
import { answerInView } from './answerInView.ts';
import type { Asked } from '../src/usecases/ask.ts';
import type { Desk } from './desk.ts';
import { inTime } from './inTime.ts';

const TITLE = askLabels.title;

/** Opens the form, for the account if it is known. */
export async function openAskForm(
  client: WebClient,
  { trigger, person }: { readonly trigger: string; readonly person: Person },
  desk: Desk,
  account: string | undefined,
  known: Known,
): Promise<void> {
  const { accounts } = desk;
  const chosen = accounts.length === 1 ? accounts[0] : accounts.find((choice) => choice.account === account);
  if (chosen === undefined) {
    await client.views.open({ trigger_id: trigger, view: accountForm(accounts, known) });
    return;
  }
  const prospects = foresee(desk, chosen, person);
  const formSaying = (approvers: string) => askForm(chosen, fillIn(chosen, known), approvers);
  const foreseen = await inTime(prospects);
  const opened = await client.views.open({ trigger_id: trigger, view: formSaying(foreseen ?? NOT_SAID_YET) });
  if (foreseen === undefined) await sayLater(client, opened.view, formSaying(await prospects));
}

/** Who could approve what this person asks for there. */
export async function foresee(
  { usecases }: Desk,
  { account, provider }: Choice,
  person: Person,
): Promise<string> {
  return `*${APPROVERS}*\n${sayProspects(await usecases.foresee(account, provider, person))}`;
}

/** What was typed meanwhile stays. A form that was sent or closed meanwhile is left alone: its hash is another. */
async function sayLater(
  client: WebClient,
  opened: { readonly id?: string; readonly hash?: string } | undefined,
  view: ModalView,
): Promise<void> {
  try {
    await client.views.update({ view_id: opened?.id ?? '', hash: opened?.hash ?? '', view });
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError && SENT_OR_CLOSED.has(error.data.error))) throw error;
  }
}
const SENT_OR_CLOSED = new Set(['hash_conflict', 'not_found']);

export function registerAsk(app: Listeners, desk: Desk): void {
  const { usecases, accounts, showTime } = desk;

  app.view('choose_account', async ({ ack, body }) => {
    const { person, state, memory } = FormSubmission.parse(body);
    const known = Known.parse(JSON.parse(memory));
    const account = typedFields(state)['account'];
    const choice = accounts.find((one) => one.account === account);
    if (choice === undefined) {
      await ack({ response_action: 'errors', errors: { account: askLabels.chooseAccount } });
      return;
    }
    const approvers = await inTime(foresee(desk, choice, person));
    await ack({
      response_action: 'update',
      view: askForm(choice, fillIn(choice, known), approvers ?? NOT_SAID_YET),
    });
  });

  app.view('ask_cancellation', async ({ ack, body, client }) => {
    const { person, view, memory, state } = FormSubmission.parse(body);
    const { account, follows } = AskMemory.parse(JSON.parse(memory));
    const typed = typedFields(state);
    const { reason = '', [TICKET_FIELD]: ticket = '', ...fields } = typed;

    const checked = usecases.checkAsk({ account, fields, reason, ticket, follows: follows?.id });
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
      const choice = accounts.find((one) => one.account === account);
      if (choice === undefined) return { view: noticeView(TITLE, says), says };
      const approvers = await foresee(desk, choice, person);
      return { view: askForm(choice, typed, approvers, { notice: says, follows }), says };
    });
  });
}

function answerText(asked: Asked, showTime: ShowTime): string {
  switch (asked.type) {
    case 'made':
      return `✅ ${madeText(asked.request)}\n*${APPROVERS}*\n${sayApprovers(asked.approvers)}`;
    case 'already_open':
      return `ℹ️ ${alreadyOpenText(asked.request)}`;
    case 'turned_away':
      return `⛔ ${turnedAwayText(asked.turnedAway)}`;
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
