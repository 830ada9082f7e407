/** `/cancel freeze`: an approver stops at once what is sent. */
import { freezeName, type Scope } from '../src/domain/freeze.ts';
import {
  faultyReasonText,
  freezeExample,
  freezeRefusalText,
  freezesText,
  freezeUsage,
  frozeText,
  noReasonText,
  onlyNewestText,
  standingLine,
  unknownThingText,
} from '../src/language/freeze.ts';
import { inWords } from '../src/slack/freeze.ts';
import { code, cut, sentence } from '../src/slack/inert.ts';
import { asTyped, readUser, splitEscaped } from '../src/slack/typed.ts';
import { faultOfReason } from '../src/usecases/checkAsk.ts';
import type { Desk } from './desk.ts';
import type { Subcommand } from './subcommand.ts';

/** More than a few stand at once only when something is very wrong. */
const FREEZES_SHOWN = 20;

export const freeze: Subcommand = {
  ...freezeUsage,
  async answer({ escaped, person }, desk) {
    const { first, rest } = splitEscaped(escaped);
    if (first === '') return standing(desk);
    const scope = readScope(first, desk);
    const typed = asTyped(first);
    if (scope === undefined) {
      const accounts = desk.accounts.map(({ account }) => code(account));
      return unknownThingText({ typed: code(cut(typed, 40)), accounts });
    }
    const reason = asTyped(rest).replaceAll(/\s+/g, ' ').trim();
    if (reason === '') return noReasonText(code(freezeExample(typed)));
    const fault = faultOfReason(reason);
    if (fault !== undefined) return faultyReasonText(fault);

    const frozen = await desk.usecases.freezeDispatch({ scope, reason }, person);
    return frozen.counts
      ? frozeText(inWords(frozen.freeze, desk.showTime))
      : freezeRefusalText(frozen.refusal, { why: frozen.why, own: frozen.own && freezeName(frozen.own) });
  },
};

async function standing({ usecases, showTime }: Desk): Promise<string> {
  const freezes = await usecases.listFreezes();
  const lines = freezes
    .slice(-FREEZES_SHOWN)
    .map((one) => standingLine({ ...inWords(one, showTime), reason: sentence(one.reason) }));
  return freezesText(freezes.length > FREEZES_SHOWN ? [...lines, onlyNewestText(FREEZES_SHOWN)] : lines);
}

function readScope(word: string, { accounts }: Desk): Scope | undefined {
  const user = readUser(word);
  if (user !== undefined) return { type: 'person', users: [user] };
  // Phones begin a line with a capital.
  const name = word.toLowerCase();
  if (name === 'all') return { type: 'all' };
  return accounts.some(({ account }) => account === name) ? { type: 'account', account: name } : undefined;
}
