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
  /** @param times how many calls it hits. Returns what lifts it earlier. */
  add(method: string, fault: Fault, times: number): () => void;
  take(method: string): Fault | undefined;
}

export function createFaults(): Faults {
  const waiting: { method: string; fault: Fault; left: number }[] = [];
  return {
    add(method, fault, times) {
      const entry = { method, fault, left: times };
      waiting.push(entry);
      return () => {
        entry.left = 0;
      };
    },
    take(method) {
      const entry = waiting.find((candidate) => candidate.method === method && candidate.left > 0);
      if (entry === undefined) return undefined;
      entry.left -= 1;
      return entry.fault;
    },
  };
}
