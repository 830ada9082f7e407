/** `/cancel`: reads the first word and passes the rest on to whoever it is for. */
import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { SlashCommand } from '../src/slack/payloads.ts';
import { unknownWordText } from '../src/slack/text.ts';
import { asTyped, splitEscaped } from '../src/slack/typed.ts';
import { openAskForm } from './ask.ts';
import type { Desk, Register } from './desk.ts';
import { subcommands } from './subcommands.ts';

export const registerCancel: Register = (app, desk) => {
  app.command('/cancel', async ({ ack, command, client, respond }) => {
    await ack();
    const { text, person, trigger } = SlashCommand.parse(command);
    const [first = '', ...others] = asTyped(text).split(/\s+/);
    // Phones begin a line with a capital.
    const word = first.toLowerCase();
    const rest = others.join(' ');

    const subcommand = subcommands.get(word);
    if (subcommand !== undefined) {
      const { rest: escaped } = splitEscaped(text);
      return answerPrivately(respond, await subcommand.answer({ rest, escaped, person }, desk));
    }
    const account = desk.accounts.find((choice) => choice.account === word);
    if (word !== '' && account === undefined) {
      return answerPrivately(
        respond,
        unknownWordText(
          word,
          desk.accounts.map((choice) => choice.account),
        ),
      );
    }
    return openFilledIn(client, { trigger, person }, desk, account?.account, others);
  });
};

async function openFilledIn(
  client: WebClient,
  by: Parameters<typeof openAskForm>[1],
  desk: Desk,
  account: string | undefined,
  [reference = '', ...reason]: readonly string[],
): Promise<void> {
  // The reference is what the provider's form asks first.
  await openAskForm(client, by, desk, account, ({ provider: { fields } }) => ({
    [fields[0]?.name ?? '']: reference,
    reason: reason.join(' '),
  }));
}

async function answerPrivately(respond: RespondFn, text: string): Promise<void> {
  await respond({ response_type: 'ephemeral', text });
}
