/** Runs one planned sequence: rounds of acts and faults, then peace, then the verdict. */
import { perform } from './gestures.ts';
import type { Break, Gesture } from './model.ts';
import { type Fault, GROUPS, type Kind, type Plan, type Round } from './plan.ts';
import type { Server } from './server.ts';
import { verifyChain } from './chain.ts';
import { askUnknowns, comeToRest, letPass, reachable, TRUE_WITHIN_SECONDS } from './rest.ts';
import { arm } from './strike.ts';
import { openWorld, type World } from './world.ts';

export interface Result {
  readonly faults: readonly Kind[];
  readonly requests: number;
  readonly effects: number;
  readonly breaks: readonly Break[];
  /** What `countersign verify` says is wrong with the record. */
  readonly chainFaults: readonly string[];
  /** On the app's clock, from the end of the last fault until everything was in a true state and shown so. */
  readonly toTrueStateMs: number;
  readonly states: Readonly<Record<string, number>>;
  /** What happened, in order, and what the processes logged last. */
  readonly story: readonly string[];
}

type Tell = (line: string) => void;

export async function runSequence(plan: Plan, server: Server): Promise<Result> {
  const database = await server.createDatabase();
  const world = await openWorld({ database, size: plan.processes, groups: GROUPS });
  const struck: Kind[] = [];
  const story: string[] = [];
  const began = Date.now();
  const tell: Tell = (line) => void story.push(`${((Date.now() - began) / 1000).toFixed(2)} s  ${line}`);
  try {
    let peaceAt = world.now();
    for (const round of plan.rounds) {
      struck.push(...(await playRound(world, server, round, tell)));
      peaceAt = world.now();
      await world.crew.reviveAll();
    }
    tell('peace');
    const rest = await comeToRest(world, peaceAt);
    tell('at rest; those who had no luck try again');
    await reachable(world);
    await performAll(world, secondTries(world.gestures), tell);
    const restAgain = await comeToRest(world, world.now());
    const unsettled = [...rest.unrest, ...restAgain.unrest].length === 0 ? await askUnknowns(world) : [];
    tell('everything is at rest');
    const record = await world.readRecord();
    const breaks = [
      ...world.judge(record),
      ...[...rest.unrest, ...restAgain.unrest].map((says) => law(`after ${TRUE_WITHIN_SECONDS} s`, says)),
      ...unsettled.map((name) => law(name, 'unknown, although the provider says that it cancelled')),
      ...world.crew.collapses.map((says) => law('a process', says)),
    ];
    const chainFaults = await verifyChain(database);
    const states: Record<string, number> = {};
    for (const { state } of record.requests) states[state] = (states[state] ?? 0) + 1;
    return {
      faults: struck,
      requests: record.requests.length,
      effects: countEffects(world),
      breaks,
      chainFaults,
      toTrueStateMs: rest.tookMs,
      states,
      story: [...story, ...world.crew.log.slice(-60)],
    };
  } finally {
    await world.stop();
    await server.start();
    await server.dropDatabase(database).catch(() => undefined);
  }
}

/** Acts and faults at once; then the faults are lifted. Gives those that struck. */
async function playRound(world: World, server: Server, round: Round, tell: Tell): Promise<Kind[]> {
  const faults = round.faults.filter(({ kind }) => kind !== 'disk_full' || server.canFillDisk);
  tell(`round: ${faults.map(describe).join('; ')}`);
  const armed = faults.map((fault) => arm(world, server, fault));
  await performAll(world, round.gestures, tell);
  await letPass(world, round.thenSeconds);
  for (const one of armed) {
    await one.lift();
    tell(`  ${one.fault.kind} ${one.hasStruck ? 'struck' : 'did not strike'}`);
  }
  return armed.flatMap(({ hasStruck, fault }) => (hasStruck ? [fault.kind] : []));
}

function describe({ kind, on, at, loses, seconds }: Fault): string {
  return `${kind} at ${on} ${at}${loses ? ', lost' : ''}${kind.startsWith('clock') ? `, ${seconds} s` : ''}`;
}

function countEffects({ simulators }: World): number {
  const counts = Array.from(simulators.accounts.values(), (simulator) =>
    simulator.stock.map(({ reference }) => simulator.effects(reference)),
  );
  return counts.flat().reduce((sum, count) => sum + count, 0);
}

function law(name: string, says: string): Break {
  return { kind: 'law_break', name, says };
}

/** Everybody who may approves everything that was asked for. */
function secondTries(gestures: readonly Gesture[]): Gesture[] {
  const asked = gestures.filter(({ act }) => act === 'ask');
  return [...new Set(Object.values(GROUPS).flat())].flatMap((person) =>
    asked.map(({ account, payment }) => ({ account, payment, person, act: 'approve' as const })),
  );
}

/** Different people act at once; one person does one thing after the other. */
async function performAll(world: World, gestures: readonly Gesture[], tell: Tell): Promise<void> {
  const byPerson = Map.groupBy(gestures, ({ person }) => person);
  await Promise.all(
    Array.from(byPerson.values(), async (theirs) => {
      for (const gesture of theirs) {
        world.gestures.push(gesture);
        const what = `  ${gesture.person} ${gesture.act} ${gesture.account} ${gesture.payment}`;
        await perform(world.slack, gesture).then(
          () => tell(what),
          (error: unknown) => tell(`${what}: gave up: ${String(error).split('\n')[0]?.slice(0, 120)}`),
        );
      }
    }),
  );
}
