/**
 * A Slack to look at, in the browser: the binary of npm's `local-slack-linux-x64` 0.1.8 (MIT). It is lenient
 * (any token, no limits, one open form for all people), so what must be strict is not tested here.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface LocalSlackOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly workspace: string;
  readonly botName: string;
  /** The first one is who the page starts as. */
  readonly people: readonly { readonly id: `U${string}`; readonly name: string }[];
  /** Everybody and the bot are members. The first one is shown at the start. */
  readonly channels: readonly { readonly id: `C${string}`; readonly name: string }[];
}

export interface LocalSlack {
  /** The page. */
  readonly url: string;
  readonly slackApiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  stop(): Promise<void>;
}

const BOT_USER_ID = 'U0BOT';
const BOT_TOKEN = 'xoxb-local-slack';
const APP_TOKEN = 'xapp-local-slack';
const START_TIMEOUT_MS = 20_000;

// The binary would listen on every interface and outlive a killed parent, and has an option for neither. It is built
// with Bun, which runs the `preload` of a bunfig.toml in its working directory first: this one puts it on loopback,
// says the port once it answers there, and ends it when its standard input closes, as it does when the parent dies.
const BUNFIG = 'preload = ["./preload.js"]';
const PRELOAD = `
const serve = Bun.serve;
Bun.serve = (options) => {
  const server = serve({ ...options, hostname: '127.0.0.1' });
  console.log('answers on loopback port ' + server.port);
  return server;
};
process.stdin.on('end', () => process.exit()).resume();
`;
const ANSWERS = /^answers on loopback port (\d+)$/m;

/** Rejects with one sentence when the port is taken, or when this machine cannot run it. */
export async function startLocalSlack(options: LocalSlackOptions): Promise<LocalSlack> {
  const binary = findBinary();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-slack-'));
  try {
    await writeFile(join(folder, 'config.json'), JSON.stringify(toConfig(options)));
    await writeFile(join(folder, 'bunfig.toml'), BUNFIG);
    await writeFile(join(folder, 'preload.js'), PRELOAD);
    const child = spawn(
      binary,
      ['--config', 'config.json', '--port', String(options.port), '--base-host', '127.0.0.1'],
      // No environment, so that no secret of ours gets in; detached, so that Ctrl-C reaches only us and we stop it last.
      { cwd: folder, env: {}, detached: true, stdio: 'pipe' },
    );
    return await whenItAnswers(child, options.port);
  } finally {
    // All is read once it answers.
    await rm(folder, { recursive: true, force: true });
  }
}

function findBinary(): string {
  const machine = `${process.platform} ${process.arch}`;
  if (machine !== 'linux x64') {
    throw new Error(
      `The local Slack page runs on linux x64 only, and this is ${machine}: use a real workspace.`,
    );
  }
  try {
    return createRequire(import.meta.url).resolve('local-slack-linux-x64/bin/local-slack');
  } catch (cause) {
    throw new Error(
      'The optional package local-slack-linux-x64 is not installed: run `npm ci` without `--omit=optional`.',
      { cause },
    );
  }
}

function toConfig({ workspace, botName, people, channels }: LocalSlackOptions) {
  const members = [BOT_USER_ID, ...people.map(({ id }) => id)];
  return {
    workspace: { name: workspace, domain: 'local-slack', teamId: 'T0LOCAL' },
    apps: [{ appId: 'A0LOCAL', botUserId: BOT_USER_ID, botName, botToken: BOT_TOKEN, appToken: APP_TOKEN }],
    users: people.map(({ id, name }) => ({ id, name: toHandle(name), real_name: name })),
    channels: channels.map(({ id, name }) => ({ id, name, members })),
  };
}

function toHandle(name: string): string {
  return name.toLowerCase().replaceAll(' ', '.');
}

async function whenItAnswers(child: ChildProcessWithoutNullStreams, wantedPort: number): Promise<LocalSlack> {
  await once(child, 'spawn');
  let output = '';
  let stopping = false;
  const ended = once(child, 'close');

  const port = await new Promise<string>((resolve, reject) => {
    const tooLate = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
    const read = (chunk: string) => {
      output = (output + chunk).slice(-4000);
      const found = ANSWERS.exec(output)?.[1];
      if (found === undefined) return;
      clearTimeout(tooLate);
      resolve(found);
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('close', () => {
      clearTimeout(tooLate);
      reject(whyItDidNotStart(output, wantedPort));
    });
  });

  child.once('close', () => {
    if (!stopping) process.stderr.write(`The local Slack page ended by itself. It said: ${output.trim()}\n`);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    slackApiUrl: `http://127.0.0.1:${port}/api/`,
    botToken: BOT_TOKEN,
    appToken: APP_TOKEN,
    async stop() {
      stopping = true;
      child.kill();
      await ended;
    },
  };
}

function whyItDidNotStart(output: string, port: number): Error {
  return output.includes('EADDRINUSE')
    ? new Error(`Port ${port} is taken: stop what listens there, or choose another for the local Slack page.`)
    : new Error(`The local Slack page did not start. It said: ${output.trim() || 'nothing'}`);
}
