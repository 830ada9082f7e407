/** The addresses that Slack hands out with a command or a click: five answers within 30 minutes. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { readContent } from './chatMethods.ts';
import type { Message } from './conversations.ts';
import { read, Refusal } from './refusal.ts';
import { APP, type Workspace } from './workspace.ts';

const MOST_USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

/** What a person did, so that an answer finds its place. */
export interface Occasion {
  readonly channel: string;
  readonly user: string;
  /** The message whose button was pressed. */
  readonly message?: Message;
}

const Answer = z.strictObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).default('ephemeral'),
  replace_original: z.boolean().default(false),
  delete_original: z.boolean().default(false),
  thread_ts: z.string().optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  mrkdwn: z.boolean().optional(),
  parse: z.enum(['none', 'full']).optional(),
  link_names: z.boolean().optional(),
});

export interface ResponseUrls {
  /** The path of a new address. */
  make(occasion: Occasion): string;
  /** Takes one answer, or refuses it. */
  use(path: string, answer: unknown): void;
  /** Shows what an app put into its ack of a command. */
  show(occasion: Occasion, answer: unknown): void;
}

export function createResponseUrls({ conversations }: Workspace, now: () => number): ResponseUrls {
  const given = new Map<string, { occasion: Occasion; madeAt: number; uses: number }>();

  function show({ channel, user, message }: Occasion, answer: unknown): void {
    const { response_type, replace_original, delete_original, thread_ts, ...content } = read(
      Answer,
      answer,
      'invalid_payload',
    );
    if (delete_original && message !== undefined) return conversations.remove(message);
    if (replace_original && message !== undefined) {
      conversations.replace(message, readContent(content));
      return undefined;
    }
    conversations.post({
      channel,
      user: APP.user,
      bot_id: APP.bot,
      app_id: APP.id,
      ...readContent(content),
      ...(thread_ts === undefined ? {} : { thread_ts }),
      ...(response_type === 'ephemeral' ? { ephemeralTo: user } : {}),
    });
    return undefined;
  }

  return {
    show,

    make(occasion) {
      const path = `/response/${randomUUID()}`;
      given.set(path, { occasion, madeAt: now(), uses: 0 });
      return path;
    },

    use(path, answer) {
      const url = given.get(path);
      if (url === undefined) throw new Refusal('no_such_url');
      if (now() - url.madeAt > LIFETIME_MS) throw new Refusal('expired_url');
      url.uses += 1;
      if (url.uses > MOST_USES) throw new Refusal('used_url');
      show(url.occasion, answer);
    },
  };
}
