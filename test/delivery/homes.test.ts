import { afterEach, describe, expect, it } from 'vitest';
import { UNPACED } from '../../src/slack/turns.ts';
import type { Board } from '../../src/usecases/board.ts';
import { type Clerk, openPostOffice, type PostOffice } from '../fakes/postOffice.ts';
import { ask, PAVEL } from '../fakes/processes.ts';
import { readWords } from '../fakes/slack/person.ts';

let office: PostOffice;
afterEach(() => office.stop());

const publications = () =>
  office.slack.calls.filter(({ method, answer }) => method === 'views.publish' && answer !== undefined);
const pavels = () => {
  const { home } = office.slack.person('pavel');
  return home === undefined ? '' : readWords(home);
};
const reject = ({ usecases }: Clerk, id: string) =>
  usecases.decideOnRequest(id, { type: 'reject', note: 'No' }, PAVEL);

/** The app's Home as a test holds it back: on its way until it is let go. */
function holding(): { change: (board: Board) => Partial<Board>; isHeld: Promise<void>; letGo: () => void } {
  const [held, door] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  return {
    isHeld: held.promise,
    letGo: door.resolve,
    change: (board) => ({
      async publishHome(...given) {
        held.resolve();
        await door.promise;
        return board.publishHome(...given);
      },
    }),
  };
}

describe('a Home', () => {
  it('is told of each change once, however often that is announced', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    await clerk.usecases.openHome(PAVEL);
    await clerk.usecases.showHome(PAVEL.user);
    const request = await ask(clerk, 'payment-1');
    for (let n = 0; n < 3; n += 1) {
      await clerk.usecases.announce(request.id);
      await clerk.usecases.showHome(PAVEL.user);
    }
    expect(publications()).toHaveLength(2);
    expect(pavels()).toContain('payment-1');
  });

  it('of somebody whom a change does not concern is let be, and so is one opened long ago', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    const tom = { team: 'T_HOME', user: 'U_TOM' };
    await clerk.usecases.openHome(PAVEL);
    await clerk.usecases.showHome(PAVEL.user);
    await clerk.usecases.openHome(tom);
    await clerk.usecases.showHome(tom.user);
    await office.database.sql.query(`update homes set groups = '{risk}' where user_id = 'U_TOM'`);
    office.surroundings.now = new Date(office.surroundings.now.getTime() + 3_601_000);
    await clerk.usecases.openHome(tom);
    await clerk.usecases.showHome(tom.user);
    await office.database.sql.query(`update homes set groups = '{risk}' where user_id = 'U_TOM'`);

    await clerk.usecases.announce((await ask(clerk, 'payment-1')).id);
    await clerk.usecases.showHome(PAVEL.user);
    await clerk.usecases.showHome(tom.user);
    expect(publications()).toHaveLength(3);
  });

  it('shows the latest, though many processes change and show things at once', async () => {
    office = await openPostOffice();
    const [one, other] = [await office.hire(undefined, UNPACED), await office.hire(undefined, UNPACED)];
    await one.usecases.openHome(PAVEL);
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_one, n) => ask(n % 2 === 0 ? one : other, `payment-${n}`)),
    );
    const changes = asked.flatMap(({ id }, n) => {
      const { usecases } = n % 2 === 0 ? other : one;
      return [usecases.announce(id), usecases.showHome(PAVEL.user)];
    });
    await Promise.allSettled(changes);
    await Promise.all(asked.map(({ id }) => reject(one, id)));
    await Promise.all([one.work(), other.work()]);
    await office.slack.person('pavel').sees.home((words) => (words.match(/🚫 Rejected/g)?.length ?? 0) === 5);
    expect(pavels()).toContain('Nothing waits for you.');
    expect([...one.faults, ...other.faults]).toEqual([]);
  });

  it('comes again where the answer was lost with the connection', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    await clerk.usecases.openHome(PAVEL);
    await clerk.usecases.showHome(PAVEL.user);
    await clerk.usecases.announce((await ask(clerk, 'payment-1')).id);
    office.slack.breaks('views.publish', { type: 'dropped_after' });
    await expect(clerk.usecases.showHome(PAVEL.user)).rejects.toThrow('fetch failed');
    await clerk.usecases.announce((await ask(clerk, 'payment-2')).id);
    // Slack shows what the lost one brought, so its hash is not the one that is remembered.
    await expect(clerk.usecases.showHome(PAVEL.user)).rejects.toThrow('Slack shows another Home');
    await clerk.usecases.showHome(PAVEL.user);
    expect(pavels()).toContain('payment-2');
  });

  it('of a process that was held up does not replace a later one', async () => {
    office = await openPostOffice();
    const { change, isHeld, letGo } = holding();
    const [clerk, slow] = [await office.hire(), await office.hire(change)];
    await clerk.usecases.openHome(PAVEL);
    await clerk.usecases.showHome(PAVEL.user);
    const request = await ask(clerk, 'payment-1');
    await clerk.usecases.announce(request.id);
    const late = slow.usecases.showHome(PAVEL.user);
    await isHeld;
    // Its lock goes with its connection, and another one takes over.
    await office.database.sql.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted
       and database = (select oid from pg_database where datname = current_database())`,
    );
    await reject(clerk, request.id);
    await clerk.usecases.announce(request.id);
    await clerk.usecases.showHome(PAVEL.user);
    expect(pavels()).toContain('🚫 Rejected');
    letGo();
    await expect(late).rejects.toThrow('Slack shows another Home');
    expect(pavels()).toContain('🚫 Rejected');
    await slow.usecases.showHome(PAVEL.user);
    expect(pavels()).toContain('🚫 Rejected');
  });

  it('shows also what came while it was on its way for the first time', async () => {
    office = await openPostOffice();
    const { change, isHeld, letGo } = holding();
    const slow = await office.hire(change);
    const clerk = await office.hire();
    await clerk.usecases.openHome(PAVEL);
    const showing = slow.usecases.showHome(PAVEL.user);
    await isHeld;
    await clerk.usecases.announce((await ask(clerk, 'payment-1')).id);
    letGo();
    await showing;
    await clerk.usecases.showHome(PAVEL.user);
    expect(pavels()).toContain('payment-1');
  });

  it('is shown also when its job was lost', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    await clerk.usecases.openHome(PAVEL);
    await office.database.sql.query('delete from pgboss.job');
    const late = new Date(office.surroundings.now.getTime() + 61_000);
    expect(await clerk.store.selectNeglected(office.surroundings.now)).toEqual([]);
    expect(await clerk.store.selectNeglected(late)).toEqual([{ name: 'home', user: 'U_PAVEL' }]);
    await clerk.usecases.showHome(PAVEL.user);
    expect(await clerk.store.selectNeglected(late)).toEqual([]);
  });

  it('that Slack has none of is given up', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    const nobody = { team: 'T_HOME', user: 'U_NOBODY' };
    await clerk.usecases.openHome(nobody);
    await clerk.usecases.showHome(nobody.user);
    const late = new Date(office.surroundings.now.getTime() + 61_000);
    expect(await clerk.store.selectNeglected(late)).toEqual([]);
  });
});

describe('many Homes at once', () => {
  it('come no faster than they may, from two processes, and each once', async () => {
    office = await openPostOffice();
    const slow = { everyMs: 400, burst: 2 };
    const clerk = await office.hire(undefined, UNPACED, slow);
    const clerks = [clerk, await office.hire(undefined, UNPACED, slow)];
    const people = Array.from({ length: 8 }, (_one, n) => office.slack.addPerson({ name: `person${n}` }));
    const begun = Date.now();
    await Promise.all(people.map(({ id }) => clerk.usecases.openHome({ team: 'T_HOME', user: id })));
    await Promise.all(clerks.map((one) => one.work()));
    await Promise.all(people.map((person) => person.sees.home()));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(6 * slow.everyMs);
    expect(publications()).toHaveLength(people.length);
    expect(clerks.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it('are let alone for as long as Slack says, and then come', async () => {
    office = await openPostOffice();
    const clerk = await office.hire();
    const people = ['pavel', 'lena', 'tom'].map((name) => office.slack.person(name));
    office.slack.breaks('views.publish', { type: 'rate_limited', retryAfterSeconds: 2 });
    const begun = Date.now();
    await Promise.all(people.map(({ id }) => clerk.usecases.openHome({ team: 'T_HOME', user: id })));
    await expect(clerk.usecases.showHome(PAVEL.user)).rejects.toThrow('Slack limits views.publish');
    await clerk.work();
    await Promise.all(people.map((person) => person.sees.home()));
    expect(Date.now() - begun).toBeGreaterThan(2000);
    expect(office.slack.calls.filter(({ method }) => method === 'views.publish')).toHaveLength(4);
    expect(clerk.faults).toEqual([]);
  });
});
