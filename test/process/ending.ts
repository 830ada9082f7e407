/** A process that only ends: what its parent wants to see is when, with which code, and what it says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { endInOrder } from '../../src/ending.ts';
import { createLog } from '../../src/log.ts';

const [how = '', secret = ''] = process.argv.slice(2);
const log = createLog('info', [secret]);

endInOrder(
  log,
  async () => {
    if (how === 'hangs') await sleep(60_000);
    if (how === 'fails to stop') throw new Error(`no goodbye for ${secret}`);
    await sleep(200);
    log.info('all work is done');
  },
  0.5,
);

function failLater(): void {
  const error = new Error(`the password is ${secret}`);
  if (how === 'throws')
    setTimeout(() => {
      throw error;
    }, 1);
  if (how === 'rejects') void Promise.reject(error);
  // As the SDK of Slack did.
  if (how === 'rejects with nothing') void Promise.reject();
}

setInterval(() => undefined, 60_000);
process.on('message', failLater);
process.send?.('ready');
