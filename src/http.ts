/** An outgoing call, and what can come of it. */

export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpReply {
  readonly status: number;
  /** Decoded as UTF-8, without a byte-order mark. */
  readonly body: string;
}

/** Rejects only with `NoReply`. Any HTTP status, a redirect too, is a reply. */
export type Http = (call: HttpCall) => Promise<HttpReply>;

/** No complete reply came. `sent` is `no` only when no connection was made, so that no byte can have left. */
export class NoReply extends Error {
  readonly sent: 'no' | 'perhaps';

  constructor(message: string, sent: 'no' | 'perhaps', cause?: unknown) {
    super(message, { cause });
    this.sent = sent;
  }
}
