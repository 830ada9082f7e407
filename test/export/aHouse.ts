/** A database that was filled by the use cases, and the command line beside it. */
import type { Request } from '../../src/domain/request.ts';
import { type } from '../fakes/commandLine.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { MARIA, PAVEL, type Process, SECRET, startProcess, Surroundings } from '../fakes/processes.ts';

export interface RecordHouse {
  readonly database: TestDatabase;
  readonly process: Process;
  readonly surroundings: Surroundings;
  /** Maria asks, and as long as nobody decides it stays open. */
  ask(reason: string): Promise<Request>;
  /** Maria asks, Pavel approves with a note, and the provider is told. */
  cancel(reason: string, note?: string): Promise<Request>;
  /** `countersign …` as a process of its own. */
  run(args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<Ran>;
  stop(): Promise<void>;
}

interface Ran {
  readonly code: number | null;
  readonly told: string;
}

export async function openRecordHouse(): Promise<RecordHouse> {
  const database = await createTestDatabase();
  const surroundings = new Surroundings();
  surroundings.now = new Date('2026-11-19T10:00:00Z');
  const process = await startProcess(database.url, surroundings);
  await process.store.transaction((records) => records.introduceKey(surroundings.now));
  const { usecases } = process;
  let payments = 0;

  async function ask(reason: string): Promise<Request> {
    const fields = { payment: `tx${(payments += 1)}` };
    const checked = usecases.checkAsk({ account: 'shop-pl', fields, reason });
    if (!checked.ok) throw new Error(JSON.stringify(checked.faults));
    const asked = await usecases.askForCancellation(checked.ask, MARIA);
    if (asked.type !== 'made') throw new Error(`not made: ${asked.type}`);
    return asked.request;
  }

  return {
    database,
    process,
    surroundings,
    ask,
    async cancel(reason, note) {
      const request = await ask(reason);
      const act = { type: 'approve', saw: request.digest, note: note ?? null } as const;
      await usecases.decideOnRequest(request.id, act, PAVEL);
      await usecases.dispatch(request.id);
      return request;
    },
    async run(args, variables = {}) {
      const environment = {
        DATABASE_URL: database.url,
        DATABASE_OWNER_URL: database.ownerUrl,
        COUNTERSIGN_RECORD_KEY: SECRET,
        ...variables,
      };
      const { status, out, err } = await type(args, { environment });
      return { code: status, told: out + err };
    },
    async stop() {
      await process.stop();
      await database.stop();
    },
  };
}
