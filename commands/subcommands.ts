/** Every sub-command of `/cancel` by its name; the order is that of the help. */
import { helpUsage, helpText } from '../src/language/help.ts';
import { code } from '../src/slack/inert.ts';
import type { Subcommand } from './subcommand.ts';
import { freeze } from './freeze.ts';
import { lift } from './lift.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { summary } from './summary.ts';

const help: Subcommand = {
  ...helpUsage,
  async answer(_typed, { accounts }) {
    return helpText({
      subcommands: [...subcommands.values()],
      accounts: accounts.map(({ account }) => code(account)),
    });
  },
};

export const subcommands: ReadonlyMap<string, Subcommand> = new Map([
  ['list', list],
  ['show', show],
  ['summary', summary],
  ['freeze', freeze],
  ['lift', lift],
  ['help', help],
]);
