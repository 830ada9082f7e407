/** People at their Slack: what they do reaches the app as signed requests, as Slack sends them. */
import { createHmac } from 'node:crypto';
import { Pool } from 'undici';
import { type Card, TEAM } from './slack.ts';

export const SIGNING_SECRET = 'bench-signing-secret';

/** One signed request, ready to go. */
export interface Letter {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface People {
  /** Resolves to how long the app took to acknowledge, in milliseconds. */
  send(letter: Letter): Promise<number>;
  leave(): Promise<void>;
}

/** Far more than Slack has open to one app at once. */
const CONNECTIONS = 400;

export function createPeople(url: string): People {
  const { origin, pathname: path } = new URL(url);
  // Connections are kept for less long than the app keeps them, so that none breaks in the middle.
  const pool = new Pool(origin, { connections: CONNECTIONS, keepAliveTimeout: 2_000, pipelining: 1 });
  return {
    async send({ headers, body }) {
      const began = performance.now();
      const answer = await pool.request({ method: 'POST', path, headers, body });
      await answer.body.dump();
      if (answer.statusCode !== 200) throw new Error(`the app answered ${answer.statusCode}`);
      return performance.now() - began;
    },
    leave: () => pool.destroy(),
  };
}

function sign(form: Readonly<Record<string, string>>): Letter {
  const body = new URLSearchParams(form).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const hash = createHmac('sha256', SIGNING_SECRET).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${hash}`,
    },
    body,
  };
}

let count = 0;

function interaction(type: string, user: string) {
  return {
    type,
    team: { id: TEAM, domain: 'bench' },
    user: { id: user, username: user, name: user, team_id: TEAM },
    api_app_id: 'A0BENCH',
    token: 'not-used',
    trigger_id: `1.2.${(count += 1)}`,
    enterprise: null,
    is_enterprise_install: false,
  };
}

function submission(
  user: string,
  callback_id: string,
  memory: object,
  texts: Readonly<Record<string, string>>,
) {
  const fields = Object.entries(texts);
  return sign({
    payload: JSON.stringify({
      ...interaction('view_submission', user),
      view: {
        id: `V0SENT${count}`,
        team_id: TEAM,
        type: 'modal',
        callback_id,
        hash: `h${count}`,
        private_metadata: JSON.stringify(memory),
        title: { type: 'plain_text', text: 'Cancel a payment' },
        blocks: fields.map(([block_id]) => ({
          type: 'input',
          block_id,
          label: { type: 'plain_text', text: block_id },
          element: { type: 'plain_text_input', action_id: 'value' },
        })),
        state: {
          values: Object.fromEntries(
            fields.map(([block, value]) => [block, { value: { type: 'plain_text_input', value } }]),
          ),
        },
      },
      response_urls: [],
    }),
  });
}

/** `/cancel` */
export function slashCommand(): Letter {
  return sign({
    token: 'not-used',
    team_id: TEAM,
    team_domain: 'bench',
    channel_id: 'C0GENERAL',
    channel_name: 'general',
    user_id: 'U0MARIA',
    user_name: 'maria',
    command: '/cancel',
    text: '',
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/',
    trigger_id: `1.2.${(count += 1)}`,
  });
}

/** Somebody asks that a payment be cancelled. */
export function askForm(payment: string, asker = 'U0MARIA'): Letter {
  return submission(
    asker,
    'ask_cancellation',
    { account: 'shop-tr' },
    { transaction_id: payment, reason: 'The customer paid twice and asks for the second payment back' },
  );
}

/** Maria asks for many at once. */
export function bulkForm(payments: readonly string[]): Letter {
  return submission(
    'U0MARIA',
    'ask_in_bulk',
    { account: 'shop-tr' },
    { list: payments.join('\n'), reason: 'The shop was closed' },
  );
}

/** Pavel presses Approve on a card. */
export function approveButton({ id, digest, channel, ts, thread }: Card): Letter {
  return sign({
    payload: JSON.stringify({
      ...interaction('block_actions', 'U0PAVEL'),
      container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
      channel: { id: channel, name: 'approvals' },
      message: { type: 'message', user: 'U0APP', ts, thread_ts: thread, text: 'A card' },
      state: { values: {} },
      actions: [
        {
          type: 'button',
          action_id: 'approve_request',
          block_id: 'decide-card-1',
          value: JSON.stringify({ id, digest }),
          action_ts: ts,
        },
      ],
    }),
  });
}

/** Pavel sends the form that Approve opened: the click that decides. @param what all of a bulk, or one request. */
export function approveForm(
  { id, digest, channel, thread }: Card,
  what: 'approve_cancellation' | 'approve_whole_bulk' = 'approve_cancellation',
): Letter {
  return submission('U0PAVEL', what, { id, digest, channel, thread }, { note: 'Looks right' });
}
