/** Lets a test wait for something to be so, without ever looking at a clock or sleeping. */
export interface Changes {
  /** Said after every change of the fake's state. */
  announce(): void;
  /** Resolves as soon as `find` returns something. @param what completes the sentence "waited 10000 ms for …". */
  until<T>(find: () => T | undefined, what: () => string): Promise<T>;
}

export function createChanges(limitMs: number): Changes {
  const watchers = new Set<() => void>();
  return {
    announce() {
      for (const look of watchers) look();
    },

    until<T>(find: () => T | undefined, what: () => string): Promise<T> {
      return new Promise((resolve, reject) => {
        const stop = () => {
          clearTimeout(timer);
          watchers.delete(look);
        };
        const look = () => {
          try {
            const found = find();
            if (found === undefined) return;
            stop();
            resolve(found);
          } catch (error) {
            stop();
            reject(error);
          }
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`waited ${limitMs} ms for ${what()}`));
        }, limitMs);
        watchers.add(look);
        look();
      });
    },
  };
}
