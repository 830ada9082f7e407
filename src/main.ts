/** `npm start`: the app until it is told to stop. */
import { loadConfig } from './config/load.ts';
import { startCountersign } from './countersign.ts';
import { endInOrder } from './ending.ts';
import { createLog } from './log.ts';

try {
  const config = await loadConfig();
  const log = createLog(config.logLevel, config.secrets);
  const starting = startCountersign(config, log);
  endInOrder(log, async () => (await starting).stop());
  const { port } = await starting;
  log.info(
    port === undefined
      ? 'Countersign is running in Socket Mode'
      : `Countersign is running and listens on port ${port}`,
  );
} catch (error) {
  // A fault of the configuration or of a part that can't start is the operator's to mend: one sentence, no stack.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
