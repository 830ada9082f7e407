/** A small app that does with Slack what Countersign does: a form that changes, a message with a button, a Home. */
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
export const option = (value: string) => ({ text: plain(`The ${value} one`), value });

const toForm = (reference: string, channel: string): ModalView => ({
  type: 'modal',
  callback_id: 'request',
  private_metadata: channel,
  title: plain('Cancel a payment'),
  submit: plain('Ask'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'account',
      label: plain('Account'),
      dispatch_action: true,
      element: {
        type: 'static_select',
        action_id: 'account',
        options: [option('first'), option('second')],
        initial_option: option('first'),
      },
    },
    {
      type: 'input',
      block_id: 'reference',
      label: plain('Reference'),
      element: { type: 'plain_text_input', action_id: 'value', initial_value: reference, max_length: 10 },
    },
  ],
});

const ticket: ModalView['blocks'][number] = {
  type: 'input',
  block_id: 'ticket',
  optional: true,
  label: plain('Ticket'),
  element: { type: 'url_text_input', action_id: 'value' },
};

/** @param bodies where every payload is noted that the app was sent. */
export function registerStory(app: App, bodies: Record<string, unknown>[]): void {
  app.use(async ({ body, next }) => {
    bodies.push({ ...body });
    await next();
  });
  app.command('/cancel', async ({ ack, command, client }) => {
    await ack();
    const view = toForm(command.text, command.channel_id);
    await client.views.open({ trigger_id: command.trigger_id, view });
  });
  app.command('/hello', async ({ ack }) => ack('Hello to you'));
  app.command('/late', async () => {});
  app.action('account', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || body.view === undefined) return;
    const view = toForm('', body.view.private_metadata);
    await client.views.update({
      view_id: body.view.id,
      hash: body.view.hash,
      view: { ...view, blocks: [...view.blocks, ticket] },
    });
  });
  app.view('request', async ({ ack, view, client, body }) => {
    const reference = view.state.values['reference']?.['value']?.value ?? '';
    if (!reference.startsWith('tx')) {
      await ack({ response_action: 'errors', errors: { reference: 'A reference starts with tx.' } });
      return;
    }
    await ack();
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: `<@${body.user.id}> asks to cancel ${reference}`,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text: `Cancel ${reference}?` } },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'approve', text: plain('Approve'), value: reference }],
        },
      ],
    });
  });
  app.view({ callback_id: 'request', type: 'view_closed' }, async ({ ack }) => ack());
  app.action('approve', async ({ ack, body, client, respond }) => {
    await ack();
    if (body.type !== 'block_actions' || body.channel === undefined) return;
    if (body.message === undefined) return;
    const channel = body.channel.id;
    await client.chat.update({ channel, ts: body.message.ts, text: 'Cancelled' });
    await client.chat.postEphemeral({
      channel,
      user: body.user.id,
      text: 'Thank you',
      blocks: [
        { type: 'actions', elements: [{ type: 'button', action_id: 'approve', text: plain('Again') }] },
      ],
    });
    await respond({ text: 'by response_url' });
  });
  app.shortcut(/.*/, async ({ ack }) => ack());
  app.action('refresh', async ({ ack }) => ack());
  app.event('app_home_opened', async ({ event, client }) => {
    const refresh = { type: 'button' as const, action_id: 'refresh', text: plain('Refresh') };
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'actions', elements: [refresh] }] },
    });
  });
}
