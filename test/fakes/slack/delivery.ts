/** How payloads reach the app: as signed HTTP requests, or over its Socket Mode connections. */
import { createHmac } from 'node:crypto';
import { Agent, request } from 'undici';

/** Slack's names for what it sends, as on Socket Mode envelopes. */
export type Envelope = 'slash_commands' | 'interactive' | 'events_api';

export interface Delivery {
  /** Resolves to what the app acknowledged with; rejects when it did not in time. */
  deliver(envelope: Envelope, payload: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Rejects the way a person sees it: nothing happened, or `operation_timeout`. */
export function createDeadline(ackWithinMs: number) {
  return async <T>(ack: Promise<T>): Promise<T> => {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      late.reject(new Error(`operation_timeout: the app did not ack within ${ackWithinMs} ms`));
    }, ackWithinMs);
    try {
      return await Promise.race([ack, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

export interface Address {
  /** Where the app listens; unknown until it says so. */
  readonly url: string | undefined;
  readonly signingSecret: string;
  /** Seconds since 1970. */
  readonly signedAt: () => number;
}

export function createHttpDelivery(address: () => Address, ackWithinMs: number): Delivery {
  // No connection is kept, so that the app under test can stop at once.
  const agent = new Agent({ pipelining: 0 });
  const withinDeadline = createDeadline(ackWithinMs);

  async function post(envelope: Envelope, payload: object): Promise<unknown> {
    const { url, signingSecret, signedAt } = address();
    if (url === undefined) throw new Error('say first where the app listens: deliverTo(url)');
    const body = encode(envelope, payload);
    const timestamp = String(signedAt());
    const answer = await request(url, {
      method: 'POST',
      dispatcher: agent,
      headers: {
        // With a charset behind it Bolt answers 400, and Slack sends none.
        'content-type': envelope === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': sign(signingSecret, timestamp, body),
      },
      body,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200)
      throw new Error(`dispatch_failed: the app answered ${answer.statusCode} ${text}`);
    return readBody(text);
  }

  return {
    deliver: (envelope, payload) => withinDeadline(post(envelope, payload)),
    stop: () => agent.destroy(),
  };
}

/** Slack's signature, version 0. */
function sign(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function encode(envelope: Envelope, payload: object): string {
  switch (envelope) {
    case 'slash_commands':
      return new URLSearchParams(Object.entries(payload)).toString();
    case 'interactive':
      return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
    case 'events_api':
      return JSON.stringify(payload);
  }
}

function readBody(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
