/**
 * Brings Slack in line with the record: posts what is missing, edits what is outdated. It may run any number of
 * times. What was posted is remembered at once; only a crash in between can make a message come twice.
 */
import { isOpen, type Request } from '../domain/request.ts';
import type { Decision, Finding, Posted, Story, World } from './ports.ts';

interface Place {
  readonly channel: string;
  readonly ts: string;
}

export type Announce = (id: string) => Promise<void>;

export function createAnnounce({ store, board }: Pick<World, 'store' | 'board'>): Announce {
  return (id) =>
    store.alone(`announce ${id}`, async () => {
      const story = await store.selectStory(id);
      const { version } = story.request;
      const posted = new Map((await store.selectPosted(id)).map((message) => [message.kind, message]));

      async function keep(kind: string, { channel, ts }: Place): Promise<Posted> {
        const message = { kind, channel, ts, version };
        await store.savePosted(id, message);
        return message;
      }

      /** Posts what is missing or was deleted, and edits what shows an older version. */
      async function show(
        kind: string,
        post: () => Promise<Place>,
        edit: (at: Posted) => Promise<boolean>,
      ): Promise<Posted> {
        const already = posted.get(kind);
        if (already?.version === version) return already;
        if (already !== undefined && (await edit(already))) return keep(kind, already);
        return keep(kind, await post());
      }

      async function tellOnce(kind: string, post: () => Promise<Place>): Promise<void> {
        if (!posted.has(kind)) await keep(kind, await post());
      }

      const headline = await show(
        'headline',
        () => board.postHeadline(story),
        (at) => board.editHeadline(at, story),
      );
      await show(
        'card',
        () => board.postCard(headline, story),
        (at) => board.editCard(at, story),
      );
      for (const entry of entriesOf(story)) {
        const kind = `thread:${'act' in entry ? 'decision' : 'outcome'}:${entry.id}`;
        await tellOnce(kind, () => board.postToThread(headline, story, entry));
      }
      if (isNews(story.request)) {
        await tellOnce(`result:${story.request.state}`, () => board.tellRequester(headline, story));
      }
      await store.markAnnounced(id, version);
    });
}

/** What the thread tells, in the order in which it happened. Acts that did not count are in the record only. */
function entriesOf({ decisions, findings }: Story): readonly (Decision | Finding)[] {
  return [...decisions.filter(({ refusal }) => refusal === null), ...findings].toSorted(
    (a, b) => timeOf(a) - timeOf(b),
  );
}

function timeOf(entry: Decision | Finding): number {
  return ('act' in entry ? entry.decidedAt : entry.learntAt).getTime();
}

/** The requester is told how it ended, and what keeps it from ending. */
function isNews({ state }: Request): boolean {
  return !isOpen(state) || state === 'accepted' || state === 'unknown';
}
