/**
 * `npm run package:try`: makes the package, installs it in an empty folder with what it needs in production and nothing
 * else, and lets it do what an operator does first. It ends before Slack, of which there is none here.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mustRun, run } from './run.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Nothing of this process's own: an operator's machine has no Countersign in its environment. */
const bare = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LOG_LEVEL: 'silent',
};

const folder = await mkdtemp(join(tmpdir(), 'countersign-package-'));
try {
  const tarball = (await mustRun('npm', ['run', '--silent', 'package'], { cwd: PROJECT })).trim();
  // Started by root, the embedded PostgreSQL runs as another user, who has to get there.
  await chmod(folder, 0o755);
  // A folder of its own, or npm would take one above for the project.
  await mkdir(join(folder, 'operator'));
  const cwd = join(folder, 'operator');
  await writeFile(join(cwd, 'package.json'), '{ "private": true }\n');
  await mustRun('npm', ['install', '--omit=dev', '--no-audit', '--no-fund', join(PROJECT, tarball)], { cwd });

  await expect('--help', ['--help'], 0, 'Nobody can cancel a payment alone.');
  await expect(
    'manifest',
    ['manifest', '--http', 'https://c.example.com'],
    0,
    'https://c.example.com/slack/events',
  );
  const made = ['--approvals-channel=C0APPROVALS', '--finance-channel=C0FINANCE', '--approver=U0ANNA'];
  await expect('init', ['init', ...made, '--account=games:paymentwall', '--no-input'], 1, 'GAMES_SECRET');
  await expect('doctor', ['doctor'], 1, 'FAILURE  configuration: ');
  // Starts the embedded PostgreSQL and migrates it; there is no Slack to let it in.
  await expect('start', ['start'], 1, 'Slack does not let Countersign in with SLACK_BOT_TOKEN', {
    SLACK_BOT_TOKEN: 'xoxb-nobody',
    SLACK_APP_TOKEN: 'xapp-nobody',
    SLACK_API_URL: 'http://127.0.0.1:2/api/',
    GAMES_KEY: 'f04150f73d04e47029548e526b2b12ec',
    GAMES_SECRET: 'nobody',
  });
  await expect('verify', ['verify'], 0, 'The record is whole');
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function expect(
  what: string,
  args: readonly string[],
  status: number,
  says: string,
  variables: Record<string, string> = {},
): Promise<void> {
  const cwd = join(folder, 'operator');
  const ran = await run('npx', ['--no-install', 'countersign', ...args], {
    cwd,
    env: { ...bare, ...variables },
  });
  const said = ran.out + ran.err;
  if (ran.status !== status || !said.includes(says))
    throw new Error(`countersign ${what} ended with ${ran.status}, and said:\n${said}`);
  process.stdout.write(`countersign ${what} does from the package what it should.\n`);
}
