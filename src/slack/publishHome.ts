/** Shows people their Homes. */
import type { HomeView } from '@slack/types';
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import type { Board } from '../usecases/ports.ts';
import { homeView } from './home.ts';
import type { ShowTime } from './look.ts';
import type { InTurn } from './turns.ts';

/** What Slack says of a person who has no Home here, now or later. */
const HOMELESS = new Set(['user_not_found', 'not_enabled']);

export function createPublishHome(
  client: WebClient,
  { showTime }: { readonly showTime: ShowTime },
  inTurn: InTurn,
): Board['publishHome'] {
  async function publish(user: string, view: HomeView, hash: string | null): Promise<string | null> {
    const published = await inTurn('views.publish', '', () =>
      client.views.publish({ user_id: user, view, ...(hash === null ? {} : { hash }) }),
    );
    return published.view?.hash ?? null;
  }

  return async (user, home, at, hash) => {
    const view = homeView(home, at, showTime);
    try {
      return await publish(user, view, hash);
    } catch (error) {
      if (!(error instanceof WebAPIPlatformError)) throw error;
      if (HOMELESS.has(error.data.error)) return null;
      if (error.data.error !== 'hash_conflict' || hash === null) throw error;
      // A process that died published it and could not remember its hash. What else it may have on its way is refused.
      return publish(user, view, null);
    }
  };
}
