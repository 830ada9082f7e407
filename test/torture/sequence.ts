/** Runs one planned sequence: rounds of acts and faults, then peace, then the verdict. */
import { perform } from './gestures.ts';
import type { Break } from './breaks.ts';
import { type Fault, GROUPS, type Kind, type Plan, type Round } from './plan.ts';
import type { Server } from './server.ts';
import { verifyChain } from './chain.ts';
import { askUnknowns, comeToRest, letPass, reachable, TRUE_WITHIN_SECONDS } from './rest.ts';
import { arm } from './strike.ts';
import { type AboutPayments, type Gesture, paymentsOf } from './witness.ts';
import { openWorld, type World } from './world.ts';

export interface Result {
  readonly faults: readonly Kind[];
  readonly requests: number;
  readonly bulks: number;
  /** How many of the requests stand in bulks. */
  readonly lines: number;
  /** Those that counted. */
  readonly freezes: number;
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

/** Fast, and soon in trouble. */
const BULKS = { pace: '20/s', pause_after: 2 };

type Tell = (line: string) => void;

export async function runSequence(plan: Plan, server: Server): Promise<Result> {
  const database = await server.createDatabase();
  const world = await openWorld({ database, size: plan.processes, groups: GROUPS, bulk: BULKS });
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
    tell('at rest; what is frozen is lifted, and those who had no luck try again');
    await reachable(world);
    await performAll(world, LIFTS, tell);
    await performAll(world, secondTries(world.gestures), tell);
    const restAgain = await comeToRest(world, world.now());
    tell('at rest; what was halted goes on');
    await performAll(world, goOns(world.gestures), tell);
    const restAtLast = await comeToRest(world, world.now());
    const unrest = [rest, restAgain, restAtLast].flatMap((one) => one.unrest);
    const unsettled = unrest.length === 0 ? await askUnknowns(world) : [];
    tell('everything is at rest');
    const record = await world.readRecord();
    const breaks = [
      ...world.judge(record),
      ...unrest.map((says) => law(`after ${TRUE_WITHIN_SECONDS} s`, says)),
      ...unsettled.map((name) => law(name, 'unknown, although the provider says that it cancelled')),
      ...world.crew.collapses.map((says) => law('a process', says)),
    ];
    const chainFaults = await verifyChain(database);
    const states: Record<string, number> = {};
    for (const { state } of record.requests) states[state] = (states[state] ?? 0) + 1;
    return {
      faults: struck,
      requests: record.requests.length,
      bulks: record.bulks.length,
      lines: record.requests.filter(({ bulk }) => bulk !== null).length,
      freezes: record.freezes.filter(({ refusal }) => refusal === null).length,
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

/** Two people agree to lift whatever stands. */
const LIFTS: readonly Gesture[] = ['U_PAVEL', 'U_LENA'].map((person) => ({ person, act: 'lift', what: '' }));

/** Everybody who may approves everything that was asked for. */
function secondTries(gestures: readonly Gesture[]): Gesture[] {
  return [...new Set(Object.values(GROUPS).flat())].flatMap((person) =>
    askedFor(gestures).map((asked) => ({ ...asked, person, act: 'approve' as const })),
  );
}

function goOns(gestures: readonly Gesture[]): Gesture[] {
  const bulks = askedFor(gestures).filter((asked) => paymentsOf(asked).length > 1);
  return bulks.map((asked) => ({ ...asked, person: 'U_LENA', act: 'go_on' as const }));
}

function askedFor(gestures: readonly Gesture[]): AboutPayments[] {
  return gestures.flatMap((gesture) => (gesture.act === 'ask' ? [gesture] : []));
}

/** Different people act at once; one person does one thing after the other. */
async function performAll(world: World, gestures: readonly Gesture[], tell: Tell): Promise<void> {
  const byPerson = Map.groupBy(gestures, ({ person }) => person);
  await Promise.all(
    Array.from(byPerson.values(), async (theirs) => {
      for (const gesture of theirs) {
        world.gestures.push(gesture);
        const about =
          'what' in gesture ? gesture.what : `${gesture.account} ${paymentsOf(gesture).join(', ')}`;
        const what = `  ${gesture.person} ${gesture.act} ${about}`;
        await perform(world.slack, gesture).then(
          () => tell(what),
          (error: unknown) => tell(`${what}: gave up: ${String(error).split('\n')[0]?.slice(0, 120)}`),
        );
      }
    }),
  );
}
