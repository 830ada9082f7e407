/** Every sub-command of `/cancel` by its name; the order is that of the help. */
import type { Subcommand } from './subcommand.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { summary } from './summary.ts';

const help: Subcommand = {
  usage: '/cancel help',
  help: 'this list',
  async answer(_typed, { accounts }) {
    return [
      '*Nobody cancels a payment alone: you ask, a second person approves, and only then is the provider told.*',
      '`/cancel` – ask for a cancellation in a form',
      '`/cancel <account> <reference> [reason]` – the same, filled in',
      ...Array.from(subcommands.values(), (one) => `\`${one.usage}\` – ${one.help}`),
      `Accounts: ${accounts.map(({ account }) => `\`${account}\``).join(', ')}`,
    ].join('\n');
  },
};

export const subcommands: ReadonlyMap<string, Subcommand> = new Map([
  ['list', list],
  ['show', show],
  ['summary', summary],
  ['help', help],
]);
