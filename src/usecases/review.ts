/** Before somebody approves, the provider is asked again: what they are shown must still hold. */
import { compareEvidence, type Evidence } from '../domain/evidence.ts';
import type { Request } from '../domain/request.ts';
import { endByClock } from './endByClock.ts';
import { lookUpAgain } from './lookUpAgain.ts';
import type { World } from './ports.ts';
import type { Story } from './story.ts';

type Review =
  | { readonly type: 'upheld'; readonly story: Story; readonly fresh: Evidence }
  | { readonly type: 'lapsed'; readonly request: Request; readonly fresh: Evidence }
  /** Not pending any more, so there is nothing to review. */
  | { readonly type: 'over'; readonly request: Request };

export type ReviewRequest = (id: string) => Promise<Review>;

export function createReviewRequest({
  store,
  providers,
  now,
}: Pick<World, 'store' | 'providers' | 'now'>): ReviewRequest {
  return async (id) => {
    const story = await store.selectStory(id);
    if (story.request.state !== 'pending') return { type: 'over', request: story.request };

    const fresh = await lookUpAgain(providers, story.request);
    if (compareEvidence(story.request.evidence, fresh) !== 'contradicted')
      return { type: 'upheld', story, fresh };

    return store.transaction(async (records) => {
      const request = await records.lockRequest(id);
      if (request.state !== 'pending') return { type: 'over', request };
      return {
        type: 'lapsed',
        request: await endByClock(records, request, 'lapsed', fresh.says, now()),
        fresh,
      };
    });
  };
}
