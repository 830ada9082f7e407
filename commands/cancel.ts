/** `/cancel`: reads the first word and passes the rest on to whoever it is for. */
import type { RespondFn } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { hasCardNumber } from '../src/domain/cardNumber.ts';
import { CARD_NUMBER_TEXT } from '../src/language/cardNumber.ts';
import type { Message } from '../src/slack/card.ts';
import { SlashCommand } from '../src/slack/payloads.ts';
import { unknownWordText } from '../src/slack/text.ts';
import { asTyped, splitEscaped } from '../src/slack/typed.ts';
import { openAskForm } from './ask.ts';
import type { Register } from './desk.ts';
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
      const open = async (view: ModalView) => void (await client.views.open({ trigger_id: trigger, view }));
      const answer = await subcommand.answer({ rest, escaped, person, open }, desk);
      return answer === undefined ? undefined : answerPrivately(respond, answer);
    }
    const account = desk.accounts.find((choice) => choice.account === word);
    if (word !== '' && account === undefined) {
      const accounts = desk.accounts.map((choice) => choice.account);
      return answerPrivately(
        respond,
        hasCardNumber(text) ? CARD_NUMBER_TEXT : unknownWordText(word, accounts),
      );
    }
    const [reference = '', ...reason] = others;
    if (hasCardNumber(reason.join(' '))) return answerPrivately(respond, CARD_NUMBER_TEXT);
    return openAskForm(client, { trigger, person }, desk, account?.account, {
      reference,
      reason: reason.join(' '),
    });
  });
};

async function answerPrivately(respond: RespondFn, answer: string | Message): Promise<void> {
  const message = typeof answer === 'string' ? { text: answer } : answer;
  await respond({ response_type: 'ephemeral', ...message });
}
