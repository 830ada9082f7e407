/** "Agree to lift" under a freeze, and `/cancel lift` for where that message is out of reach. */
import { freezeName, LIFTERS, readFreezeNumber } from '../src/domain/freeze.ts';
import type { Person } from '../src/domain/person.ts';
import {
  agreedText,
  liftRefusalText,
  liftUsage,
  noFreezeText,
  WHICH_FREEZE,
} from '../src/language/freeze.ts';
import { ButtonClick, FreezeButton } from '../src/slack/payloads.ts';
import { whisper } from '../src/slack/whisper.ts';
import type { Desk, Register } from './desk.ts';
import type { Subcommand } from './subcommand.ts';

export const registerLift: Register = (app, desk) => {
  app.action('lift_freeze', async ({ ack, body, client }) => {
    await ack();
    const { person, button, channel } = ButtonClick.parse(body);
    const { freeze } = FreezeButton.parse(button);
    await whisper(client, person.user, { channel, thread: null }, await agree(desk, freeze, person));
  });
};

export const lift: Subcommand = {
  ...liftUsage,
  async answer({ rest, person }, desk) {
    const number = readFreezeNumber(rest);
    if (number === undefined) return WHICH_FREEZE;
    const freeze = await desk.usecases.showFreeze(number);
    return freeze === undefined ? noFreezeText(freezeName({ number })) : agree(desk, freeze.id, person);
  },
};

async function agree({ usecases }: Desk, id: string, person: Person): Promise<string> {
  const lifted = await usecases.agreeToLift(id, person);
  const name = freezeName(lifted.freeze);
  if (lifted.counts) return agreedText({ name, more: LIFTERS - lifted.freeze.lifts.length });
  return liftRefusalText(lifted.refusal, {
    name,
    why: lifted.why,
    own: lifted.own && freezeName(lifted.own),
  });
}
