/** A person who types and presses, and what they alone are shown. */
import { findChannel } from './channel.ts';
import type { Message } from './conversations.ts';
import type { Answer } from './fields.ts';
import { escapeTyped } from './escaped.ts';
import { createForm, type Form } from './form.ts';
import { choose, onMessage, press, type Stage, type Surface } from './gestures.ts';
import { collectText } from './limits.ts';
import type { User } from './people.ts';
import type { Shown } from './views.ts';

type Where = { readonly in: string };

export interface Person {
  readonly id: string;
  readonly name: string;
  /** As `users.info` tells it now. */
  readonly user: User;
  /** A slash command, which Slack escapes. Resolves to the body of the app's ack, rejects when there was none in time. */
  types(command: string, where?: Where): Promise<unknown>;
  /** An ordinary message, of which the app is not told. */
  writes(text: string, where: Where & { readonly thread?: string }): Message;
  presses(button: string, on: Surface | Form): Promise<void>;
  /** Picks from a menu on a message or Home. */
  chooses(field: string, answer: Answer, on: Surface | Form): Promise<void>;
  /** A global shortcut, or one on a message. */
  usesShortcut(callbackId: string, on?: Message): Promise<void>;
  opensHome(): Promise<void>;
  readonly sees: {
    /** The newest form that opened for them since they last did something outside a form. */
    form(isWanted?: (form: Form) => boolean): Promise<Form>;
    ephemeral(isWanted?: (message: Message) => boolean): Promise<Message>;
    directMessage(isWanted?: (message: Message) => boolean): Promise<Message>;
    home(isWanted?: (words: string) => boolean): Promise<Shown>;
  };
  readonly ephemerals: readonly Message[];
  readonly directMessages: readonly Message[];
  readonly home: Shown | undefined;
}

/** Every text of a message, modal or Home, a line each. */
export function readWords(on: Surface): string {
  return ('source' in on ? collectText(on.source) : collectText({ text: on.text, blocks: on.blocks })).join(
    '\n',
  );
}

const always = (): boolean => true;

export function createPerson(stage: Stage, id: string): Person {
  const { people, conversations, views, changes } = stage.workspace;
  const user = (): User => people.find(id);
  /** Forms up to this number were there before the person's last gesture outside a form. */
  let behind = 0;
  const turnAway = () => {
    behind = views.open.at(-1)?.number ?? behind;
  };

  const toSurface = (on: Surface | Form): Surface => {
    if ('view' in on) return on.view;
    return 'source' in on ? views.select(on.id) : on;
  };
  const ephemerals = () => conversations.messages.filter(({ ephemeralTo }) => ephemeralTo === id);
  const directMessages = () => {
    const { id: direct } = conversations.openDirect(id);
    return conversations.messages.filter(({ channel }) => channel === direct);
  };
  const report = (what: string) => () =>
    `${what} for ${user().name}; all they were shown:\n${everythingShown()}`;
  const everythingShown = (): string =>
    [...ephemerals(), ...directMessages(), ...views.open.filter((view) => view.user === id)]
      .map(readWords)
      .join('\n---\n');

  return {
    id,
    get name() {
      return user().name;
    },
    get user() {
      return user();
    },
    get ephemerals() {
      return ephemerals();
    },
    get directMessages() {
      return directMessages();
    },
    get home() {
      return views.home(id);
    },

    async types(command, where = { in: 'general' }) {
      turnAway();
      const channel = findChannel(conversations, where.in);
      const occasion = { channel: channel.id, user: id };
      const keys = { trigger_id: views.makeTrigger(id), response_url: stage.makeResponseUrl(occasion) };
      const ack = await stage.deliver(
        'slash_commands',
        stage.payloads.command(user(), channel, escapeTyped(command, stage.workspace), keys),
      );
      if (ack !== undefined) stage.responseUrls.show(occasion, typeof ack === 'string' ? { text: ack } : ack);
      return ack;
    },

    writes(text, { in: where, thread }) {
      const channel = findChannel(conversations, where).id;
      return conversations.post({
        channel,
        user: id,
        text,
        blocks: [],
        ...(thread === undefined ? {} : { thread_ts: thread }),
      });
    },

    async presses(button, on) {
      if (!('view' in on)) turnAway();
      await press(stage, user(), toSurface(on), button);
    },

    async chooses(field, answer, on) {
      if (!('view' in on)) turnAway();
      await choose(stage, user(), toSurface(on), field, answer);
    },

    async usesShortcut(callbackId, on) {
      turnAway();
      const trigger = views.makeTrigger(id);
      const payload =
        on === undefined
          ? stage.payloads.shortcut(user(), callbackId, trigger)
          : stage.payloads.messageShortcut(user(), onMessage(stage, user(), on), callbackId, trigger);
      await stage.deliver('interactive', payload);
    },

    async opensHome() {
      const direct = conversations.openDirect(id).id;
      await stage.deliver('events_api', stage.payloads.homeOpened(user(), direct, views.home(id)));
    },

    sees: {
      form: (isWanted = always) =>
        changes.until(() => {
          const mine = views.open.filter((view) => view.user === id && view.number > behind);
          return mine.map((view) => createForm(stage, user, view.id)).findLast(isWanted);
        }, report('a form')),
      ephemeral: (isWanted = always) =>
        changes.until(() => ephemerals().findLast(isWanted), report('an ephemeral message')),
      directMessage: (isWanted = always) =>
        changes.until(() => directMessages().findLast(isWanted), report('a direct message')),
      home: (isWanted = always) =>
        changes.until(() => {
          const home = views.home(id);
          return home !== undefined && isWanted(readWords(home)) ? home : undefined;
        }, report('a Home')),
    },
  };
}
