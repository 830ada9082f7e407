/**
 * `npm run torture -- --bulk 1000`: so many payments of one account in one bulk, through real processes of which one is
 * killed with -9 while payments are looked up and three times while they are sent, before a Slack that keeps its documented limits.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { readWords } from '../fakes/slack/person.ts';
import { verifyChain } from './chain.ts';
import { GROUPS } from './plan.ts';
import type { Server } from './server.ts';
import { arm } from './strike.ts';
import { openWorld, type World } from './world.ts';

const ACCOUNT = 'shop-tr';
const PROCESSES = 3;
/** A person who supervises processes is not quick, and nothing else may depend on it. */
const DOWN_MS = 2_000;
const GIVE_UP_AFTER_MS = 10 * 60_000;
/** What is unknown is asked for after so long, and again after so long; and how long that may take. */
const LOOK_UPS_SECONDS = [10, 30, 90];
const LOOK_UPS_MS = 5_000;

/** Steps at the provider, by what is in the call, and how far they are along the list. */
const LOOK_UP = 'get_param=TransactionStatus';
const CANCEL = 'type=Cancel';
const KILLS = [
  { step: LOOK_UP, at: 0.5, loses: true },
  { step: CANCEL, at: 0.25, loses: true },
  { step: CANCEL, at: 0.5, loses: false },
  { step: CANCEL, at: 0.75, loses: false },
] as const;
type Kill = (typeof KILLS)[number];

export interface BulkResult {
  readonly lines: number;
  readonly kills: number;
  readonly states: Readonly<Record<string, number>>;
  /** What is not as the provider says, what broke the record, and what Slack complained of. */
  readonly faults: readonly string[];
  /** Calls of each method of Slack: how many, and how many of them were one too many. */
  readonly calls: readonly (readonly [method: string, count: number, limited: number])[];
  readonly tookSeconds: number;
}

export async function runBulk(size: number, server: Server): Promise<BulkResult> {
  const database = await server.createDatabase();
  const world = await openWorld({
    database,
    size: PROCESSES,
    groups: GROUPS,
    orders: size,
    isSlackDirect: true,
    bulk: { pace: '40/s' },
    slack: { rateLimits: 1, waitMs: GIVE_UP_AFTER_MS },
  });
  const began = Date.now();
  try {
    let kills = 0;
    for (const kill of KILLS) void struck(world, size, kill).then(() => (kills += 1));
    await askFor(world, size);
    await approveAll(world);
    await fileCalled(world, 'B-1001-result.csv', 'B-1001-settled.csv');
    await settle(world);
    const states = await statesOf(world);
    return {
      lines: size,
      kills,
      states: Object.fromEntries(
        Map.groupBy(states.values(), (state) => state)
          .entries()
          .map(([state, { length }]) => [state, length]),
      ),
      faults: [
        ...judgeLines(world, size, states),
        ...(kills === KILLS.length ? [] : [`${kills} of ${KILLS.length} kills struck`]),
        ...(await verifyChain(database)),
        ...world.slack.complaints,
        ...world.crew.collapses,
      ],
      calls: countCalls(world),
      tookSeconds: (Date.now() - began) / 1000,
    };
  } catch (error) {
    const { messages } = world.slack.channel('approvals');
    const told = [...world.slack.person('U_MARIA').directMessages, ...messages].map(readWords);
    throw new Error(['the run came to no end', ...told, ...world.crew.log.slice(-40)].join('\n'), {
      cause: error,
    });
  } finally {
    await world.stop();
    await server.dropDatabase(database).catch(() => undefined);
  }
}

/** Kills the process that gets to this step first, and starts it again after a while. */
async function struck(world: World, size: number, { step, at, loses }: Kill): Promise<void> {
  const fault = { kind: 'kill', on: 'provider', at: Math.ceil(size * at), loses, seconds: 0 } as const;
  const armed = arm(world, undefined, fault, (chunk) => chunk.includes(step));
  while (!armed.hasStruck) await sleep(20);
  await sleep(DOWN_MS);
  await world.crew.reviveAll();
}

export function hasHeld({ faults, calls }: BulkResult): boolean {
  return faults.length === 0 && calls.every(([, , limited]) => limited === 0);
}

export function bulkText({ lines, kills, states, faults, calls, tookSeconds }: BulkResult): string {
  const became = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  return [
    `${lines} payments in one bulk, ${kills} kills, ${tookSeconds.toFixed(0)} s: ${became.join(', ')}`,
    'Calls to Slack, and how many were one too many:',
    ...calls.map(([method, count, limited]) => `  ${method.padEnd(30)} ${count} ${limited}`),
    `${faults.length} faults`,
    ...faults.map((fault) => `  ${fault}`),
  ].join('\n');
}

async function askFor({ slack }: World, size: number): Promise<void> {
  const list = Array.from({ length: size }, (_one, n) => `T4U_order${n + 1}`);
  const maria = slack.person('U_MARIA');
  await maria.types(`/cancel bulk ${ACCOUNT}`, { in: 'general' });
  const form = await maria.sees.form();
  const file = slack.giveFile(['transaction_id', ...list].join('\r\n'));
  await form.fill({ file, reason: 'The shop was closed' }).submit();
  await maria.sees.form(({ words }) => words.includes(`${size} payments are being looked up`));
}

/** The total is large, so that it needs two people. */
async function approveAll({ slack }: World): Promise<void> {
  const card = await slack
    .channel('approvals')
    .waitForMessage((message) =>
      readWords(message).includes('The complete list is the file in this thread.'),
    );
  for (const who of ['U_PAVEL', 'U_LENA']) {
    const person = slack.person(who);
    await person.presses('Approve', card);
    await (await person.sees.form(({ words }) => words.includes('one after the other'))).submit();
  }
}

/** Look-ups tell of most what became of it; a person looks for those that were never sent. */
async function settle(world: World): Promise<void> {
  for (const seconds of LOOK_UPS_SECONDS) {
    await world.pass(seconds);
    for (const end = Date.now() + LOOK_UPS_MS; Date.now() < end && (await unknowns(world)).length > 0;)
      await sleep(100);
  }
  for (const name of await unknowns(world)) await recordFinding(world, name);
  await fileCalled(world, 'B-1001-settled.csv');
}

async function unknowns({ pool }: World): Promise<readonly string[]> {
  const { rows } = await pool.query<{ number: string }>(
    `select number from requests where state = 'unknown'`,
  );
  return rows.map(({ number }) => `C-${number}`);
}

async function recordFinding({ slack }: World, name: string): Promise<void> {
  const lena = slack.person('U_LENA');
  await lena.opensHome();
  await lena.presses('Record what you found', await lena.sees.home((words) => words.includes(name)));
  const form = await lena.sees.form(({ words }) => words.includes('What did you find?'));
  const found = {
    'What did you find?': 'It was not cancelled, and nothing is under way',
    'Where did you look, and what does it say there?': 'The back office shows a sale',
  };
  await form.fill(found).submit();
}

async function statesOf({ pool }: World): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query<{ payment: string; state: string }>(
    'select payment, state from requests',
  );
  return new Map(rows.map(({ payment, state }) => [payment, state]));
}

/** Each line's state against what the provider itself counts. */
function judgeLines({ simulators }: World, size: number, states: ReadonlyMap<string, string>): string[] {
  const simulator = simulators.accounts.get(ACCOUNT);
  return Array.from({ length: size }, (_one, n) => `T4U_order${n + 1}`).flatMap((payment) => {
    const state = states.get(payment);
    const effects = simulator?.effects(payment);
    const isTrue =
      state === 'cancelled' ? effects === 1 : /^(refused|lapsed)$/.test(state ?? '') && effects === 0;
    return isTrue ? [] : [`${payment} is ${state}, and the provider counts ${effects} cancellations`];
  });
}

async function fileCalled({ slack }: World, ...names: readonly string[]): Promise<void> {
  await slack.workspace.changes.until(
    () => slack.files.some(({ name }) => names.includes(name)) || undefined,
    () => `a file ${names.join(' or ')}; there are ${slack.files.map(({ name }) => name).join(', ')}`,
  );
}

function countCalls({ slack }: World): BulkResult['calls'] {
  return Array.from(
    Map.groupBy(slack.calls, ({ method }) => method),
    ([method, calls]) => [method, calls.length, calls.filter(({ wasLimited }) => wasLimited).length],
  );
}
