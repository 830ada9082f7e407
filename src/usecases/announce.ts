/**
 * Brings Slack in line with the record: posts what is missing, edits what is outdated. It may run any number of
 * times. What was posted is remembered at once; a post whose answer is lost comes twice, rather than never.
 */
import { waitsForAPerson } from '../domain/find.ts';
import { isOpen, isUnsettled, type Request } from '../domain/request.ts';
import type { Decision, Finding, Posted, Story, World } from './ports.ts';

interface Place {
  readonly channel: string;
  readonly ts: string;
}

/** Remembered of a message that can't be delivered, so that it is not tried for ever. */
const NOWHERE: Place = { channel: '', ts: '' };

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
        // Only an approval changes afterwards: it has buttons for as long as another one is wanted.
        if (posted.has(kind) && !('act' in entry && entry.act === 'approve')) continue;
        await show(
          kind,
          () => board.postToThread(headline, story, entry),
          (at) => board.editInThread(at, story, entry),
        );
      }
      // Once posted it is kept in line too: when somebody has looked, its button goes.
      const isCalled = waitsForAPerson(story.request.state, story.lookUps.endedAt);
      if (isCalled || posted.has('call')) {
        await show(
          'call',
          () => board.postCall(headline, story),
          (at) => board.editCall(at, story),
        );
      }
      const result = `result:${story.request.state}`;
      if (isNews(story.request) && !posted.has(result)) {
        await keep(result, (await board.tellRequester(headline, story)) ?? NOWHERE);
      }
      await store.markAnnounced(id, version);
    });
}

/**
 * What the thread tells, in the order in which it happened. Acts that did not count are in the record only, and what
 * a person found is told with who found it.
 */
export function entriesOf({ decisions, findings }: Story): readonly (Decision | Finding)[] {
  return [
    ...decisions.filter(({ refusal }) => refusal === null),
    ...findings.filter(({ source }) => source !== 'person'),
  ].toSorted((a, b) => timeOf(a).getTime() - timeOf(b).getTime());
}

export function timeOf(entry: Decision | Finding): Date {
  return 'act' in entry ? entry.decidedAt : entry.learntAt;
}

/** The requester is told how it ended, and what keeps it from ending. */
function isNews({ state }: Request): boolean {
  return !isOpen(state) || isUnsettled(state);
}
