/** Everything that a benchmark of the running app needs: PostgreSQL, what is outside, and processes of Countersign. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { stringify } from 'yaml';
import { z } from 'zod';
import { freePort } from '../../test/fakes/freePort.ts';
import { build, builtFile } from './built.ts';
import { type Child, startChild } from './child.ts';
import { startCluster } from '../cluster.ts';
import { createPeople, type People, SIGNING_SECRET } from './people.ts';

const SETTINGS = {
  channels: { approvals: 'C0APPROVALS', finance: 'C0FINANCE' },
  groups: { finance: ['U0PAVEL', 'U0LENA'] },
  policy: { tiers: [{ approvals: { finance: 1 } }] },
  summary: { time: '09:00', zone: 'Europe/Warsaw' },
  // Nothing but the machine says how fast a bulk is.
  bulk: { pace: '999/s' },
  accounts: {
    'shop-tr': {
      provider: 'payfull',
      url: '${PAYFULL_URL}',
      merchant: 'bench',
      password: '${PAYFULL_PASSWORD}',
      client_ip: '192.0.2.10',
    },
  },
};

const Ready = z.object({ isReady: z.literal(true) });
const Quiet = z.object({ isQuiet: z.literal(true) });
const Ports = z.object({ slackPort: z.number(), providerPort: z.number() });

export interface Running {
  readonly child: Child;
  /** People whose clicks go to this process. */
  readonly people: People;
  stop(): Promise<void>;
}

export interface House {
  readonly outside: Child;
  readonly providerUrl: string;
  /** As the owner, beside the processes. */
  readonly sql: Client;
  readonly databaseUrl: string;
  readonly ownerUrl: string;
  /** What a process of Countersign is given, but for its port. */
  readonly variables: Readonly<Record<string, string>>;
  /** @param file of this folder, among those that are built; a process of Countersign when absent. */
  startProcess(file?: string): Promise<Running>;
  /** Has PostgreSQL look at what is there, as it does by itself within a minute: until then it plans for empty tables. */
  analyze(): Promise<void>;
  /** Resolves when nobody outside was called for so long. */
  quiet(ms: number): Promise<void>;
  stop(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  await build();
  const cluster = await startCluster();
  const database = await cluster.createDatabase();
  const outside = await startChild('edge.ts', {}, Ports);
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const file = join(folder, 'countersign.yaml');
  await writeFile(file, stringify(SETTINGS));
  const providerUrl = `http://127.0.0.1:${outside.ready.providerPort}`;
  const variables = {
    COUNTERSIGN_CONFIG: file,
    COUNTERSIGN_RECORD_KEY: 'be'.repeat(32),
    DATABASE_URL: database.url,
    PAYFULL_URL: providerUrl,
    PAYFULL_PASSWORD: 'bench-password',
    SLACK_API_URL: `http://127.0.0.1:${outside.ready.slackPort}/api/`,
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: SIGNING_SECRET,
    HOST: '127.0.0.1',
    LOG_LEVEL: 'error',
  };
  const processes: Running[] = [];

  return {
    outside,
    providerUrl,
    sql: database.sql,
    databaseUrl: database.url,
    ownerUrl: database.ownerUrl,
    variables,
    async startProcess(started = 'member.ts') {
      const port = String(await freePort());
      const given = { ...variables, PORT: port };
      const child = await startChild(builtFile(`bench/work/${started}`), given, Ready, ['--expose-gc']);
      const people = createPeople(`http://127.0.0.1:${port}/slack/events`);
      const running: Running = {
        child,
        people,
        async stop() {
          await people.leave();
          await child.stop();
        },
      };
      processes.push(running);
      return running;
    },
    async analyze() {
      await database.sql.query('vacuum analyze');
    },
    async quiet(quietMs) {
      await outside.ask({ quietMs }, Quiet);
    },
    async stop() {
      await Promise.all(processes.map((running) => running.stop()));
      await outside.stop();
      await cluster.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
