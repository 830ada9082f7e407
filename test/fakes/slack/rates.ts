/** Slack's rate limits as it documents them: posts by channel, everything else by method. */
export interface Rates {
  /** The seconds of `Retry-After`, when the call is one too many. */
  refuse(method: string, channel: string | undefined): number | undefined;
}

/** So many at once, and one more every so often. */
interface Limit {
  readonly atOnce: number;
  readonly everyMs: number;
}

/** "One message per second per channel", where short bursts are let pass. */
const POSTS: Limit = { atOnce: 5, everyMs: 1000 };
const TIER_2: Limit = { atOnce: 20, everyMs: 60_000 / 20 };
const TIER_3: Limit = { atOnce: 50, everyMs: 60_000 / 50 };
const TIER_4: Limit = { atOnce: 100, everyMs: 60_000 / 100 };

const LIMITS: ReadonlyMap<string, Limit> = new Map([
  ['chat.postMessage', POSTS],
  ['chat.update', TIER_3],
  ['chat.delete', TIER_3],
  ['conversations.history', TIER_3],
  ['conversations.replies', TIER_3],
  ['chat.postEphemeral', TIER_4],
  ['users.info', TIER_4],
  ['usergroups.users.list', TIER_2],
  ['views.open', TIER_4],
  ['views.publish', TIER_4],
  ['views.update', TIER_4],
  ['files.getUploadURLExternal', TIER_4],
  ['files.completeUploadExternal', TIER_4],
  ['files.info', TIER_4],
  ['chat.getPermalink', { atOnce: 600, everyMs: 100 }],
]);

/** A call that was on its way when the refusal was written is not held against the app. */
const ON_ITS_WAY_MS = 300;

export const NO_RATES: Rates = { refuse: () => undefined };

/**
 * @param speed how many times faster than Slack's, so that a test needs not wait for minutes.
 * @param complain told of calls that come before the time that `Retry-After` gave.
 */
export function createRates(now: () => number, speed: number, complain: (complaint: string) => void): Rates {
  const buckets = new Map<string, { left: number; at: number; refusedAt: number; until: number }>();
  return {
    refuse(method, channel) {
      const limit = LIMITS.get(method);
      if (limit === undefined) return undefined;
      const name = limit === POSTS ? `${method} ${channel}` : method;
      const at = now();
      const bucket = buckets.get(name) ?? { left: limit.atOnce, at, refusedAt: 0, until: 0 };
      if (at < bucket.until && at > bucket.refusedAt + ON_ITS_WAY_MS)
        complain(`${name}: called again ${bucket.until - at} ms before its Retry-After was over`);
      const left = Math.min(limit.atOnce, bucket.left + ((at - bucket.at) * speed) / limit.everyMs);
      if (left >= 1) {
        buckets.set(name, { ...bucket, left: left - 1, at });
        return undefined;
      }
      const seconds = Math.ceil(((1 - left) * limit.everyMs) / speed / 1000);
      buckets.set(name, { left, at, refusedAt: at, until: at + seconds * 1000 });
      return seconds;
    },
  };
}
