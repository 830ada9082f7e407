import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import type { Peer } from './crew.ts';
import { perform } from './gestures.ts';
import type { Gesture } from './witness.ts';
import { GROUPS } from './plan.ts';
import { askUnknowns, comeToRest } from './rest.ts';
import { arm } from './strike.ts';
import { openWorld, type World } from './world.ts';

const PATIENCE = { timeout: 10_000 };

/** Real processes, one of which is killed with -9 at exactly this step, and never gets to say goodbye. */
describe('a process that is killed', () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
    world = await openWorld({ database, size: 3, groups: GROUPS });
  });
  afterAll(async () => {
    await world.stop();
    await database.stop();
  });

  async function act(gesture: Gesture): Promise<void> {
    world.gestures.push(gesture);
    await perform(world.slack, gesture).catch(() => undefined);
  }

  async function stateOf(payment: string): Promise<string | undefined> {
    const { requests } = await world.readRecord();
    return requests.find((request) => request.payment === payment)?.state;
  }

  async function askFor(account: string, payment: string): Promise<void> {
    await act({ person: 'U_MARIA', act: 'ask', account, payment });
    await expect.poll(() => stateOf(payment), PATIENCE).toBe('pending');
    await comeToRest(world, world.now(), { stepSeconds: 1, patienceMs: 4_000 });
  }

  /** Pavel approves, and whichever process gets to this step is killed there; the others are left alone with it. */
  async function killAt(on: Peer, step: string, fate: 'lost' | 'arrives', account: string, payment: string) {
    const fault = { kind: 'kill', on, at: 1, loses: fate === 'lost', seconds: 0 } as const;
    const armed = arm(world, undefined, fault, (chunk) => chunk.includes(step));
    await act({ person: 'U_PAVEL', act: 'approve', account, payment });
    await expect.poll(() => armed.hasStruck, PATIENCE).toBe(true);
    await armed.lift();
  }

  /** Two minutes bring the tick that finds what was left lying; then it is a matter of the machine's speed alone. */
  async function expectRest(): Promise<void> {
    await world.pass(130);
    const { unrest } = await comeToRest(world, world.now(), { stepSeconds: 20, patienceMs: 4_000 });
    expect(unrest).toEqual([]);
  }

  /** How it stands once the look-ups have had their turn. */
  async function endOf(payment: string): Promise<string | undefined> {
    await expectRest();
    await askUnknowns(world);
    return stateOf(payment);
  }

  it.each([
    [
      'before the decision is recorded',
      'shop-tr',
      'T4U_small',
      'postgres',
      'insert into decisions',
      'lost',
      'pending',
      0,
    ],
    [
      'before the decision is committed',
      'shop-tr',
      'T4U_medium',
      'postgres',
      'pgboss.job',
      'lost',
      'pending',
      0,
    ],
    [
      'before the attempt is recorded',
      'hotel-kz',
      '7777777771',
      'postgres',
      'insert into attempts',
      'lost',
      'cancelled',
      1,
    ],
    [
      'after the attempt is committed, before it sends',
      'shop-tr',
      'T4U_slow',
      'provider',
      'type=Cancel',
      'lost',
      'unknown',
      0,
    ],
    [
      'after the provider did it',
      'shop-ua',
      'order-1001-unpaid',
      'provider',
      '/cancel',
      'arrives',
      'cancelled',
      1,
    ],
    [
      'before the answer is recorded',
      'shop-ua',
      'order-1002-unpaid',
      'postgres',
      'insert into outcomes',
      'lost',
      'cancelled',
      1,
    ],
  ] as const)('%s', async (_when, account, payment, on, step, fate, state, effects) => {
    await askFor(account, payment);
    await killAt(on, step, fate, account, payment);
    expect(await endOf(payment)).toBe(state);
    expect(world.simulators.accounts.get(account)?.effects(payment)).toBe(effects);
    expect(world.judge(await world.readRecord())).toEqual([]);
  });

  it('while its clock was an hour ahead: the others do not wait for that hour', async () => {
    const [account, payment] = ['hotel-kz', '7777777777'];
    await askFor(account, payment);
    setSkew(3_600_000);
    await killAt('provider', '/cancel', 'lost', account, payment);
    setSkew(0);
    await expectRest();
    expect(await stateOf(payment)).toBe('unknown');
  });

  it('or only put to sleep before it sends: unknown meanwhile, and its late answer is the truth', async () => {
    const [account, payment] = ['shop-ua', 'order-4001-slow'];
    await askFor(account, payment);
    let recordedOn: object | undefined;
    const sleeps = { kind: 'stop', on: 'postgres', at: 1, loses: false, seconds: 0 } as const;
    const armed = arm(world, undefined, sleeps, (chunk, connection) => {
      if (chunk.includes('insert into attempts')) recordedOn = connection;
      // Other connections of the process commit other things meanwhile.
      return connection === recordedOn && chunk.includes('commit');
    });
    await act({ person: 'U_PAVEL', act: 'approve', account, payment });
    await expect.poll(() => armed.hasStruck, PATIENCE).toBe(true);
    await world.pass(130);
    await expect.poll(() => stateOf(payment), PATIENCE).toBe('unknown');

    await armed.lift();
    await expect.poll(() => stateOf(payment), PATIENCE).toBe('cancelled');
    await expectRest();
    expect(world.simulators.accounts.get(account)?.effects(payment)).toBe(1);
    expect(world.judge(await world.readRecord())).toEqual([]);
  });

  function setSkew(skewMs: number): void {
    for (const member of world.crew.members) member.skewMs = skewMs;
    world.crew.setClock(world.now() - Date.now());
  }
});
