/** The pace at which an account's payments are looked up and sent for bulks, for all processes together. */
import { Later } from './later.ts';
import type { Pace, Turns } from './posting.ts';

/** How long a turn is waited for in place. */
const PATIENCE_MS = 10_000;

export type TakeTurn = (account: string) => Promise<void>;

export function createTakeTurn(turns: Turns, paceOf: (account: string) => Pace): TakeTurn {
  return async (account) => {
    const { isMine, waitMs } = await turns.take(`bulk ${account}`, paceOf(account), PATIENCE_MS);
    if (!isMine) throw new Later(`${account} is busy with other bulks`, Math.ceil(waitMs / 1000));
    if (waitMs > 0) await new Promise((resolve) => void setTimeout(resolve, waitMs));
  };
}
