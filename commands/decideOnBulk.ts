/** The buttons of a bulk: approving, rejecting and withdrawing all of it, and letting it go on or stopping it. */
import type { WebClient } from '@slack/web-api';
import type { Steer } from '../src/domain/bulkAct.ts';
import type { Act } from '../src/domain/decide.ts';
import { decideLabels } from '../src/language/decide.ts';
import { approveBulkForm, rejectBulkForm } from '../src/slack/bulkForms.ts';
import { bulkDoneText, bulkRefusalText, steerRefusalText } from '../src/slack/bulkText.ts';
import { STEP_UP } from '../src/slack/decideForms.ts';
import { whisper } from '../src/slack/whisper.ts';
import type { DecidedOnBulk } from '../src/usecases/decideOnBulk.ts';
import {
  type Click,
  faultOfNote,
  faultOfWhyNot,
  type Judged,
  openJudged,
  readClick,
  readDecision,
  tellOutsideThread,
} from './decide.ts';
import type { Desk, Register } from './desk.ts';

export const registerDecideOnBulk: Register = (app, desk) => {
  app.action('approve_bulk', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    // The form comes only now, and asks for what has to be confirmed.
    const act = { type: 'approve', saw: click.memory.digest, note: null, confirmed: true } as const;
    await openJudged(client, click, judge(desk, click, act), {
      title: decideLabels.approve,
      waits: false,
      build: async ({ bulk }) => approveBulkForm(await desk.usecases.showBulk(bulk.id), click.memory),
    });
  });

  app.view('approve_whole_bulk', async ({ ack, body, client }) => {
    const { person, memory, note, confirmed } = readDecision(body);
    const errors = {
      ...(confirmed === false ? { [STEP_UP]: decideLabels.confirmFirst } : {}),
      ...faultOfNote(note),
    };
    if (Object.keys(errors).length > 0) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    const act = {
      type: 'approve',
      saw: memory.digest,
      note: note || null,
      confirmed: confirmed === true,
    } as const;
    await decideAndTell(client, desk, { person, memory }, act);
  });

  app.action('reject_bulk', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    await openJudged(client, click, judge(desk, click, { type: 'reject', note: '' }), {
      title: decideLabels.reject,
      waits: false,
      build: async ({ bulk }) => rejectBulkForm(bulk, click.memory),
    });
  });

  app.view('reject_whole_bulk', async ({ ack, body, client }) => {
    const { person, memory, note } = readDecision(body);
    const errors = faultOfWhyNot(note);
    if (errors.note !== undefined) {
      await ack({ response_action: 'errors', errors });
      return;
    }
    await ack();
    await decideAndTell(client, desk, { person, memory }, { type: 'reject', note });
  });

  app.action('withdraw_bulk', async ({ ack, body, client }) => {
    await ack();
    await decideAndTell(client, desk, readClick(body), { type: 'withdraw' });
  });

  app.action('go_on_bulk', async ({ ack, body, client }) => {
    await ack();
    const click = readClick(body);
    await steerAndTell(client, desk, click, { type: 'go_on', saw: click.memory.digest });
  });

  app.action('stop_bulk', async ({ ack, body, client }) => {
    await ack();
    await steerAndTell(client, desk, readClick(body), { type: 'stop' });
  });
};

async function judge(
  { usecases, showTime }: Desk,
  { person, memory }: Click,
  act: Act,
): Promise<Judged<DecidedOnBulk>> {
  const decided = await usecases.tryToDecideOnBulk(memory.id, act, person);
  const { verdict } = decided;
  return verdict.counts
    ? { subject: decided, refused: undefined }
    : { refused: bulkRefusalText(verdict.refusal, decided, showTime) };
}

/** The thread tells everyone; the person alone hears why it did not count, and, elsewhere, that it did. */
async function decideAndTell(
  client: WebClient,
  { usecases, showTime }: Desk,
  { person, memory }: Pick<Click, 'person' | 'memory'>,
  act: Act,
): Promise<void> {
  const decided = await usecases.decideOnBulk(memory.id, act, person);
  const { verdict, bulk } = decided;
  if (!verdict.counts)
    return whisper(client, person.user, memory, bulkRefusalText(verdict.refusal, decided, showTime));
  await tellOutsideThread(client, person, memory, bulkDoneText(act.type, bulk, verdict.stillMissing));
}

async function steerAndTell(
  client: WebClient,
  { usecases, showTime }: Desk,
  { person, memory }: Click,
  steer: Steer,
): Promise<void> {
  const steered = await usecases.steerBulk(memory.id, steer, person);
  if (steered.refusal !== undefined)
    return whisper(client, person.user, memory, steerRefusalText(steered.refusal, steered, showTime));
  await tellOutsideThread(client, person, memory, bulkDoneText(steer.type, steered.bulk));
}
