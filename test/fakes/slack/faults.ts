/** Slack having a bad day, on demand. */
export type Fault =
  | { readonly type: 'rate_limited'; readonly retryAfterSeconds: number }
  | { readonly type: 'http_500' }
  /** `ok: false` with a code, such as `internal_error`; nothing was done. */
  | { readonly type: 'refused'; readonly error: string }
  /** Done at once, answered late. */
  | { readonly type: 'delayed'; readonly delayMs: number }
  /** The connection breaks and nothing was done. */
  | { readonly type: 'dropped_before' }
  /** Done, but the connection breaks before the answer. */
  | { readonly type: 'dropped_after' };

export interface Faults {
  /** @param times how many calls it hits, of those to the channel if one is given. Returns what lifts it earlier. */
  add(method: string, fault: Fault, times: number, channel?: string): () => void;
  take(method: string, channel: string | undefined): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { method: string; fault: Fault; left: number; channel: string | undefined }[] = [];
  return {
    add(method, fault, times, channel) {
      const entry = { method, fault, left: times, channel };
      waiting.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    take(method, channel) {
      const entry = waiting.find(
        (one) =>
          one.method === method && one.left > 0 && (one.channel === undefined || one.channel === channel),
      );
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
  };
}
