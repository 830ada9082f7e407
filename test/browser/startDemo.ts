/** The demo as `npm run demo` starts it, its page in a browser, and where pictures of that go. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type LocalSlackPage, openLocalSlack } from './localSlackPage.ts';

const ROOT = join(import.meta.dirname, '../..');
/** `npm run pictures` puts them where the docs show them. */
const PICTURES = join(ROOT, process.env['PICTURES'] ?? '.data/pictures');

export interface Demo {
  readonly url: string;
  readonly databaseUrl: string;
  readonly process: ChildProcess;
  readonly slack: LocalSlackPage;
  /** Of all that the page shows. */
  picture(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** Reads from the demo's guide where things are. */
export async function startDemo(port: number): Promise<Demo> {
  const child = spawn(process.execPath, ['sandbox/demo.ts'], {
    cwd: ROOT,
    env: { ...process.env, DEMO_PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let guide = '';
  for await (const line of createInterface(child.stdout)) {
    guide += `${line}\n`;
    if (line.startsWith('Ctrl-C')) break;
  }
  const url = /Open\s+(\S+)/.exec(guide)?.[1];
  const databaseUrl = /psql '([^']+)'/.exec(guide)?.[1];
  if (url === undefined || databaseUrl === undefined) throw new Error(`the demo did not start:\n${guide}`);

  await mkdir(PICTURES, { recursive: true });
  const slack = await openLocalSlack(url);
  return {
    url,
    databaseUrl,
    process: child,
    slack,
    picture: (name) => slack.screenshot(join(PICTURES, `${name}.png`)),
    async stop() {
      await slack.close();
      child.kill('SIGKILL');
    },
  };
}
