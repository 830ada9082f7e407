/** What a line of the log is about. Whoever works on a request notes it, and every line written meanwhile says so. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** By the names that people use: C-1042, B-7. */
export interface Concern {
  request?: string;
  bulk?: string;
}

const concerns = new AsyncLocalStorage<Concern>();

/** @param concern what is known at the beginning; what is noted meanwhile is added. */
export function concerning<T>(concern: Concern, work: () => T): T {
  return concerns.run(concern, work);
}

export function note(concern: Concern): void {
  Object.assign(concerns.getStore() ?? {}, concern);
}

export function concernNow(): Concern {
  return { ...concerns.getStore() };
}
