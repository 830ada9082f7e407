/**
 * Brings Slack in line with a bulk, as `announce.ts` does with a request. Lines have no messages of their own. It may run
 * any number of times; Slack limits edits, so only the progress is edited with every change of a line.
 */
import { createHash } from 'node:crypto';
import { asRequest, type BulkFile } from '../domain/bulk.ts';
import { addSeconds } from '../domain/clock.ts';
import { freezeOver } from '../domain/freeze.ts';
import { LOOK_EVERY_SECONDS, NOWHERE } from './announce.ts';
import {
  type BulkPart,
  type BulkStory,
  countedActs,
  isExpired,
  standingOf,
  unsettledLines,
  waitingForAPerson,
  wasApproved,
} from './bulkStory.ts';
import { Later } from './later.ts';
import { approvalsOf } from './decideOnBulk.ts';
import type { Records, World } from './ports.ts';
import type { Place } from './posting.ts';
import { createRemind, selectLostReminders } from './remind.ts';
import { createShow } from './show.ts';
import type { Posted } from './story.ts';
import { createTellHomes } from './tellHomes.ts';

/** So often is it tried to put a file into the thread; then the thread says that it could not be done. */
const FILE_TRIES = 3;
const FILE_RETRY_SECONDS = 20;

export type AnnounceBulk = (id: string) => Promise<void>;

export function createAnnounceBulk(
  world: Pick<World, 'store' | 'board' | 'reminding' | 'aliases' | 'now'>,
): AnnounceBulk {
  const { store, board, now } = world;
  const remind = createRemind(world);
  const tellHomes = createTellHomes(world);

  async function announce(records: Records, id: string): Promise<void> {
    const [story, messages, lost] = await Promise.all([
      records.selectBulkStory(id),
      records.selectPosted(id),
      selectLostReminders(records, id),
    ]);
    await tellHomes({ ...story.bulk, version: newsForHomes(story) });
    const posted = new Map(messages.map((message) => [message.kind, message]));
    const standing = await look(story, posted.get('headline'));
    const { seldom, often } = versionsOf(story);
    const showSeldom = createShow({ store, board }, { id, version: seldom }, { posted, standing });
    const showOften = createShow({ store, board }, { id, version: often }, { posted, standing });

    const part = (kind: string, what: BulkPart, headline?: Place) => ({
      kind,
      where: headline ?? ('approvals' as const),
      post: (delivery: string) => board.postOfBulk(what, headline, story, delivery),
      edit: (at: Place) => board.editOfBulk(what, at, story),
    });
    const headline = await showSeldom(part('headline', { type: 'headline' }));
    await showSeldom(part('card', { type: 'card' }, headline));

    async function tellThread(): Promise<void> {
      for (const act of countedActs(story)) {
        await showSeldom(part(`thread:act:${act.id}`, { type: 'act', act }, headline));
      }
      if (isExpired(story)) await showSeldom(part('thread:expiry', { type: 'expiry' }, headline));
      if (wasApproved(story)) await showOften(part('thread:progress', { type: 'progress' }, headline));
      const isCalled = waitingForAPerson(story).length > 0;
      if (isCalled || posted.has('thread:call'))
        await showOften(part('thread:call', { type: 'call' }, headline));
      await remind({
        of: asRequest(story.bulk, standingOf(story)),
        isFrozen:
          freezeOver({ ...story, request: story.bulk, approvals: approvalsOf(story.acts) }) !== undefined,
        headline,
        posted,
        lost,
        show: showSeldom,
        post: (reminder, delivery) =>
          board.postOfBulk({ type: 'reminder', reminder }, headline, story, delivery),
        edit: (reminder, at) => board.editOfBulk({ type: 'reminder', reminder }, at, story),
      });
    }

    async function tellRequester(): Promise<void> {
      const news = newsOf(story);
      const kind = `result:${news}`;
      if (news === undefined || posted.has(kind)) return;
      const place = (await board.tellBulkRequester(headline, story)) ?? NOWHERE;
      await store.savePosted(id, { kind, version: 1, ...place }, 0);
    }

    const telling = [tellThread(), tellRequester()];
    await Promise.allSettled(telling);
    await Promise.all(telling);
    if (standing !== undefined) await store.markSeen(id, now());
    await store.markBulkAnnounced(story);
    // Last, because what can't be uploaded must not keep anything from being said.
    for (const file of filesOf(story)) await share(file, headline, story, posted);
  }

  async function look(
    story: BulkStory,
    headline: Posted | undefined,
  ): Promise<ReadonlySet<string> | undefined> {
    const isDue = headline !== undefined && addSeconds(headline.seenAt, LOOK_EVERY_SECONDS) <= now();
    return isDue && standingOf(story) !== 'ended' ? board.selectStanding(headline) : undefined;
  }

  async function share(
    file: BulkFile,
    headline: Place,
    story: BulkStory,
    posted: ReadonlyMap<string, Posted>,
  ): Promise<void> {
    const { id } = story.bulk;
    const kind = `file:${file}`;
    const before = posted.get(kind);
    if (before !== undefined && (before.channel !== NOWHERE.channel || before.version >= FILE_TRIES)) return;
    const after = before?.edition ?? 0;
    const tries = (before?.version ?? 0) + 1;
    try {
      await board.shareOfBulk(file, headline, story);
    } catch (error) {
      if (error instanceof Later) throw error;
      await store.savePosted(id, { kind, version: tries, ...NOWHERE }, after);
      if (tries < FILE_TRIES) throw new Later(`a file of ${id} was not taken`, FILE_RETRY_SECONDS);
      await showLost(file, headline, story);
      throw error;
    }
    await store.savePosted(id, { kind, version: 1, channel: headline.channel, ts: '' }, after);
  }

  async function showLost(file: BulkFile, headline: Place, story: BulkStory): Promise<void> {
    const { id } = story.bulk;
    const posted = new Map((await store.selectPosted(id)).map((message) => [message.kind, message]));
    const show = createShow({ store, board }, { id, version: 1 }, { posted, standing: undefined });
    await show({
      kind: `thread:lost:${file}`,
      where: headline,
      post: (delivery) => board.postLostFile(file, headline, story, delivery),
      edit: async () => true,
    });
  }

  return (id) => store.holding(`announce ${id}`, (records) => announce(records, id));
}

/** What a message shows: the acts and the end alone, or the state of every line as well. One is never the other. */
function versionsOf(story: BulkStory): { readonly seldom: number; readonly often: number } {
  const acts = countedActs(story).length + story.freezeNews;
  const lines = story.lines.reduce((sum, { request }) => sum + request.version, 0);
  const often = 2 * (acts + lines) + 1;
  return { often, seldom: standingOf(story) === 'ended' ? often : 2 * (acts + 1) };
}

/** Another number with whatever Homes show of a bulk and its lines; its progress is not among that. */
function newsForHomes(story: BulkStory): number {
  const shown = [
    standingOf(story),
    countedActs(story).length,
    story.freezeNews,
    ...unsettledLines(story).map(({ number, version }) => [number, version]),
  ];
  return createHash('sha256').update(JSON.stringify(shown)).digest().readInt32BE();
}

function filesOf(story: BulkStory): readonly BulkFile[] {
  if (standingOf(story) !== 'ended' || !wasApproved(story)) return ['list'];
  return unsettledLines(story).length === 0 ? ['list', 'settled'] : ['list', 'result'];
}

/** What the requester is told directly; each once. */
function newsOf(story: BulkStory): string | undefined {
  const last = countedActs(story).at(-1);
  switch (standingOf(story)) {
    case 'pending':
    case 'sending':
      return undefined;
    case 'paused':
      return `paused ${last?.id}`;
    case 'ended':
      return 'ended';
  }
}
