/** A bulk under a policy of several tiers: what it needs, who may ask for it, and what has to be confirmed. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bulk } from '../../src/domain/bulk.ts';
import type { Membership, Person } from '../../src/domain/person.ts';
import type { Tier } from '../../src/domain/tiers.ts';
import type { Store, World } from '../../src/usecases/ports.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { LENA, MARIA, ON_HOLD, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { askInBulk, draftOf, expectWhole, payments } from './aBulk.ts';

const BANK = 'I called the bank.';
const SHOP = 'I called the shop.';

const tiers: readonly Tier[] = [
  {
    upTo: [{ minor: 10_000n, currency: 'EUR' }],
    needs: [{ group: 'finance', count: 1 }],
    stepUp: BANK,
    deadlineSeconds: 3600,
    askers: ['support', 'sales'],
  },
  {
    upTo: [{ minor: 10_000n, currency: 'PLN' }],
    needs: [{ group: 'risk', count: 1 }],
    deadlineSeconds: 7200,
    askers: ['support'],
  },
  { needs: [{ group: 'finance', count: 2 }], stepUp: SHOP },
];

/** The surroundings of other tests, where that policy holds and each person is in groups of their own. */
class TieredHouse extends Surroundings {
  readonly memberships = new Map<string, Membership>();

  override world(store: Store): World {
    const world = super.world(store);
    const membershipOf: World['people']['membershipOf'] = async ({ user }, { among = [] } = {}) => {
      const membership = this.memberships.get(user) ?? { live: true, groups: [] };
      if (!membership.live) return membership;
      const asked = await among;
      return { live: true, groups: membership.groups.filter((group) => asked.includes(group)) };
    };
    return { ...world, people: { ...world.people, membershipOf }, policy: { version: 'p2', tiers } };
  }
}

const member = (...groups: string[]): Membership => ({ live: true, groups });
const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const pln = (minor: bigint) => ({ minor, currency: 'PLN' });
const secondsOf = ({ requestedAt, deadline }: Bulk) => (deadline.getTime() - requestedAt.getTime()) / 1000;

describe('a bulk under several tiers', () => {
  let database: TestDatabase;
  let house: TieredHouse;
  let process: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    house = new TieredHouse();
    process = await startProcess(database.url, house);
    await process.store.transaction((records) => records.introduceKey(house.now));
  });
  beforeEach(() => {
    house.now = new Date();
    house.shown.length = 0;
    house.memberships.set(MARIA.user, member('support', 'sales'));
    house.memberships.set(PAVEL.user, member('finance'));
    house.memberships.set(LENA.user, member('finance', 'risk'));
  });
  afterAll(async () => {
    await expectWhole(database);
    await process.stop();
    await database.stop();
  });

  let made = 0;
  /** Payments of these amounts. */
  function listOf(...amounts: (typeof ON_HOLD)['amount'][]): string[] {
    const list = payments(amounts.length, `tier${(made += 1)}-`);
    for (const [index, amount] of amounts.entries())
      house.evidenceOf.set(list[index] ?? '', { ...ON_HOLD, amount });
    return list;
  }
  const ask = (...amounts: (typeof ON_HOLD)['amount'][]) => askInBulk(process, listOf(...amounts));
  async function approve({ id, digest }: Bulk, person: Person, confirmed?: boolean): Promise<string> {
    const act = { type: 'approve', saw: digest, note: null } as const;
    const confirming = confirmed === undefined ? act : { ...act, confirmed };
    const { verdict } = await process.usecases.decideOnBulk(id, confirming, person);
    return verdict.counts ? verdict.state : verdict.refusal;
  }
  const statesOf = async ({ id }: Bulk) => (await process.store.selectLines(id)).map(({ state }) => state);

  it('takes of each what is strictest, where each currency has a tier of its own', async () => {
    const bulk = await ask(eur(6_000n), pln(5_000n), eur(4_000n));
    expect(bulk.rule).toEqual({
      policy: 'p2',
      needs: [
        { group: 'finance', count: 1 },
        { group: 'risk', count: 1 },
      ],
      stepUp: BANK,
    });
    expect(secondsOf(bulk)).toBe(3600);
    const lines = await process.store.selectLines(bulk.id);
    expect(new Set(lines.map(({ rule }) => JSON.stringify(rule)))).toEqual(
      new Set([JSON.stringify(bulk.rule)]),
    );
  });

  it('is of a higher tier by the total of one currency alone, and still of the other’s tier', async () => {
    const bulk = await ask(eur(6_000n), pln(5_000n), eur(4_001n));
    expect(bulk.rule).toEqual({
      policy: 'p2',
      needs: [
        { group: 'finance', count: 2 },
        { group: 'risk', count: 1 },
      ],
      stepUp: SHOP,
    });
    expect(secondsOf(bulk)).toBe(7200);
  });

  it('is not approved by people who would do for one of its tiers', async () => {
    const bulk = await ask(eur(100n), pln(100n));
    expect(await approve(bulk, PAVEL, true)).toBe('pending');
    expect(await statesOf(bulk)).toEqual(['pending', 'pending']);
    expect(await approve(bulk, LENA, true)).toBe('approved');
  });

  it('is not approved by whoever did not confirm what one of its tiers wants confirmed', async () => {
    const bulk = await ask(eur(100n), pln(100n));
    for (const confirmed of [undefined, false])
      expect(await approve(bulk, PAVEL, confirmed)).toBe('not_confirmed');
    expect(await statesOf(bulk)).toEqual(['pending', 'pending']);
    const acts = await process.store.selectBulkActs(bulk.id);
    expect(acts.map(({ refusal }) => refusal)).toEqual(['not_confirmed', 'not_confirmed']);
  });

  it('needs nothing confirmed where none of its tiers wants that', async () => {
    expect(await approve(await ask(pln(100n)), LENA)).toBe('approved');
  });

  it.each([
    ['none of the groups', [], ['support', 'sales']],
    ['a group of one of its tiers only', ['sales'], ['support']],
  ])('is not asked for by somebody of %s, and that is on record', async (_what, theirs, wanted) => {
    house.memberships.set(MARIA.user, member(...theirs));
    const list = listOf(eur(100n), pln(100n));
    const draft = await draftOf(process, list);
    await process.usecases.workOnDraft(draft);
    expect(house.shown.at(-1)).toEqual({
      type: 'turned_away',
      turnedAway: { type: 'not_an_asker', groups: wanted },
    });
    expect(await process.store.selectOpenRequests('shop-pl', list)).toEqual([]);
    const { rows } = await database.sql.query(
      'select account, person_user, why from refused_asks where payment = $1',
      [list[0]],
    );
    expect(rows).toEqual([{ account: 'shop-pl', person_user: 'U_MARIA', why: 'not_an_asker' }]);
  });

  it.each<[string, Person, Membership, string]>([
    ['has left', PAVEL, { live: false, why: 'your account is deactivated' }, 'not_live'],
    ['is a guest by now', PAVEL, { live: false, why: 'you are a guest' }, 'not_live'],
    ['is in the group no more', PAVEL, member('support'), 'not_an_approver'],
  ])('is neither approved, rejected nor steered by somebody who %s', async (_what, person, now, refusal) => {
    const bulk = await ask(eur(100n), pln(100n));
    house.memberships.set(person.user, now);
    expect(await approve(bulk, person, true)).toBe(refusal);
    const rejection = { type: 'reject', note: 'No' } as const;
    const { verdict } = await process.usecases.decideOnBulk(bulk.id, rejection, person);
    expect(verdict).toEqual({ counts: false, refusal });
    expect(await statesOf(bulk)).toEqual(['pending', 'pending']);

    house.memberships.set(PAVEL.user, member('finance'));
    for (const one of [PAVEL, LENA]) await approve(bulk, one, true);
    house.memberships.set(person.user, now);
    const stopped = await process.usecases.steerBulk(bulk.id, { type: 'stop' }, person);
    expect(stopped.refusal).toBe(refusal);
    expect(await statesOf(bulk)).toEqual(['approved', 'approved']);
  });
});
