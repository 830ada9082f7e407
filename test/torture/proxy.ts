/**
 * A wire between one process and one of its peers: a TCP proxy on loopback that can be cut, refused and silenced. It
 * counts what the process sends, so that a fault strikes at a chosen step without any hook in the app.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** What a trap does to the chunk that springs it. `lose` breaks the connection, and the chunk is gone. */
export type Fate = 'pass' | 'lose' | 'pass_and_cut';

/** Springs once, at the chunk that counts it down to nothing. One trap may lie on several wires. */
interface Trap {
  left: number;
  /** @param connection the same object for every chunk of one connection */
  counts(chunk: Buffer, connection: object): boolean;
  spring(): Fate;
}

/**
 * `open` carries everything. `refused` takes no connection, so nothing can have left. `deaf` takes everything and
 * passes nothing on; `mute` passes everything on and carries no answer back.
 */
type Mode = 'open' | 'refused' | 'deaf' | 'mute';

export interface Wire {
  readonly port: number;
  readonly traps: Set<Trap>;
  set(mode: Mode): Promise<void>;
  /** Breaks every connection. */
  cut(): void;
  stop(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
}

/** @param counts whether a connection's chunks are counted, by its first one. */
export async function startWire(
  target: { readonly host: string; readonly port: number },
  counts: (first: Buffer) => boolean = () => true,
): Promise<Wire> {
  const pairs = new Set<Pair>();
  const traps = new Set<Trap>();
  let mode: Mode = 'open';

  const server = createServer((near) => {
    const pair = { near, far: connect(target) };
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      pair.far.destroy();
    };
    for (const socket of [near, pair.far]) {
      socket.setNoDelay(true);
      socket.on('error', end).on('close', end);
    }
    let isCounted: boolean | undefined;
    near.on('data', (chunk) => {
      if (typeof chunk === 'string') return;
      isCounted ??= counts(chunk);
      const fate = isCounted ? springOf(traps, chunk, pair) : 'pass';
      if (fate === 'lose') return end();
      if (mode !== 'deaf') pair.far.write(chunk);
      if (fate !== 'pass_and_cut') return;
      // The far end gets the chunk and then the end; the near end never learns what came of it.
      pair.far.removeAllListeners('data').end();
      near.destroy();
    });
    pair.far.on('data', (chunk) => {
      if (mode !== 'mute' && mode !== 'deaf') near.write(chunk);
    });
  });
  const port = await listenSomewhere(server);

  function cut(): void {
    for (const { near } of pairs) near.destroy();
  }

  return {
    port,
    traps,
    cut,
    async set(next) {
      const wasRefused = mode === 'refused';
      mode = next;
      if (next === 'refused' && !wasRefused) {
        server.close();
        cut();
      }
      if (next !== 'refused' && wasRefused) await listenOn(server, port);
    },
    async stop() {
      if (mode !== 'refused') server.close();
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
    },
  };
}

/** Below the range that the system hands out by itself: a wire that is refused for a while must find its port again. */
const PORTS = { from: 12_000, count: 18_000 };
let tried = process.pid;

async function listenSomewhere(server: Server): Promise<number> {
  for (;;) {
    tried += 1;
    const port = PORTS.from + (tried % PORTS.count);
    if (await listenOn(server, port).then(() => true, isTaken)) return port;
  }
}

async function listenOn(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

/** False when the port is in use; every other failure is thrown on. */
function isTaken(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
  throw error;
}

function springOf(traps: Set<Trap>, chunk: Buffer, connection: Pair): Fate {
  let fate: Fate = 'pass';
  for (const trap of traps) {
    if (!trap.counts(chunk, connection)) continue;
    trap.left -= 1;
    if (trap.left === 0) fate = trap.spring();
  }
  return fate;
}
