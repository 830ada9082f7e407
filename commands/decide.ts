/** What Approve, Reject and Withdraw have in common: a click that may not count, and a decision that is told. */
import type { ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { hasCardNumber } from '../src/domain/cardNumber.ts';
import type { Act } from '../src/domain/decide.ts';
import type { Person } from '../src/domain/person.ts';
import type { Request } from '../src/domain/request.ts';
import { CARD_NUMBER_TEXT } from '../src/language/cardNumber.ts';
import { decideLabels } from '../src/language/decide.ts';
import { DecideMemory, readNote, readStepUp } from '../src/slack/decideForms.ts';
import { ButtonClick, CardButton, FormSubmission } from '../src/slack/payloads.ts';
import { doneText, refusalText } from '../src/slack/text.ts';
import { noticeView, waitingView } from '../src/slack/views.ts';
import { whisper } from '../src/slack/whisper.ts';
import type { Decided } from '../src/usecases/decideOnRequest.ts';
import { answerInView } from './answerInView.ts';
import type { Desk } from './desk.ts';
import { inTime } from './inTime.ts';

export interface Click {
  readonly person: Person;
  readonly trigger: string;
  readonly memory: DecideMemory;
}

export function readClick(body: unknown): Click {
  const { person, trigger, button, channel, thread } = ButtonClick.parse(body);
  return { person, trigger, memory: { ...CardButton.parse(button), channel, thread } };
}

/**
 * Opens the form of a decision if the act would count; otherwise the person is told why not, and the try is on
 * record. Where the verdict takes longer than a trigger lasts, a modal that waits is opened meanwhile.
 * @param build gives the form; it may ask the provider, which the modal waits for too.
 */
export async function openDecision(
  client: WebClient,
  desk: Desk,
  click: Click,
  act: Act,
  form: JudgedForm<Request>,
): Promise<void> {
  await openJudged(client, click, judge(desk, click, act), form);
}

/** An act that was tried out: on what, or the sentence that says why it would not count. */
export type Judged<Subject> =
  | { readonly subject: Subject; readonly refused: undefined }
  | { readonly refused: string };

interface JudgedForm<Subject> {
  readonly title: string;
  readonly waits: boolean;
  readonly build: (subject: Subject) => Promise<ModalView>;
}

export async function openJudged<Subject>(
  client: WebClient,
  click: Click,
  judged: Promise<Judged<Subject>>,
  { title, waits, build }: JudgedForm<Subject>,
): Promise<void> {
  const open = async (view: ModalView) =>
    (await client.views.open({ trigger_id: click.trigger, view })).view?.id ?? '';
  // Awaited below, unless the modal can't be opened; then its own failure is the one to tell.
  const known = await inTime(judged);

  if (known?.refused !== undefined) return whisper(client, click.person.user, click.memory, known.refused);
  if (known !== undefined && !waits) return void (await open(await build(known.subject)));
  const modal = { id: await open(waitingView(title)), title, user: click.person.user };
  await answerInView(client, modal, async () => {
    const verdict = await judged;
    return verdict.refused === undefined
      ? { view: await build(verdict.subject) }
      : { view: noticeView(title, verdict.refused), says: verdict.refused };
  });
}

async function judge(
  { usecases, showTime }: Desk,
  { person, memory }: Click,
  act: Act,
): Promise<Judged<Request>> {
  const { verdict, request, ...because } = await usecases.tryToDecide(memory.id, act, person);
  return verdict.counts
    ? { subject: request, refused: undefined }
    : { refused: refusalText(verdict.refusal, request, showTime, because) };
}

/**
 * Decides; the thread tells everyone, and the person alone hears why it did not count. Whoever decided from their Home
 * has no thread before them, so they hear also that it did.
 */
export async function decideAndTell(
  client: WebClient,
  { usecases, showTime }: Desk,
  { person, memory }: Pick<Click, 'person' | 'memory'>,
  act: Act,
): Promise<Decided> {
  const decided = await usecases.decideOnRequest(memory.id, act, person);
  const { verdict, request, ...because } = decided;
  if (!verdict.counts) {
    await whisper(client, person.user, memory, refusalText(verdict.refusal, request, showTime, because));
    return decided;
  }
  await tellOutsideThread(client, person, memory, doneText(act.type, request, verdict.stillMissing));
  return decided;
}

/** Says what was done to whoever did it from their Home, or from what they alone see: no thread tells them. */
export async function tellOutsideThread(
  client: WebClient,
  person: Person,
  memory: DecideMemory,
  done: string | undefined,
): Promise<void> {
  if (memory.thread === null && done !== undefined) await whisper(client, person.user, memory, done);
}

export function readDecision(body: unknown) {
  const { person, memory, inputs, state } = FormSubmission.parse(body);
  return {
    person,
    confirmed: readStepUp(inputs, state),
    memory: DecideMemory.parse(JSON.parse(memory)),
    note: readNote(state),
  };
}

/** A sentence at the note where it can't be kept. */
export function faultOfNote(note: string): { readonly note?: string } {
  return hasCardNumber(note) ? { note: CARD_NUMBER_TEXT } : {};
}

/** The same where a note has to say why not. */
export function faultOfWhyNot(note: string): { readonly note?: string } {
  return note === '' ? { note: decideLabels.sayWhyNot } : faultOfNote(note);
}
