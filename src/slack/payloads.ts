/** What Slack sends, as far as Countersign reads it. Every payload passes one of these. */
import { z } from 'zod';
import type { Person } from '../domain/person.ts';

/** What was done: `block_actions`, `view_submission`, … A slash command says nothing of the kind. */
export const Kind = z.object({ type: z.string().default('command') });

const User = z.object({ id: z.string().min(1), team_id: z.string().optional() });

export const SlashCommand = z
  .object({
    text: z.string().default(''),
    user_id: z.string().min(1),
    team_id: z.string().min(1),
    trigger_id: z.string().min(1),
  })
  .transform(({ text, user_id, team_id, trigger_id }) => ({
    text: text.trim(),
    person: { team: team_id, user: user_id } satisfies Person,
    trigger: trigger_id,
  }));

const JsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not a button of ours');
    return z.NEVER;
  }
});

/** A click on a button, with what that carries. One in an ephemeral message or in a Home carries no message. */
export const ButtonClick = z
  .object({
    user: User,
    team: z.object({ id: z.string() }).nullish(),
    trigger_id: z.string().min(1),
    channel: z.object({ id: z.string() }).optional(),
    message: z.object({ ts: z.string(), thread_ts: z.string().optional() }).optional(),
    actions: z.tuple([z.object({ value: JsonText })]).rest(z.unknown()),
  })
  .transform(({ user, team, trigger_id, channel, message, actions }) => ({
    person: personOf(user, team?.id),
    trigger: trigger_id,
    button: actions[0].value,
    channel: channel?.id === undefined || channel.id === '' ? null : channel.id,
    thread: message?.thread_ts ?? message?.ts ?? null,
  }));

/** What the buttons of a request carry. */
export const CardButton = z.object({ id: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) });

/** What the buttons under a draft carry. */
export const DraftButton = z.object({ id: z.uuid() });

/** What the button under a freeze carries. */
export const FreezeButton = z.object({ freeze: z.uuid() });

/** What the button under a summary carries: its channel, and its last day. */
export const SummaryButton = z.object({ channel: z.string().min(1), date: z.iso.date() });

/** A click on a button that carries nothing, and a global shortcut: somebody wants something, and may be shown a form. */
export const Wish = z
  .object({ user: User, team: z.object({ id: z.string() }).nullish(), trigger_id: z.string().min(1) })
  .transform(({ user, team, trigger_id }) => ({ person: personOf(user, team?.id), trigger: trigger_id }));

/** "Cancel this payment" on a message. */
export const MessageShortcut = z
  .object({
    user: User,
    team: z.object({ id: z.string() }).nullish(),
    trigger_id: z.string().min(1),
    channel: z.object({ id: z.string() }),
    message_ts: z.string(),
    message: z.unknown(),
  })
  .transform(({ user, team, trigger_id, channel, message_ts, message }) => ({
    person: personOf(user, team?.id),
    trigger: trigger_id,
    channel: channel.id,
    ts: message_ts,
    message,
  }));

/** The app's own tab was opened, or one beside it. */
export const HomeOpened = z
  .object({ team_id: z.string().min(1), event: z.object({ user: z.string().min(1), tab: z.string() }) })
  .transform(({ team_id, event }) => ({
    person: { team: team_id, user: event.user } satisfies Person,
    tab: event.tab,
  }));

const ElementState = z
  .object({
    value: z.string().nullish(),
    selected_option: z.object({ value: z.string() }).nullish(),
    selected_options: z.array(z.object({ value: z.string() })).optional(),
    files: z.array(z.object({ url_private_download: z.string() })).optional(),
  })
  .optional();

/** What is filled in, by block. Every input's element is called `value`. */
const ViewState = z.record(z.string(), z.object({ value: ElementState }));
export type ViewState = z.infer<typeof ViewState>;

const InputOrNot = z.object({
  type: z.string(),
  block_id: z.string().optional(),
  optional: z.boolean().default(false),
  element: z.object({ initial_value: z.string().optional() }).optional(),
});

export const FormSubmission = z
  .object({
    user: User,
    team: z.object({ id: z.string() }).nullish(),
    view: z.object({
      id: z.string().min(1),
      private_metadata: z.string().default(''),
      state: z.object({ values: ViewState }),
      blocks: z.array(InputOrNot).default([]),
    }),
  })
  .transform(({ user, team, view }) => ({
    person: personOf(user, team?.id),
    view: view.id,
    memory: view.private_metadata,
    /** The inputs of the form, whether filled in or not. */
    inputs: view.blocks.flatMap(({ type, block_id }) =>
      type === 'input' && block_id !== undefined ? [block_id] : [],
    ),
    state: { ...untouched(view.blocks), ...touched(view.state.values) },
  }));

// A text that was filled in beforehand and left alone comes without a value from some clients. Only a required one
// is taken from there: an optional one without a value may have been emptied on purpose.
function untouched(blocks: readonly z.infer<typeof InputOrNot>[]): ViewState {
  return Object.fromEntries(
    blocks.flatMap(({ block_id, optional, element }) =>
      optional || block_id === undefined || element?.initial_value === undefined
        ? []
        : [[block_id, { value: { value: element.initial_value } }]],
    ),
  );
}

function touched(values: ViewState): ViewState {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, { value }]) =>
        value?.value != null ||
        value?.selected_option != null ||
        value?.selected_options !== undefined ||
        value?.files !== undefined,
    ),
  );
}

function personOf(user: z.infer<typeof User>, team: string | undefined): Person {
  return { team: user.team_id ?? team ?? '', user: user.id };
}

/** Whoever is behind a payload that could not be worked on, and where they are. */
export const Somebody = z
  .object({
    user_id: z.string().optional(),
    channel_id: z.string().optional(),
    user: z.object({ id: z.string() }).optional(),
    channel: z.object({ id: z.string() }).optional(),
  })
  .transform(({ user_id, channel_id, user, channel }) => ({
    user: user?.id ?? user_id,
    channel: channel?.id ?? channel_id,
  }));
