/** What an operator sees of the process: its log, its figures, and whether it can work. */
import type { Log } from '../log.ts';
import type { Gauges } from '../store/gauges.ts';
import { type Connections, sayGauges } from './gauges.ts';
import { createMetrics } from './metrics.ts';
import { createReadiness } from './readiness.ts';
import { createReport, type Report } from './report.ts';
import { type Server, startServer } from './server.ts';

/** What can be asked once everything has started. */
interface Parts {
  /** Rejects when the database can't be reached. */
  ask(): Promise<unknown>;
  /** The same. */
  selectGauges(): Promise<Gauges>;
  isSlackConnected(): boolean;
  countConnections(): Connections;
}

export interface Monitoring {
  readonly report: Report;
  listen(where: { readonly port: number; readonly host: string }): Promise<Server>;
  /** Everything has started. */
  begin(parts: Parts): void;
  /** Nothing new is to come here any more. */
  end(): void;
}

/** However often somebody asks, the database is asked no more often. */
const ASK_EVERY_MS = 1_000;
const READ_EVERY_MS = 5_000;

export function createMonitoring(log: Log, now: () => Date): Monitoring {
  const metrics = createMetrics(now);
  const readiness = createReadiness();
  let parts = NOT_YET;

  return {
    report: createReport(log, metrics),
    listen: (where) =>
      startServer(where, {
        readiness,
        metrics: {
          contentType: metrics.contentType,
          async read() {
            const database = await parts.selectGauges().catch(() => undefined);
            const isSlackConnected = parts.isSlackConnected();
            const sources = { database, isSlackConnected, connections: parts.countConnections() };
            return (await metrics.read()) + (await sayGauges(sources));
          },
        },
      }),
    begin(all) {
      parts = { ...all, selectGauges: every(READ_EVERY_MS, () => all.selectGauges()) };
      readiness.begin({
        database: every(ASK_EVERY_MS, () => all.ask()),
        slack: () => all.isSlackConnected(),
      });
    },
    end: () => readiness.end(),
  };
}

/** What there is to see while the process starts. */
const NOT_YET: Omit<Parts, 'ask'> = {
  selectGauges: () => Promise.reject(new Error('nothing has started yet')),
  isSlackConnected: () => false,
  countConnections: () => ({ busy: 0, free: 0, waiting: 0 }),
};

/** The same answer, or failure, for whoever asks within that time. */
function every<T>(ms: number, work: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let since = -Infinity;
  return () => {
    if (answer === undefined || performance.now() - since > ms) {
      since = performance.now();
      answer = work();
    }
    return answer;
  };
}
