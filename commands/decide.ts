/** What Approve, Reject and Withdraw have in common: a click that may not count, and a decision that is told. */
import type { WebClient } from '@slack/web-api';
import type { Act } from '../src/domain/decide.ts';
import type { Person } from '../src/domain/person.ts';
import type { Request } from '../src/domain/request.ts';
import { DecideMemory } from '../src/slack/decideForms.ts';
import { CardClick, FormSubmission } from '../src/slack/payloads.ts';
import { refusalText } from '../src/slack/text.ts';
import { whisper } from '../src/slack/whisper.ts';
import type { Desk } from './desk.ts';

export interface Click {
  readonly person: Person;
  readonly trigger: string;
  readonly memory: DecideMemory;
}

export function readClick(body: unknown): Click {
  const { person, trigger, button, channel, thread } = CardClick.parse(body);
  return { person, trigger, memory: { ...button, channel, thread } };
}

/** The request if the act would count; otherwise the person is told why not, and the try is on record. */
export async function wouldCount(
  client: WebClient,
  { usecases, showTime }: Desk,
  { person, memory }: Click,
  act: Act,
): Promise<Request | undefined> {
  const { verdict, request } = await usecases.tryToDecide(memory.id, act, person);
  if (verdict.counts) return request;
  await whisper(client, person.user, memory, refusalText(verdict.refusal, request, showTime));
  return undefined;
}

/** Decides; the thread tells everyone, and the person alone hears why it did not count. */
export async function decide(
  client: WebClient,
  { usecases, showTime }: Desk,
  { person, memory }: Pick<Click, 'person' | 'memory'>,
  act: Act,
): Promise<void> {
  const { verdict, request } = await usecases.decideOnRequest(memory.id, act, person);
  if (!verdict.counts) {
    await whisper(client, person.user, memory, refusalText(verdict.refusal, request, showTime));
  }
}

export function readDecision(body: unknown) {
  const { person, memory, state } = FormSubmission.parse(body);
  return {
    person,
    memory: DecideMemory.parse(JSON.parse(memory)),
    note: (state['note']?.value?.value ?? '').trim(),
  };
}
