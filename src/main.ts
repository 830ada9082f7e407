/** `npm start`: the app until it is told to stop. */
import { loadConfig } from './config/load.ts';
import { startCountersign } from './countersign.ts';
import { createLog, type Log } from './log.ts';

try {
  const config = await loadConfig();
  const log = createLog(config.logLevel, config.secrets);
  const countersign = await startCountersign(config, log);
  stopWhenTold(log, () => countersign.stop());
  log.info(
    countersign.port === undefined
      ? 'Countersign is running in Socket Mode'
      : `Countersign is running and listens on port ${countersign.port}`,
  );
} catch (error) {
  // A fault of the configuration or of a part that can't start is the operator's to mend: one sentence, no stack.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

/** The first signal stops in order; a second ends at once. A failure that nobody caught stops in order too. */
function stopWhenTold(log: Log, stop: () => Promise<void>): void {
  let stopping = false;
  function finish(exitCode: number): void {
    if (stopping) process.exit(1);
    stopping = true;
    void stop().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        log.fatal({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.info(`${signal}: finishing what is running`);
      finish(0);
    });
  }
  process.on('unhandledRejection', (error) => {
    log.fatal({ err: error }, 'a promise failed and nobody caught it');
    finish(1);
  });
}
