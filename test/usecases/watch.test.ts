import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import type { Request } from '../../src/domain/request.ts';
import type { Scene } from '../../src/usecases/context.ts';
import { createUsecases, type Usecases } from '../../src/usecases/usecases.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  LARGE,
  LENA,
  MARIA,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

describe('who says that they are looking', () => {
  const surroundings = new Surroundings();
  let database: TestDatabase;
  let process: Process;
  let usecases: Usecases;
  let request: Request;
  /** What the card would show. */
  let shown: Scene | undefined;
  let payments = 0;

  async function look(_at: unknown, scene: Scene): Promise<boolean> {
    shown = scene;
    return true;
  }

  beforeAll(async () => {
    database = await createTestDatabase();
    surroundings.aliases = [['U_MARIA', 'U_MARIA_AT_HOME']];
    process = await startProcess(database.url, surroundings);
    const world = surroundings.world(process.store);
    usecases = createUsecases({ ...world, board: { ...world.board, editCard: look } });
  });
  afterAll(async () => {
    await process.stop();
    await database.stop();
  });
  beforeEach(async () => {
    surroundings.now = new Date();
    surroundings.evidence = LARGE;
    request = await ask(process, `payment-${(payments += 1)}`);
    await usecases.announce(request.id);
  });

  async function watchers(): Promise<string[] | undefined> {
    await usecases.announce(request.id);
    return shown?.context?.watchers.map(({ person }) => person.user);
  }
  const watch = (person = PAVEL) => usecases.watchRequest(request.id, person);
  const approve = (person = PAVEL) =>
    usecases.decideOnRequest(request.id, { type: 'approve', saw: request.digest, note: null }, person);
  async function pass(minutes: number): Promise<void> {
    surroundings.now = addSeconds(surroundings.now, minutes * 60);
    await usecases.tick();
  }
  async function rows(): Promise<number> {
    const { rowCount } = await database.sql.query('select from watchers where request_id = $1', [request.id]);
    return rowCount ?? 0;
  }
  async function versionNow(): Promise<number> {
    return (await process.store.selectRequest(request.id)).version;
  }

  it('is shown on the card, several at a time', async () => {
    expect(await watch()).toMatchObject({ refusal: undefined, looks: true });
    surroundings.now = addSeconds(surroundings.now, 1);
    await watch(LENA);
    expect(await watchers()).toEqual(['U_PAVEL', 'U_LENA']);
  });

  it('is shown no more after a second click, while others are', async () => {
    await watch(LENA);
    await watch();
    expect(await watch()).toMatchObject({ refusal: undefined, looks: false });
    expect(await watchers()).toEqual(['U_LENA']);
  });

  it('is shown no more after a quarter of an hour, by the clock alone', async () => {
    await watch();
    await pass(10);
    await watch(LENA);
    await pass(4);
    expect(await watchers()).toEqual(['U_PAVEL', 'U_LENA']);
    await pass(1);
    expect(await watchers()).toEqual(['U_LENA']);
    const version = await versionNow();
    await pass(5);
    await pass(5);
    expect(await watchers()).toEqual([]);
    // Each mark that goes is something new to see, and nothing else is.
    expect(await versionNow()).toBe(version + 1);
    expect(await rows()).toBe(0);
  });

  it('may say so anew after that, also when the clock has not ticked', async () => {
    await watch();
    surroundings.now = addSeconds(surroundings.now, 16 * 60);
    expect(await watch()).toMatchObject({ looks: true });
    expect(await watchers()).toEqual(['U_PAVEL']);
  });

  it('is done with it once they approved, and then neither shown nor taken', async () => {
    await watch();
    await approve();
    expect(await watchers()).toEqual([]);
    expect(await watch()).toMatchObject({ refusal: 'already_approved' });
  });

  it('is nobody any more once it is decided, and their mark leaves no trace', async () => {
    await watch(LENA);
    await usecases.decideOnRequest(request.id, { type: 'reject', note: 'No' }, PAVEL);
    expect(await watchers()).toBeUndefined();
    expect(shown?.context).toBeNull();
    const version = await versionNow();
    await pass(16);
    expect(await rows()).toBe(0);
    expect(await versionNow()).toBe(version);
    expect(await watch(LENA)).toMatchObject({ refusal: 'already_decided' });
  });

  it('cannot be who asked', async () => {
    expect(await watch(MARIA)).toMatchObject({ refusal: 'own_request' });
    expect(await rows()).toBe(0);
  });

  it('cannot be who asked, under another account of theirs either', async () => {
    expect(await watch({ ...MARIA, user: 'U_MARIA_AT_HOME' })).toMatchObject({ refusal: 'own_request' });
  });

  it('cannot come after the deadline', async () => {
    surroundings.now = addSeconds(surroundings.now, 9 * 3600);
    expect(await watch()).toMatchObject({ refusal: 'expired' });
  });

  it('leaves nothing in the record, whether it is taken or refused', async () => {
    const before = await database.sql.query(
      'select (select count(*) from chain), (select count(*) from decisions)',
    );
    await watch();
    await watch(MARIA);
    await watch();
    const after = await database.sql.query(
      'select (select count(*) from chain), (select count(*) from decisions)',
    );
    expect(after.rows).toEqual(before.rows);
  });

  it('does not get in the way of those who decide at the same moment', async () => {
    surroundings.meet(4);
    const [first, second] = await Promise.all([approve(PAVEL), approve(LENA), watch(PAVEL), watch(LENA)]);
    expect([first.verdict.counts, second.verdict.counts]).toEqual([true, true]);
    expect((await process.store.selectRequest(request.id)).state).toBe('approved');
    await usecases.announce(request.id);
    expect(shown?.request.state).toBe('approved');
  });
});
