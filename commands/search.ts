/** `/cancel find`: the requests for a payment, by what people call it. */
import { searchUsage, WHAT_TO_FIND } from '../src/language/search.ts';
import { START } from '../src/usecases/paging.ts';
import { showPage } from './list.ts';
import type { Subcommand } from './subcommand.ts';

/** No provider has a longer reference, and a button has room for it. */
const WANTED_MAX = 300;

export const search: Subcommand = {
  ...searchUsage,
  async answer({ rest, person }, desk) {
    if (rest === '' || rest.length > WANTED_MAX || rest.includes('\0')) return WHAT_TO_FIND;
    return showPage({ wanted: rest }, START, person, desk);
  },
};
