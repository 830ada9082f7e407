/** Shows people their Homes. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import type { Board } from '../usecases/board.ts';
import { homeView } from './home.ts';
import type { ShowTime } from './look.ts';
import type { InTurn } from './turns.ts';

/** What Slack says of a person who has no Home here, now or later. */
const HOMELESS = new Set(['user_not_found', 'not_enabled']);

export function createPublishHome(
  client: WebClient,
  showTime: ShowTime,
  inTurn: InTurn,
): Board['publishHome'] {
  return async (user, home, at, hash) => {
    const view = homeView(home, at, showTime);
    try {
      const published = await inTurn('views.publish', '', () =>
        client.views.publish({ user_id: user, view, ...(hash === null ? {} : { hash }) }),
      );
      return { hash: published.view?.hash ?? null };
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError)) throw error;
      if (error.data.error === 'hash_conflict') return undefined;
      if (HOMELESS.has(error.data.error)) return { hash: null };
      throw error;
    }
  };
}
