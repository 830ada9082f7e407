import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/domain/freeze.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, LENA, MARIA, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

/** As bothSides.test.ts: each clause about freezes, taken out of the app, and taken out of Postgres. */
let database: TestDatabase;
let surroundings: Surroundings;
let process: Process;

async function open(): Promise<void> {
  database = await createTestDatabase();
  surroundings = new Surroundings();
  process = await startProcess(database.url, surroundings);
}
async function close(): Promise<void> {
  await process.stop();
  await database.stop();
}

const ALL: Scope = { type: 'all' };
const TOM = { team: 'T_HOME', user: 'U_TOM' };
const person = ({ user }: Person): Scope => ({ type: 'person', users: [user] });

const freeze = async (scope: Scope, by: Person = TOM) => {
  const frozen = await process.usecases.freezeDispatch({ scope, reason: 'Suspicious night' }, by);
  return frozen.counts ? 'counts' : frozen.refusal;
};
const standing = async () => {
  const [oldest] = await process.usecases.listFreezes();
  if (oldest === undefined) throw new Error('nothing is frozen');
  return oldest;
};
const lift = async (by: Person) => {
  const { id } = await standing();
  const lifted = await process.usecases.agreeToLift(id, by);
  return lifted.counts ? 'counts' : lifted.refusal;
};
const approve = async ({ id, digest: saw }: Request, by: Person) => {
  const act = { type: 'approve', saw, note: null } as const;
  const { verdict } = await process.usecases.decideOnRequest(id, act, by);
  return verdict.counts ? verdict.state : verdict.refusal;
};
/** What the store does when nobody judges. */
const unjudged = {
  send: ({ id }: Request) =>
    process.store.transaction(async (records) => {
      await records.lockRequest(id);
      await records.insertAttempt(id, surroundings.now);
    }),
  approve: (request: Request, by: Person) =>
    process.store.transaction(async (records) => {
      await records.lockRequest(request.id);
      await records.insertDecision(request, {
        act: 'approve',
        person: by,
        groups: ['finance'],
        saw: request.digest,
        note: null,
        decidedAt: surroundings.now,
        refusal: null,
      });
    }),
  freeze: (by: Person) =>
    process.store.transaction((records) =>
      records.insertFreeze({
        id: crypto.randomUUID(),
        scope: ALL,
        reason: 'Suspicious night',
        person: by,
        groups: ['finance'],
        frozenAt: surroundings.now,
        refusal: null,
      }),
    ),
  lift: async (by: Person) => {
    const { number } = await standing();
    await process.store.transaction((records) =>
      records.insertLift({
        freeze: number,
        person: by,
        groups: ['finance'],
        agreedAt: surroundings.now,
        refusal: null,
      }),
    );
  },
};

describe('taken out of the app, a clause is still kept by Postgres', () => {
  beforeEach(open);
  afterEach(close);

  it.each([ALL, { type: 'account', account: 'shop-pl' } as const, person(MARIA), person(PAVEL)])(
    'nothing is sent and no approval counts under a freeze: %j',
    async (scope) => {
      const request = await ask(process, 'app-stopped');
      await approve(request, PAVEL);
      const pending = await ask(process, 'app-pending');
      await freeze(scope);
      await expect(unjudged.send(request)).rejects.toThrow('the freeze F-1 stops this request');
      await expect(unjudged.approve(pending, PAVEL)).rejects.toThrow(
        'under the freeze F-1 no approve counts',
      );
    },
  );

  it('two people lift it', async () => {
    const request = await ask(process, 'app-lift');
    await approve(request, PAVEL);
    await freeze(ALL);
    await unjudged.lift(LENA);
    await expect(unjudged.lift(LENA)).rejects.toThrow('lifts_one_person_agrees_once');
    await expect(unjudged.send(request)).rejects.toThrow('F-1 stops this request');
    await unjudged.lift(PAVEL);
    await expect(unjudged.send(request)).resolves.toBeUndefined();
  });

  it('whoever is frozen neither freezes nor lifts', async () => {
    await freeze(person(PAVEL));
    await expect(unjudged.freeze(PAVEL)).rejects.toThrow('whoever is frozen freezes nothing');
    await expect(unjudged.lift(PAVEL)).rejects.toThrow('whoever is frozen lifts nothing');
  });
});

describe('taken out of Postgres, a clause is still kept by the app', () => {
  beforeEach(async () => {
    await open();
    for (const statement of [
      'drop trigger attempts_heed_freezes on attempts',
      'drop trigger decisions_heed_freezes on decisions',
      'drop trigger freezes_follow_the_law on freezes',
      'drop trigger lifts_follow_the_law on lifts',
      'drop index lifts_one_person_agrees_once',
    ])
      await database.sql.query(statement);
  });
  afterEach(close);

  it.each([ALL, { type: 'account', account: 'shop-pl' } as const, person(MARIA), person(PAVEL)])(
    'nothing is sent and no approval counts under a freeze: %j',
    async (scope) => {
      const request = await ask(process, 'stopped');
      await approve(request, PAVEL);
      const pending = await ask(process, 'pending');
      await freeze(scope);
      await process.usecases.dispatch(request.id);
      expect(surroundings.sent).toEqual([]);
      expect(await approve(pending, PAVEL)).toBe('frozen');
    },
  );

  it('a freeze that is committed during the last look-up stops what would have been sent', async () => {
    const request = await ask(process, 'meanwhile');
    await approve(request, PAVEL);
    surroundings.door = async () => {
      surroundings.door = async () => {};
      await freeze(ALL);
    };
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toEqual([]);
    expect(await process.usecases.listFreezes()).toHaveLength(1);
  });

  it('two people lift it', async () => {
    const request = await ask(process, 'lift');
    await approve(request, PAVEL);
    await freeze(ALL);
    expect([await lift(LENA), await lift(LENA)]).toEqual(['counts', 'already_agreed']);
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toEqual([]);
    expect(await lift(PAVEL)).toBe('counts');
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toEqual([request.key]);
  });

  it('whoever is frozen neither decides, nor freezes, nor lifts', async () => {
    const request = await ask(process, 'frozen');
    await freeze(person(PAVEL));
    expect([await freeze(ALL, PAVEL), await lift(PAVEL)]).toEqual(['frozen', 'frozen']);
    const rejected = await process.usecases.decideOnRequest(
      request.id,
      { type: 'reject', note: 'No' },
      PAVEL,
    );
    expect(rejected.verdict).toEqual({ counts: false, refusal: 'frozen' });
    expect(await approve(request, LENA)).toBe('approved');
  });
});

describe('rows are not believed for being there', () => {
  beforeEach(open);
  afterEach(close);

  it.each([
    ['taken out', 'delete from freezes'],
    ['made one of another account', "update freezes set scope = 'account', account = 'shop-tr'"],
    ['said not to have counted', "update freezes set refusal = 'not_live', number = null"],
    [
      'lifted by rows alone',
      `insert into lifts (freeze_number, person_team, person_user, groups, agreed_at, entry)
       select max(number), 'T_HOME', who, '{finance}', now(), 1000 + row_number() over ()
       from freezes, unnest(array['U_PAVEL', 'U_LENA']) as who group by who`,
    ],
  ])('a freeze that was %s still stops, by its sealed entry', async (_how, statement) => {
    const request = await ask(process, 'forged');
    expect(await approve(request, PAVEL)).toBe('approved');
    await freeze(ALL);
    for (const table of ['freezes', 'lifts'])
      await database.sql.query(`alter table ${table} disable trigger all`);
    await database.sql.query(statement);
    expect(await process.usecases.listFreezes()).not.toMatchObject([{ scope: ALL, lifts: [] }]);
    await expect(process.usecases.dispatch(request.id)).rejects.toThrow('is not what the sealed record says');
    expect(surroundings.sent).toEqual([]);
  });
});
