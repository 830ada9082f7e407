/** "Record what you found": a person who looked at the provider settles what nobody could learn by asking. */
import type { Find } from '../src/domain/find.ts';
import type { Person } from '../src/domain/person.ts';
import { findFaults, findLabels } from '../src/language/find.ts';
import { findForm, FindMemory, FoundReference, WhatWasFound } from '../src/slack/findForm.ts';
import { FormSubmission } from '../src/slack/payloads.ts';
import { doneText, refusalText } from '../src/slack/text.ts';
import { whisper } from '../src/slack/whisper.ts';
import type { Found } from '../src/usecases/settleByPerson.ts';
import { faultOfNote, type Judged, openJudged, readClick, tellOutsideThread } from './decide.ts';
import type { Desk, Register } from './desk.ts';

export const registerFind: Register = (app, desk) => {
  app.action('record_finding', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    const { id, digest } = click.memory;
    await openJudged(client, click, settle(desk, id, { type: 'find', saw: digest }, click.person), {
      title: findLabels.waiting,
      waits: false,
      build: async ({ story, at }) => findForm(story, click.memory, at, desk.showTime),
    });
  });

  app.view('settle_request', async ({ ack, body, client }) => {
    const { person, memory, find, errors } = readFinding(body);
    if (find === undefined) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const settled = await settle(desk, memory.id, find, person);
    if (settled.refused !== undefined) return whisper(client, person.user, memory, settled.refused);
    await tellOutsideThread(client, person, memory, doneText(find.type, settled.subject.story.request, []));
  });
};

async function settle(
  { usecases, showTime }: Desk,
  id: string,
  find: Find,
  person: Person,
): Promise<Judged<Found>> {
  const found = await usecases.settleByPerson(id, find, person);
  const { refusal, story } = found;
  return refusal === undefined
    ? { subject: found, refused: undefined }
    : { refused: refusalText(refusal, story.request, showTime, found) };
}

/** What was filled in, or a sentence for each field that it can't be taken from. */
function readFinding(body: unknown) {
  const { person, memory: remembered, state } = FormSubmission.parse(body);
  const memory = FindMemory.parse(JSON.parse(remembered));
  const { digest: saw, version, openedAt } = memory;
  const type = WhatWasFound.parse(state['found']?.value?.selected_option?.value);
  const reference = (state['reference']?.value?.value ?? '').trim() || null;
  const note = (state['note']?.value?.value ?? '').trim();

  const noNote = note === '' ? { note: findFaults.noNote } : faultOfNote(note);
  const errors = { ...referenceFault(type, reference), ...noNote };
  const said = { note, saw, version, openedAt };
  const find: Find = type === 'find_cancelled' ? { type, reference, ...said } : { type, ...said };
  return { person, memory, errors, find: Object.keys(errors).length > 0 ? undefined : find };
}

function referenceFault(type: Find['type'], reference: string | null): Record<string, string> {
  if (reference === null) return {};
  if (type === 'find_refused') return { reference: findFaults.needlessReference };
  return FoundReference.safeParse(reference).success ? {} : { reference: findFaults.noReference };
}
