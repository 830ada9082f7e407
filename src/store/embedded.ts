/**
 * An embedded PostgreSQL in a data folder, for when no DATABASE_URL is given.
 * A keeper process of its own holds the server: a Ctrl-C in the terminal then reaches Countersign first, which can
 * still record what it is doing, and the server ends with Countersign even when that is killed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { z } from 'zod';

export interface EmbeddedPostgres {
  /** As the owner of everything in it. */
  readonly url: string;
  /** As the app, whose role is made when the database is prepared. */
  readonly appUrl: string;
  stop(): Promise<void>;
}

/** What the keeper tells when it is ready, or why it can't be. */
const KeeperWord = z.union([z.object({ url: z.string() }), z.object({ fault: z.string() })]);

/** Beside this file, and JavaScript as it is in the package. */
const KEEPER = join(import.meta.dirname, `embeddedKeeper${extname(import.meta.filename)}`);

const APP_ROLE = 'countersign_app';

/**
 * @param folder where the cluster lives; made when it does not exist.
 * @param options `throwAway` deletes the cluster at the end and skips waiting for the disk, for tests.
 */
export async function startEmbeddedPostgres(
  folder: string,
  options: { readonly throwAway: boolean } = { throwAway: false },
): Promise<EmbeddedPostgres> {
  const keeper = fork(KEEPER, [folder, String(options.throwAway)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(keeper, 'exit');
  const word = await Promise.race([
    once(keeper, 'message').then(([message]) => KeeperWord.parse(message)),
    ended.then(() => ({ fault: 'its keeper ended' })),
  ]);
  if ('fault' in word) {
    await ended;
    throw new Error(`The embedded PostgreSQL in ${folder} could not start: ${word.fault}`);
  }

  const appUrl = new URL(word.url);
  appUrl.username = APP_ROLE;
  return {
    url: word.url,
    appUrl: appUrl.href,
    async stop() {
      if (keeper.connected) keeper.disconnect();
      await ended;
    },
  };
}
