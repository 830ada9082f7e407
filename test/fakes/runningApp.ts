/** Countersign as `npm start` runs it: a process of its own, which gets signals, and of which only its log is seen. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { compileCache } from './commandLine.ts';
import type { FakeSlack, Options } from './slack/server.ts';
import { freePort } from './freePort.ts';

export interface RunningApp {
  /** Every line that it wrote to standard error. */
  readonly logged: readonly string[];
  readonly isRunning: boolean;
  tell(signal: 'SIGTERM' | 'SIGKILL'): void;
  /** Its exit code; null when it was killed. */
  readonly ended: Promise<number | null>;
  /** Kills it if it runs. */
  stop(): Promise<void>;
}

const ROOT = join(import.meta.dirname, '../..');

interface Surroundings {
  readonly slack: FakeSlack;
  readonly transport: Options['transport'];
  readonly variables: Readonly<Record<string, string>>;
  /** Takes the place of the demo's settings of the same names. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Resolves when it says that it is running, and rejects with its log when it ends before. */
export async function runApp({ slack, transport, variables, settings }: Surroundings): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-app-'));
  const file = join(folder, 'countersign.yaml');
  const demo: unknown = parse(await readFile(join(ROOT, 'sandbox/demo.yaml'), 'utf8'));
  const channels = { approvals: slack.channel('approvals').id, finance: slack.channel('finance').id };
  await writeFile(file, stringify({ ...z.looseObject({}).parse(demo), channels, ...settings }));
  const port = await freePort();

  const child = spawn(process.execPath, [join(ROOT, 'src/main.ts')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      ...compileCache,
      COUNTERSIGN_CONFIG: file,
      SLACK_BOT_TOKEN: slack.tokens.bot,
      SLACK_API_URL: slack.apiUrl,
      HOST: '127.0.0.1',
      PORT: String(port),
      ...(transport === 'socket'
        ? { SLACK_APP_TOKEN: slack.tokens.app }
        : { SLACK_SIGNING_SECRET: slack.signingSecret }),
      ...variables,
    },
  });
  const logged: string[] = [];
  const saysThatItRuns = Promise.withResolvers<void>();
  child.stderr.setEncoding('utf8').on('data', (text) => {
    logged.push(
      ...String(text)
        .split('\n')
        .filter((line) => line !== ''),
    );
    if (logged.some((line) => line.includes('Countersign is running'))) saysThatItRuns.resolve();
  });
  const ended = once(child, 'close').then(([code]) => z.number().nullable().parse(code));
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  if (transport === 'http') slack.deliverTo(`http://127.0.0.1:${port}/slack/events`);

  const app: RunningApp = {
    logged,
    get isRunning() {
      return !isOver();
    },
    tell: (signal) => void child.kill(signal),
    ended,
    async stop() {
      if (!isOver()) child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  const tooEarly = ended.then(async (code) => {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`it ended with ${code}: ${logged.join('\n')}`);
  });
  await Promise.race([saysThatItRuns.promise, tooEarly]);
  // Its end is no fault any more.
  tooEarly.catch(() => undefined);
  return app;
}
