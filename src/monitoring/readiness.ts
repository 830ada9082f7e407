/** Whether the process can work: it has started, PostgreSQL and Slack are there, and nobody told it to stop. */

/** What can be asked once it is there. */
interface Parts {
  /** Rejects when it can't be reached. */
  readonly database: () => Promise<unknown>;
  readonly slack: () => boolean;
}

interface ReadinessNow {
  readonly isReady: boolean;
  readonly process: 'starting' | 'running' | 'stopping';
  readonly database: 'reachable' | 'unreachable' | 'not asked';
  /** In HTTP mode it is connected while Slack can call. */
  readonly slack: 'connected' | 'not connected';
}

export interface Readiness {
  read(): Promise<ReadinessNow>;
  /** Everything has started. */
  begin(parts: Parts): void;
  /** Nothing new is to come here any more. */
  end(): void;
}

export function createReadiness(): Readiness {
  let parts: Parts | undefined;
  let isEnding = false;
  return {
    async read() {
      const slack = parts?.slack() ?? false;
      const database = parts === undefined ? 'not asked' : await ask(parts);
      const process = isEnding ? 'stopping' : parts === undefined ? 'starting' : 'running';
      return {
        isReady: process === 'running' && database === 'reachable' && slack,
        process,
        database,
        slack: slack ? 'connected' : 'not connected',
      };
    },
    begin(all) {
      parts = all;
    },
    end() {
      isEnding = true;
    },
  };
}

function ask({ database }: Parts): Promise<'reachable' | 'unreachable'> {
  return database().then(
    () => 'reachable',
    () => 'unreachable',
  );
}
