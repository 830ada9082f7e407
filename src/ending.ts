/** How the process ends: because it is told to, or because something failed that nobody caught. */
import type { Log } from './log.ts';

/** What is running has this long to finish; a supervisor must not kill the process earlier. */
const STOP_WITHIN_SECONDS = 60;

/**
 * The first signal stops in order, a second ends at once. What nobody caught is logged and stops in order too, but as a
 * failure. Whatever is cut off is safe: an attempt is on record before it is made, and is then looked up.
 */
export function endInOrder(log: Log, stop: () => Promise<void>, withinSeconds = STOP_WITHIN_SECONDS): void {
  let exitCode = 0;
  let isEnding = false;
  let isTold = false;

  function end(): void {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => {
      log.fatal(`not finished after ${withinSeconds} s; what was being sent will be looked up`);
      process.exit(1);
    }, withinSeconds * 1000).unref();
    void stop().then(
      () => {
        log.info('stopped');
        process.exit(exitCode);
      },
      (error: unknown) => {
        log.fatal({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isTold) {
        log.warn(`${signal} again: ending at once`);
        process.exit(1);
      }
      isTold = true;
      log.info(`${signal}: finishing what is running`);
      end();
    });
  }
  // Promises that nobody catches come here too.
  process.on('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'something failed and nobody caught it');
    exitCode = 1;
    end();
  });
}
