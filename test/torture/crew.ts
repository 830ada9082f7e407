/** The processes of Countersign under a supervisor: each one on wires of its own, killed, paused and started again. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compileCache } from '../fakes/commandLine.ts';
import { startWire, type Wire } from './proxy.ts';

export type Peer = 'postgres' | 'slack' | 'provider';

/** The environment that a process is given, with every address led over its own wires. */
export type Variables = Readonly<Record<string, string>>;

export interface Member {
  readonly name: string;
  readonly wires: Readonly<Record<Peer, readonly Wire[]>>;
  readonly isRunning: boolean;
  /** Runs, is not paused, and has told that it is ready. */
  readonly isReady: boolean;
  /** How far its clock is ahead of the others', in milliseconds. */
  skewMs: number;
  kill(): void;
  /** As an operator stops it: it finishes what it has begun. */
  terminate(): void;
  pause(): void;
  resume(): void;
  /** Starts it unless it runs; resolves when it is ready, or when it could not start. */
  revive(): Promise<void>;
  tell(word: object): void;
}

export interface Crew {
  readonly members: readonly Member[];
  /** What every process wrote to standard error, the newest last. */
  readonly log: readonly string[];
  /** How often a process ended without having been told to. */
  readonly collapses: readonly string[];
  setClock(aheadMs: number): void;
  reviveAll(): Promise<void>;
  stop(): Promise<void>;
}

const LOG_KEPT = 5_000;

/**
 * @param variables names that end in `_URL` are addresses, and are led over wires.
 * @param direct an address of these is left as it is.
 */
export async function startCrew(size: number, variables: Variables, direct: Variables = {}): Promise<Crew> {
  const log: string[] = [];
  const collapses: string[] = [];
  const wires: Wire[] = [];
  let aheadMs = 0;

  const members = await Promise.all(Array.from({ length: size }, (_one, n) => createMember(`p${n + 1}`)));
  await Promise.all(members.map((member) => member.revive()));
  if (members.some(({ isReady }) => !isReady)) throw new Error(`a process did not start: ${log.join('\n')}`);

  async function createMember(name: string): Promise<Member> {
    const own = { ...variables, ...direct };
    const byPeer: Record<Peer, Wire[]> = { postgres: [], slack: [], provider: [] };
    for (const [variable, address] of Object.entries(variables)) {
      if (!variable.endsWith('_URL')) continue;
      const url = new URL(address);
      const peer = peerOf(variable);
      const wire = await startWire(
        { host: url.hostname, port: Number(url.port) },
        peer === 'postgres' ? isOfTheRecord : undefined,
      );
      url.port = String(wire.port);
      own[variable] = url.href;
      byPeer[peer].push(wire);
      wires.push(wire);
    }

    let child: ChildProcess | undefined;
    let isReady = false;
    let isPaused = false;
    let isWanted = false;

    async function start(): Promise<void> {
      isWanted = true;
      isReady = false;
      isPaused = false;
      const started = fork(join(import.meta.dirname, 'member.ts'), {
        execArgv: [],
        env: {
          ...compileCache,
          ...own,
          AHEAD_MS: String(aheadMs + member.skewMs),
          PATH: process.env['PATH'],
        },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      child = started;
      started.stderr?.setEncoding('utf8').on('data', (text) => note(name, String(text)));
      started.on('error', () => undefined);
      started.on('exit', (code, signal) => {
        if (isWanted && isReady && child === started)
          collapses.push(`${name} ended by itself: ${code ?? signal}; ${log.slice(-3).join(' | ')}`);
        if (child === started) isReady = false;
      });
      await Promise.race([once(started, 'message').then(() => (isReady = true)), once(started, 'exit')]);
      // The clock may have been set meanwhile.
      member.tell({ ahead: aheadMs + member.skewMs });
    }

    const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;
    const member: Member = {
      name,
      wires: byPeer,
      skewMs: 0,
      get isRunning() {
        return isRunning();
      },
      get isReady() {
        return isRunning() && isReady && !isPaused;
      },
      kill() {
        isWanted = false;
        child?.kill('SIGKILL');
      },
      terminate() {
        isWanted = false;
        child?.kill('SIGTERM');
      },
      pause() {
        isPaused = child?.kill('SIGSTOP') ?? false;
      },
      resume() {
        child?.kill('SIGCONT');
        isPaused = false;
      },
      async revive() {
        if (!isWanted && child !== undefined && isRunning()) await once(child, 'exit');
        if (!isRunning()) await start();
      },
      tell(word) {
        if (isRunning() && child?.connected === true) child.send(word, () => undefined);
      },
    };
    return member;
  }

  function note(name: string, text: string): void {
    for (const line of text.split('\n')) if (line !== '') log.push(`${name} ${line}`);
    log.splice(0, log.length - LOG_KEPT);
  }

  return {
    members,
    log,
    collapses,
    setClock(ms) {
      aheadMs = ms;
      for (const member of members) member.tell({ ahead: ms + member.skewMs });
    },
    async reviveAll() {
      await Promise.all(members.map((member) => member.revive()));
    },
    async stop() {
      for (const member of members) {
        member.resume();
        member.kill();
      }
      await Promise.all(wires.map((wire) => wire.stop()));
    },
  };
}

function peerOf(variable: string): Peer {
  if (variable === 'DATABASE_URL') return 'postgres';
  return variable === 'SLACK_API_URL' ? 'slack' : 'provider';
}

/** By the name that a connection gives itself: the queue's own polling is no step from a click to an outcome. */
function isOfTheRecord(first: Buffer): boolean {
  return first.includes('application_name\0countersign\0');
}
