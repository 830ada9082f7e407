/** Carries out a fault in a world, and lifts it again. */
import type { Crew, Member } from './crew.ts';
import type { Fault } from './plan.ts';
import type { Fate } from './proxy.ts';
import type { Server } from './server.ts';
import type { World } from './world.ts';

export interface Armed {
  readonly fault: Fault;
  readonly hasStruck: boolean;
  /** Takes back what still lasts, and disarms what has not struck. */
  lift(): Promise<void>;
}

/**
 * Lays the fault on the wires of every process: it strikes the one that gets to its step first.
 * @param counts which chunks are steps; all, if absent.
 */
export function arm(
  world: World,
  server: Server | undefined,
  fault: Fault,
  counts: (chunk: Buffer, connection: object) => boolean = () => true,
): Armed {
  const { crew } = world;
  let hasStruck = false;
  let lifting: (() => Promise<void> | void) | undefined;
  // Begun at once, in the middle of what it strikes; awaited before it is lifted.
  let begun: Promise<void> = Promise.resolve();

  const traps = crew.members.map((member) => ({
    member,
    counts,
    // One count for all: the getter and the setter are of the count that they share.
    get left() {
      return count;
    },
    set left(next: number) {
      count = next;
    },
    spring(): Fate {
      hasStruck = true;
      const struck = strike(world, server, fault, member);
      lifting = struck.lift;
      begun = struck.begun?.catch(() => undefined) ?? begun;
      return struck.fate;
    },
  }));
  let count = fault.at;
  for (const trap of traps) for (const wire of trap.member.wires[fault.on]) wire.traps.add(trap);

  return {
    fault,
    get hasStruck() {
      return hasStruck;
    },
    async lift() {
      for (const trap of traps) for (const wire of trap.member.wires[fault.on]) wire.traps.delete(trap);
      await begun;
      await lifting?.();
    },
  };
}

interface Struck {
  readonly fate: Fate;
  readonly begun?: Promise<void>;
  readonly lift?: () => Promise<void> | void;
}

function strike(world: World, server: Server | undefined, fault: Fault, member: Member): Struck {
  const { crew, slack, pool } = world;
  const broken: Fate = fault.loses ? 'lose' : 'pass_and_cut';
  switch (fault.kind) {
    case 'kill':
      // What it sent last is on its way, or is not: the wire decides, as a network would.
      member.kill();
      return { fate: broken };
    case 'terminate':
      member.terminate();
      return { fate: 'pass' };
    case 'stop':
      member.pause();
      return { fate: 'pass', lift: () => member.resume() };
    case 'cut':
      return { fate: broken };
    case 'backend_terminated':
      return {
        fate: 'pass',
        begun: pool
          .query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and application_name like 'countersign%'`,
          )
          .then(() => undefined),
      };
    case 'postgres_stopped':
    case 'postgres_crashed':
      if (server === undefined) throw new Error('there is no server to stop');
      return {
        fate: 'pass',
        begun: server.stop(fault.kind === 'postgres_crashed' ? 'crash' : 'in order'),
        lift: () => server.start(),
      };
    case 'disk_full':
      if (server === undefined) throw new Error('there is no disk to fill');
      return {
        fate: 'pass',
        begun: server.fillDisk(fault.loses),
        async lift() {
          await server.freeDisk();
          await server.start();
        },
      };
    case 'slack_away':
      return away(crew, 'slack', 'refused');
    case 'slack_reconnect':
      slack.refreshConnections();
      return { fate: 'pass' };
    case 'provider_away':
      return away(crew, 'provider', 'refused');
    case 'provider_deaf':
      return away(crew, 'provider', 'deaf');
    case 'provider_mute':
      return away(crew, 'provider', 'mute');
    case 'slack_rate_limited':
    case 'slack_answer_lost': {
      const one =
        fault.kind === 'slack_rate_limited'
          ? ({ type: 'rate_limited', retryAfterSeconds: 1 } as const)
          : ({ type: 'dropped_after' } as const);
      const lifts = ['chat.postMessage', 'chat.update', 'views.open', 'users.info'].map((method) =>
        slack.breaks(method, one, 3),
      );
      return { fate: 'pass', lift: () => lifts.forEach((lift) => lift()) };
    }
    case 'clock_forward':
    case 'clock_back':
      member.skewMs = fault.seconds * (fault.kind === 'clock_forward' ? 1000 : -1000);
      member.tell({ ahead: world.now() - Date.now() + member.skewMs });
      return {
        fate: 'pass',
        lift() {
          member.skewMs = 0;
          member.tell({ ahead: world.now() - Date.now() });
        },
      };
  }
}

function away(crew: Crew, peer: 'slack' | 'provider', mode: 'refused' | 'deaf' | 'mute'): Struck {
  const wires = crew.members.flatMap((member) => member.wires[peer]);
  const set = async (next: 'open' | typeof mode) => {
    await Promise.all(wires.map((wire) => wire.set(next)));
  };
  return { fate: 'pass', begun: set(mode), lift: () => set('open') };
}
