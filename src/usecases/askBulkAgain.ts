/** Somebody wants to ask again for what a bulk asked, as far as that ended without a cancellation. */
import type { Bulk } from '../domain/bulk.ts';
import { writeList } from '../domain/list.ts';
import { canBeAskedAgain, targetOf } from '../domain/request.ts';
import type { World } from './ports.ts';

export interface AskBulkAgain {
  readonly bulk: Bulk;
  /** How many payments can be asked for again. */
  readonly count: number;
  /** Those, as a list that can be asked for; undefined where the account is gone. */
  readonly list: string | undefined;
  /** Empty, once it was erased. */
  readonly reason: string;
  /** Empty, where there was none. */
  readonly ticket: string;
}

export type TryToAskBulkAgain = (id: string) => Promise<AskBulkAgain>;

export function createTryToAskBulkAgain({
  store,
  providers,
}: Pick<World, 'store' | 'providers'>): TryToAskBulkAgain {
  return async (id) => {
    const bulk = await store.selectBulk(id);
    const lines = (await store.selectLines(id)).filter(({ state }) => canBeAskedAgain(state));
    const provider = providers.get(bulk.account);
    const list =
      provider &&
      writeList(
        lines.map((line) => provider.fillIn(targetOf(line))),
        provider.fields,
      );
    const [first] = lines;
    const reason = first === undefined || first.salt === '' ? '' : first.reason;
    return { bulk, count: lines.length, list, reason, ticket: first?.ticket ?? '' };
  };
}
