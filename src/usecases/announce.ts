/**
 * Brings Slack in line with the record: posts what is missing, edits what is outdated, mends what somebody deleted.
 * It may run any number of times. There is no list of messages to send: what is to be shown follows from the record, and
 * `requests.announced` falls behind `requests.version` until it is, so that no message can be lost with a job.
 */
import { addSeconds } from '../domain/clock.ts';
import { waitsForAPerson } from '../domain/find.ts';
import { freezeOver } from '../domain/freeze.ts';
import { isOpen, isUnsettled, type Request } from '../domain/request.ts';
import { entriesOf, kindOf } from './entries.ts';
import type { Records, World } from './ports.ts';
import type { Posted, Story } from './story.ts';
import type { Place } from './posting.ts';
import { createRemind, selectLostReminders } from './remind.ts';
import { announcing } from './ring.ts';
import { createShow } from './show.ts';
import { createTellHomes } from './tellHomes.ts';
import { watchedAfter } from './watch.ts';

/** Remembered of a message that can't be delivered, so that it is not tried for ever. */
export const NOWHERE: Place = { channel: '', ts: '' };

/** How often it is looked whether the messages of an open request still stand; `selectNeglected` rings for it. */
export const LOOK_EVERY_SECONDS = 300;

export type Announce = (id: string) => Promise<void>;

export function createAnnounce({
  store,
  board,
  reminding,
  aliases,
  now,
}: Pick<World, 'store' | 'board' | 'reminding' | 'aliases' | 'now'>): Announce {
  const remind = createRemind({ store, board, reminding, now });
  const tellHomes = createTellHomes({ store, aliases, now });

  /** The headline and its thread were not looked for in a while, and people still act on them. */
  function isDue({ request }: Story, headline: Posted | undefined): headline is Posted {
    return (
      headline !== undefined &&
      isOpen(request.state) &&
      addSeconds(headline.seenAt, LOOK_EVERY_SECONDS) <= now()
    );
  }

  async function announce(records: Records, id: string): Promise<void> {
    const [story, messages, lost] = await Promise.all([
      records.selectStory(id),
      records.selectPosted(id),
      selectLostReminders(records, id),
    ]);
    const { version, bulk, state } = story.request;
    const isNew = story.announced < version;
    const [context] = await Promise.all([
      state === 'pending' ? store.selectContext(story.request, watchedAfter(now())) : null,
      isNew && tellHomes(story.request),
    ]);
    // A line has no messages of its own.
    if (bulk !== null) return store.enqueue(announcing(story.request));
    const scene = { ...story, context };
    const posted = new Map(messages.map((message) => [message.kind, message]));
    const before = posted.get('headline');
    const looks = isDue(story, before);
    const standing = looks ? await board.selectStanding(before) : undefined;
    const show = createShow({ store, board }, story.request, { posted, standing });

    const headline = await show({
      kind: 'headline',
      where: 'approvals',
      post: (delivery) => board.postHeadline(scene, delivery),
      edit: (at) => board.editHeadline(at, scene),
    });
    await show({
      kind: 'card',
      where: headline,
      post: (delivery) => board.postCard(headline, scene, delivery),
      edit: (at) => board.editCard(at, scene),
    });

    /** One after the other: the thread tells things as they happened, also when a post failed in between. */
    async function tellThread(): Promise<void> {
      for (const entry of entriesOf(story)) {
        const kind = kindOf(entry);
        // Only an approval changes afterwards: it has buttons for as long as another one is wanted.
        if (posted.has(kind) && !('act' in entry && entry.act === 'approve')) continue;
        await show({
          kind,
          where: headline,
          post: (delivery) => board.postToThread(headline, story, entry, delivery),
          edit: (at) => board.editInThread(at, story, entry),
        });
      }
      // Once posted it is kept in line too: when somebody has looked, its button goes.
      const isCalled = waitsForAPerson(story.request.state, story.lookUps.endedAt);
      if (isCalled || posted.has('thread:call')) {
        await show({
          kind: 'thread:call',
          where: headline,
          post: (delivery) => board.postCall(headline, story, delivery),
          edit: (at) => board.editCall(at, story),
        });
      }
      await remind({
        of: story.request,
        isFrozen: freezeOver(story) !== undefined,
        headline,
        posted,
        lost,
        show,
        post: (reminder, delivery) => board.postReminder(headline, reminder, story, delivery),
        edit: (reminder, at) => board.editReminder(at, reminder, story),
      });
    }

    /** If the answer is lost it comes twice: to find it again, the app would have to read direct messages. */
    async function tellRequester(): Promise<void> {
      const kind = `result:${story.request.state}`;
      if (!isNews(story.request) || posted.has(kind)) return;
      const place = (await board.tellRequester(headline, story)) ?? NOWHERE;
      await store.savePosted(id, { kind, version, ...place }, 0);
    }

    // The requester does not wait behind a busy channel, nor the channel for a person who can't be reached.
    const telling = [tellThread(), tellRequester()];
    await Promise.allSettled(telling);
    await Promise.all(telling);
    if (looks) await store.markSeen(id, now());
    if (isNew) await store.markAnnounced(id, version);
  }

  return (id) => store.holding(`announce ${id}`, (records) => announce(records, id));
}

/** The requester is told how it ended, and what keeps it from ending. */
function isNews({ state }: Request): boolean {
  return !isOpen(state) || isUnsettled(state);
}
