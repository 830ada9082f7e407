/**
 * Who listens to which button and which form. Bolt asks every listener whether an event is its own before it calls any of
 * them, and with dozens of them that took longer than all else until an acknowledgement. So Bolt gets one of each kind, and
 * whose an event is, is found by its id.
 */
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';

type Listen<Event> = (event: Event & AllMiddlewareArgs) => Promise<void>;
type OnAction = Listen<SlackActionMiddlewareArgs<BlockAction>>;
type OnView = Listen<SlackViewMiddlewareArgs<ViewSubmitAction>>;

/** Named as in Bolt. What nobody listens to is not acknowledged. */
export interface Listeners extends Pick<App, 'command' | 'event' | 'shortcut'> {
  action(id: string, listen: OnAction): void;
  view(id: string, listen: OnView): void;
}

const EVERY = /^/;

export function createListeners(app: App): Listeners {
  const actions = new Map<string, OnAction>();
  const views = new Map<string, OnView>();
  app.action<BlockAction>(EVERY, async (event) => actions.get(event.action.action_id)?.(event));
  app.view<ViewSubmitAction>(EVERY, async (event) => views.get(event.view.callback_id)?.(event));
  return {
    action: (id, listen) => add(actions, id, listen),
    view: (id, listen) => add(views, id, listen),
    command: app.command.bind(app),
    event: app.event.bind(app),
    shortcut: app.shortcut.bind(app),
  };
}

function add<Listener>(to: Map<string, Listener>, id: string, listener: Listener): void {
  if (to.has(id)) throw new Error(`two listen to ${id}`);
  to.set(id, listener);
}
