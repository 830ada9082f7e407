/** What Slack told a while ago, for what may be a little old: Slack limits how often it can be asked. */

const REMEMBERED_FOR_MS = 300_000;

export interface Memory<T> {
  /** Asked now. */
  readonly ask: (key: string) => Promise<T>;
  /**
   * As it was told in the last minutes; asked when it was not, and older when that fails.
   * @throws what asking throws, when it was never told
   */
  readonly recall: (key: string) => Promise<T>;
}

export function createMemory<T>(ask: (key: string) => Promise<T>, now: () => Date): Memory<T> {
  const told = new Map<string, { readonly what: T; readonly at: number }>();
  const recalling = new Map<string, Promise<T>>();

  async function askNow(key: string): Promise<T> {
    const what = await ask(key);
    told.set(key, { what, at: now().getTime() });
    return what;
  }

  async function askAgain(key: string): Promise<T> {
    try {
      return await askNow(key);
    } catch (error) {
      const before = told.get(key);
      if (before === undefined) throw error;
      return before.what;
    } finally {
      recalling.delete(key);
    }
  }

  return {
    ask: askNow,
    async recall(key) {
      const before = told.get(key);
      if (before !== undefined && Math.abs(now().getTime() - before.at) < REMEMBERED_FOR_MS)
        return before.what;
      const asking = recalling.get(key) ?? askAgain(key);
      recalling.set(key, asking);
      return asking;
    },
  };
}
