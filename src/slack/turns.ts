/** Every call for a message waits its turn: as fast as Slack takes them, and never before it wants to be asked again. */
import { setTimeout } from 'node:timers/promises';
import { WebAPIRateLimitedError } from '@slack/web-api';
import { Later } from '../usecases/later.ts';
import type { Pace, Turns } from '../usecases/posting.ts';

/** For posts: Slack takes a message a second in a channel, and a few at once when it was quiet there. */
export const MESSAGE_A_SECOND: Pace = { everyMs: 1_100, burst: 4 };
/** For Homes: Slack takes a hundred a minute, whoever they are of. */
export const HOMES_A_MINUTE: Pace = { everyMs: 750, burst: 15 };
/** The other limits are by the minute, and generous: it is enough to heed a refusal. A local Slack has none. */
export const UNPACED: Pace = { everyMs: 0, burst: 1 };

/**
 * How long a post waits for its turn in place. What would take longer comes back, and keeps no other from its work.
 * An edit comes back at once: what it was to show may be overtaken until then.
 */
const PATIENCE_MS = 10_000;

/** Clocks and timers differ by a little, and Slack counts calls that come too early. */
const MARGIN_MS = 100;

/** @throws Later when the call was surely not carried out, because it is not its turn yet */
export type InTurn = <T>(method: string, channel: string, call: () => Promise<T>) => Promise<T>;

/** By method; the others are unpaced. */
export type Paces = Readonly<Record<string, Pace>>;
export const SLACKS_PACES: Paces = { 'chat.postMessage': MESSAGE_A_SECOND, 'views.publish': HOMES_A_MINUTE };

export function createInTurn(turns: Turns, paces: Paces): InTurn {
  return async (method, channel, call) => {
    const name = `${method} ${channel}`;
    const isPost = method === 'chat.postMessage';
    const pace = paces[method] ?? UNPACED;
    const { isMine, waitMs } = await turns.take(name, pace, isPost ? PATIENCE_MS : 0);
    if (!isMine) throw new Later(`${name} is busy`, Math.ceil(waitMs / 1000));
    if (waitMs > 0) await setTimeout(waitMs);
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError)) throw error;
      // Said to the other processes too, so that they don't have to be told by Slack.
      await turns.hold(name, pace, error.retryAfter * 1000 + MARGIN_MS);
      throw new Later(`Slack limits ${name}`, error.retryAfter);
    }
  };
}
