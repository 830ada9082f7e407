/** What a modal can wait for: Slack's trigger lasts three seconds, and opening the modal takes a while too. */
import { setTimeout } from 'node:timers/promises';

const OPEN_WITHIN_MS = 1500;

/** Undefined when it is not known in time; whoever asks goes on waiting for it, or leaves it. */
export async function inTime<T>(known: Promise<T>, withinMs = OPEN_WITHIN_MS): Promise<T | undefined> {
  // A failure that comes later belongs to whoever goes on waiting.
  known.catch(() => undefined);
  return Promise.race([known, setTimeout(withinMs, undefined, { ref: false })]);
}
