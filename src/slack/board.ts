/** Posts and edits the messages of a request. Nothing is retried here: the job that calls does that. */
import { setTimeout } from 'node:timers/promises';
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { waitsForAPerson } from '../domain/find.ts';
import type { Aliases, Person } from '../domain/person.ts';
import type { Rule } from '../domain/policy.ts';
import { withoutAliases } from '../domain/roster.ts';
import type { Board } from '../usecases/board.ts';
import type { BulkStory } from '../usecases/bulkStory.ts';
import { approvalsOf, partiesOfBulk } from '../usecases/decideOnBulk.ts';
import type { Entry } from '../usecases/entries.ts';
import type { Story } from '../usecases/story.ts';
import type { Place } from '../usecases/posting.ts';
import { card, type Message, type Setting } from './card.ts';
import { alarmMessage, shortageMessage } from './alarm.ts';
import { createBulkBoard } from './bulkBoard.ts';
import { freezeMessage } from './freeze.ts';
import { callMessage } from './call.ts';
import type { Groups } from './groups.ts';
import { headline } from './headline.ts';
import { carries, createReadMessages, isStanding, metadataOf, windowAround } from './history.ts';
import { createPublishHome } from './publishHome.ts';
import { reminderMessage } from './reminder.ts';
import { createSummaryBoard } from './summaryBoard.ts';
import type { ShowPicture } from './summaryPicture.ts';
import { approvalEntry, resultMessage, threadEntry } from './thread.ts';
import type { InTurn } from './turns.ts';

/** What Slack says of a message that somebody deleted, or that is too old to be edited. */
const GONE = new Set([
  'message_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
]);

const SETTLES_WITHIN_MS = 3_000;

/** What Slack says of a person whom the app can't write to, now or later. */
const UNREACHABLE = new Set([
  'channel_not_found',
  'user_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'messages_tab_disabled',
]);

function isPlatformError(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof WebAPIPlatformError && codes.has(error.data.error);
}

export interface Channels {
  readonly approvals: string;
  readonly finance: string;
}

/** What the messages need to know besides their stories. */
interface Surroundings extends Pick<Setting, 'showTime'> {
  readonly fields: NonNullable<Setting['fields']>;
  readonly groups: Pick<Groups, 'rosterOf'>;
  readonly aliases: Aliases;
  readonly showPicture: ShowPicture;
  /** A group or user ids, when nobody decides for long. */
  readonly escalateTo?: string | readonly string[];
}

/**
 * @param client one that does not retry by itself: a post that timed out may have been made.
 * @param settlesWithinMs how long a message that Slack took may need until it can be found.
 */
export function createBoard(
  client: WebClient,
  channels: Channels,
  { showTime, showPicture, aliases, groups, fields, escalateTo = [] }: Surroundings,
  inTurn: InTurn,
  settlesWithinMs = SETTLES_WITHIN_MS,
): Board {
  const readMessages = createReadMessages(client, inTurn);

  async function post(
    channel: string,
    message: Message,
    more: { readonly thread_ts?: string; readonly metadata?: ReturnType<typeof metadataOf> },
  ): Promise<Place> {
    const posted = await inTurn('chat.postMessage', channel, () =>
      client.chat.postMessage({
        channel,
        ...message,
        ...more,
        unfurl_links: false,
        unfurl_media: false,
      }),
    );
    // For a person, Slack answers with the conversation that it opened.
    if (posted.ts === undefined || posted.channel === undefined)
      throw new Error('Slack did not say where it posted');
    return { channel: posted.channel, ts: posted.ts };
  }

  const postIn = (channel: string, message: Message, delivery: string) =>
    post(channel, message, { metadata: metadataOf(delivery) });
  const reply = ({ channel, ts }: Place, message: Message, delivery: string) =>
    post(channel, message, { thread_ts: ts, metadata: metadataOf(delivery) });

  /** False when the message is gone. */
  async function change(method: string, { channel }: Place, call: () => Promise<unknown>): Promise<boolean> {
    try {
      await inTurn(method, channel, call);
      return true;
    } catch (error) {
      if (isPlatformError(error, GONE)) return false;
      throw error;
    }
  }

  const edit = (at: Place, message: Message) =>
    change('chat.update', at, () => client.chat.update({ channel: at.channel, ts: at.ts, ...message }));

  async function settingOf({ request, approvals, lookUps }: Story): Promise<Setting> {
    const calls = request.state === 'pending' || waitsForAPerson(request.state, lookUps.endedAt);
    if (!calls) return { showTime, groups: {}, fields };
    const parties = [request.requester, ...approvals.map(({ person }) => person)];
    return { ...(await calledFor(request.rule, parties)), showTime, fields };
  }

  const settingOfBulk = async ({ bulk, acts }: BulkStory): Promise<Setting> => ({
    ...(await calledFor(bulk.rule, partiesOfBulk(bulk, approvalsOf(acts)))),
    showTime,
  });

  /** @param parties who are not called, by whichever of their accounts. */
  async function calledFor({ needs }: Rule, parties: readonly Person[]): Promise<Omit<Setting, 'showTime'>> {
    const called = needs.map(({ group }) => group);
    const roster = await groups.rosterOf(typeof escalateTo === 'string' ? [...called, escalateTo] : called);
    const others = typeof escalateTo === 'string' ? (roster[escalateTo] ?? []) : escalateTo;
    const { escalation = [] } = withoutAliases({ escalation: others }, parties, aliases);
    return { groups: withoutAliases(roster, parties, aliases), escalateTo: escalation };
  }

  async function entryMessage(story: Story, entry: Entry): Promise<Message> {
    return 'act' in entry && entry.act === 'approve'
      ? approvalEntry(story, entry, await settingOf(story))
      : threadEntry(story, entry);
  }

  /** Undefined when the message is gone. */
  async function linkTo({ channel, ts }: Place): Promise<string | undefined> {
    try {
      return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
    } catch (error) {
      if (isPlatformError(error, GONE)) return undefined;
      throw error;
    }
  }

  /** Undefined when Slack says that this person can't be written to. */
  async function tell(user: string, message: Message): Promise<Place | undefined> {
    try {
      return await post(user, message, {});
    } catch (error) {
      if (isPlatformError(error, UNREACHABLE)) return undefined;
      throw error;
    }
  }
  const postInApprovals = (message: Message, delivery: string) =>
    postIn(channels.approvals, message, delivery);

  return {
    ...createBulkBoard(client, { postInApprovals, reply, edit, tell, linkTo }, settingOfBulk, inTurn),
    ...createSummaryBoard(
      client,
      { postInFinance: (message, delivery) => postIn(channels.finance, message, delivery), edit },
      { showTime, showPicture },
      inTurn,
    ),
    postHeadline: (scene, delivery) => postInApprovals(headline(scene, { showTime }), delivery),
    editHeadline: (at, scene) => edit(at, headline(scene, { showTime })),
    postCard: async (at, scene, delivery) => reply(at, card(scene, await settingOf(scene)), delivery),
    editCard: async (at, scene) => edit(at, card(scene, await settingOf(scene))),
    postToThread: async (at, story, entry, delivery) => reply(at, await entryMessage(story, entry), delivery),
    editInThread: async (at, story, entry) => edit(at, await entryMessage(story, entry)),
    postCall: async (at, story, delivery) => reply(at, callMessage(story, await settingOf(story)), delivery),
    editCall: async (at, story) => edit(at, callMessage(story, await settingOf(story))),
    postReminder: async (at, reminder, story, delivery) =>
      reply(at, reminderMessage(reminder, story, await settingOf(story)), delivery),
    editReminder: async (at, reminder, story) =>
      edit(at, reminderMessage(reminder, story, await settingOf(story))),
    tellRequester: async (at, story) =>
      tell(story.request.requester.user, resultMessage(story, await linkTo(at))),
    postAlarm: (account, notice, delivery) =>
      postIn(channels.finance, alarmMessage(account, notice), delivery),
    postShortage: (shortage, delivery) => postIn(channels.finance, shortageMessage(shortage), delivery),
    postFreeze: (freeze, delivery) => postIn(channels.approvals, freezeMessage(freeze, showTime), delivery),
    editFreeze: (at, freeze) => edit(at, freezeMessage(freeze, showTime)),
    async checkReachable() {
      await client.auth.test();
    },

    async findPosted({ id, begunAt, ageMs }, where) {
      await setTimeout(Math.max(0, settlesWithinMs - ageMs));
      const [channel, thread] = typeof where === 'string' ? [channels[where]] : [where.channel, where.ts];
      const written = await readMessages(
        { channel, ...(thread === undefined ? {} : { thread }) },
        windowAround(begunAt),
      );
      const found = written?.find((message) => carries(message, id));
      return found && { channel, ts: found.ts };
    },
    async selectStanding({ channel, ts }) {
      const written = await readMessages({ channel, thread: ts });
      return written && new Set(written.filter(isStanding).map((message) => message.ts));
    },
    linkTo,
    publishHome: createPublishHome(client, showTime, inTurn),
    async remove(at) {
      await change('chat.delete', at, () => client.chat.delete({ channel: at.channel, ts: at.ts }));
    },
  };
}
