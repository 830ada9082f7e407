/** One process of Countersign, as `npm start` runs it, that tells its parent how much memory it holds. */
import { loadConfig } from '../../src/config/load.ts';
import { startCountersign } from '../../src/countersign.ts';
import { createLog } from '../../src/log.ts';

const config = await loadConfig();
await startCountersign(config, createLog(config.logLevel, config.secrets));

process.on('message', () => {
  // Twice, for what only a finalizer lets go.
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
process.on('disconnect', () => process.exit(0));
process.send?.({ isReady: true });
