/** Every sub-command of `/cancel` by its name; the order is that of the help. */
import { helpUsage, helpText } from '../src/language/help.ts';
import { code } from '../src/slack/inert.ts';
import { bulk } from './bulk.ts';
import { freeze } from './freeze.ts';
import { lift } from './lift.ts';
import { forMembers, type Subcommand } from './subcommand.ts';
import { list } from './list.ts';
import { search } from './search.ts';
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
  ['list', forMembers(list)],
  ['find', forMembers(search)],
  ['show', forMembers(show)],
  ['summary', forMembers(summary)],
  ['bulk', bulk],
  ['freeze', freeze],
  ['lift', lift],
  ['help', help],
]);
