/** One process of Countersign, as `npm start` runs it, that tells its parent how much memory it holds. */
import { loadConfig } from '../../src/config/load.ts';
import { startCountersign } from '../../src/countersign.ts';
import { createLog } from '../../src/log.ts';
import { tellMemory } from './tellMemory.ts';

const config = await loadConfig();
await startCountersign(config, createLog(config.logLevel, config.secrets));
tellMemory();
