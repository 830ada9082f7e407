/** The state of the fake: everything that Slack remembers. */
import { type Changes, createChanges } from './changes.ts';
import { type Conversations, createConversations } from './conversations.ts';
import { createFiles, type Files } from './files.ts';
import { createPeople, ENTERPRISE, type People } from './people.ts';
import { createViews, type Views } from './views.ts';

export const APP = {
  id: 'A_COUNTERSIGN',
  user: 'U_COUNTERSIGN',
  bot: 'B_COUNTERSIGN',
  name: 'countersign',
} as const;

export interface Timing {
  /** Slack's clock, in milliseconds: triggers, response URLs and timestamps go by it. */
  readonly now: () => number;
  readonly triggerTtlMs: number;
  /** How long a test waits for something to appear. */
  readonly waitMs: number;
}

export interface Workspace {
  readonly people: People;
  readonly conversations: Conversations;
  readonly views: Views;
  readonly files: Files;
  readonly changes: Changes;
  /** Set when the workspace is part of an Enterprise Grid. */
  readonly enterprise: typeof ENTERPRISE | undefined;
}

export function createWorkspace(timing: Timing, isInGrid: boolean): Workspace {
  const changes = createChanges(timing.waitMs);
  const conversations = createConversations(timing.now, changes);
  return {
    people: createPeople(),
    conversations,
    files: createFiles(conversations, { user: APP.user, bot_id: APP.bot, app_id: APP.id }),
    views: createViews(timing.now, timing.triggerTtlMs, changes),
    changes,
    enterprise: isInGrid ? ENTERPRISE : undefined,
  };
}
