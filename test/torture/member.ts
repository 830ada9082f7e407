/** One process of Countersign, as `npm start` runs it, whose clock its parent sets. */
import { z } from 'zod';
import { loadConfig } from '../../src/config/load.ts';
import { startCountersign } from '../../src/countersign.ts';
import { endInOrder } from '../../src/ending.ts';
import { createLog } from '../../src/log.ts';

/** What the parent says: how far the clock is ahead in milliseconds, or that a minute is over. */
const Word = z.union([z.object({ ahead: z.number() }), z.object({ tick: z.literal(true) })]);

const config = await loadConfig();
const log = createLog(config.logLevel, config.secrets);
let ahead = Number(process.env['AHEAD_MS'] ?? 0);

const starting = startCountersign(config, log, () => new Date(Date.now() + ahead));
endInOrder(log, async () => (await starting).stop());
process.on('message', (message) => {
  const word = Word.parse(message);
  if ('ahead' in word) ahead = word.ahead;
  else
    void starting
      .then(({ usecases }) => usecases.tick())
      .catch((error: unknown) => log.error({ err: error }, 'a tick failed'));
});
// Without its parent it would go on for ever.
process.on('disconnect', () => process.exit(0));

try {
  await starting;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
process.send?.('ready');
