import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import type { Store, World } from '../../src/usecases/ports.ts';
import { Later } from '../../src/usecases/later.ts';

/** One policy: a small tier for one of finance, and the rest for two. */
class Watched extends Surroundings {
  /** What Slack says that the tiers lack. */
  lacking: readonly string[] | undefined = [];
  readonly told: string[] = [];
  fault: Error | undefined;

  override world(store: Store): World {
    const world = super.world(store);
    return {
      ...world,
      people: { ...world.people, findApprovers: async () => ({ places: [], lacking: this.lacking }) },
      board: {
        ...world.board,
        postShortage: async ({ group, tiers, endedAt }) => {
          if (this.fault !== undefined) throw this.fault;
          this.told.push(
            `${group} ${endedAt === null ? `lacks people for ${tiers.join(' and ')}` : 'is enough'}`,
          );
          return { channel: 'C_FINANCE', ts: `1.${this.told.length}` };
        },
      },
    };
  }
}

const ALARM = 'finance lacks people for tier 1 and tier 2';
const ALL_CLEAR = 'finance is enough';

describe('a group that lacks people', () => {
  let surroundings: Watched;
  let database: TestDatabase;
  let processes: Process[];
  beforeEach(async () => {
    surroundings = new Watched();
    database = await createTestDatabase();
    processes = [
      await startProcess(database.url, surroundings),
      await startProcess(database.url, surroundings),
    ];
  });
  afterEach(async () => {
    for (const process of processes) await process.stop();
    await database.stop();
  });

  /** A minute passes, and every process has its turn. */
  async function minute(lacking: readonly string[] | undefined): Promise<readonly string[]> {
    surroundings.lacking = lacking;
    await Promise.all(processes.map(({ usecases }) => usecases.tick()));
    return surroundings.told;
  }

  it('is told once by all processes together, and once when it is enough again', async () => {
    expect(await minute([])).toEqual([]);
    expect(await minute(['finance'])).toEqual([ALARM]);
    expect(await minute(['finance'])).toEqual([ALARM]);
    expect(await minute([])).toEqual([ALARM, ALL_CLEAR]);
    expect(await minute([])).toEqual([ALARM, ALL_CLEAR]);
    expect(await minute(['finance'])).toEqual([ALARM, ALL_CLEAR, ALARM]);
  });

  it('is neither told nor called off while Slack can not say', async () => {
    expect(await minute(undefined)).toEqual([]);
    expect(await minute(['finance'])).toEqual([ALARM]);
    expect(await minute(undefined)).toEqual([ALARM]);
    expect(await minute([])).toEqual([ALARM, ALL_CLEAR]);
  });

  it('is told as soon as Slack takes it, and not at all when it is over before', async () => {
    surroundings.fault = new Later('chat.postMessage C_FINANCE is busy', 30);
    expect(await minute(['finance'])).toEqual([]);
    surroundings.fault = undefined;
    expect(await minute(['finance'])).toEqual([ALARM]);
    expect(await minute([])).toEqual([ALARM, ALL_CLEAR]);

    surroundings.fault = new Later('chat.postMessage C_FINANCE is busy', 30);
    await minute(['finance']);
    surroundings.fault = undefined;
    expect(await minute([])).toEqual([ALARM, ALL_CLEAR]);
  });

  it('keeps nothing else from its turn when the alarm can not be posted', async () => {
    surroundings.fault = new Error('Slack is away');
    await expect(minute(['finance'])).rejects.toThrow('acts of the clock failed');
    surroundings.fault = undefined;
    expect(await minute(['finance'])).toEqual([ALARM]);
  });
});
