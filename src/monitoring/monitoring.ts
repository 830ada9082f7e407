/** What an operator sees of the process: its log, its figures, and whether it can work. */
import type { Log } from '../log.ts';
import type { Gauges } from '../store/gauges.ts';
import { sayGauges } from './gauges.ts';
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
  let readGauges: () => Promise<Gauges | undefined> = nothingYet;
  let isSlackConnected = notYet;

  return {
    report: createReport(log, metrics),
    listen: (where) =>
      startServer(where, {
        readiness,
        metrics: {
          contentType: metrics.contentType,
          async read() {
            const database = await readGauges().catch(() => undefined);
            return (
              (await metrics.read()) + (await sayGauges({ database, isSlackConnected: isSlackConnected() }))
            );
          },
        },
      }),
    begin(parts) {
      readGauges = every(READ_EVERY_MS, () => parts.selectGauges());
      isSlackConnected = () => parts.isSlackConnected();
      readiness.begin({ database: every(ASK_EVERY_MS, () => parts.ask()), slack: isSlackConnected });
    },
    end: () => readiness.end(),
  };
}

const nothingYet = () => Promise.resolve(undefined);
const notYet = () => false;

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
