/** `npm run demo`: the whole job on one machine. One person at one page plays everybody. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { loadConfig } from '../src/config/load.ts';
import { startCountersign } from '../src/countersign.ts';
import { createLog } from '../src/log.ts';
import { DEMO_WORKSPACE } from './demoWorkspace.ts';
import { printGuide } from './guide.ts';
import { startLocalSlack } from './localSlack.ts';
import { startSimulators } from './simulators.ts';

const port = Number(process.env['DEMO_PORT'] ?? 4800);
// A folder for each port, so that two demos can run side by side.
const FOLDER = join(import.meta.dirname, `../.data/demo-${port}`);

const started: (() => Promise<void>)[] = [];
let stopping = false;

/** The first Ctrl-C stops everything in order; a second ends at once. */
async function stop(exitCode: number): Promise<never> {
  if (stopping) process.exit(1);
  stopping = true;
  for (const end of started.splice(0).toReversed()) await end();
  process.exit(exitCode);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error('DEMO_PORT must be a port number.');
  const slack = await startLocalSlack({ port, ...DEMO_WORKSPACE });
  started.push(() => slack.stop());
  const simulators = await startSimulators();
  started.push(() => simulators.stop());

  // The page and the simulators begin anew at every start, and so does the record.
  await rm(FOLDER, { recursive: true, force: true });
  const config = await loadConfig({
    ...simulators.variables,
    COUNTERSIGN_CONFIG: join(import.meta.dirname, 'demo.yaml'),
    COUNTERSIGN_DATA: FOLDER,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.slackApiUrl,
    LOG_LEVEL: 'warn',
  });
  const countersign = await startCountersign(config, createLog(config.logLevel, config.secrets));
  started.push(() => countersign.stop());
  printGuide(slack.url, countersign.databaseUrl, simulators);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  await stop(1);
}
