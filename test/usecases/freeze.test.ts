import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Scope } from '../../src/domain/freeze.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  CANCELLED,
  LENA,
  MARIA,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

const ALL: Scope = { type: 'all' };

let surroundings: Surroundings;
let database: TestDatabase;
let process: Process;
beforeEach(async () => {
  surroundings = new Surroundings();
  surroundings.now = new Date('2026-11-19T10:00:00Z');
  database = await createTestDatabase();
  process = await startProcess(database.url, surroundings);
});
afterEach(async () => {
  await process.stop();
  await database.stop();
});

const wait = (seconds: number) => {
  surroundings.now = new Date(surroundings.now.getTime() + seconds * 1000);
};

async function approve({ id, digest: saw }: Request, person: Person = PAVEL): Promise<void> {
  await process.usecases.decideOnRequest(id, { type: 'approve', saw, note: null }, person);
}

async function approved(payment = 'tx1'): Promise<Request> {
  const request = await ask(process, payment);
  await approve(request);
  return request;
}

async function freeze(scope: Scope = ALL, person: Person = LENA): Promise<string> {
  const frozen = await process.usecases.freezeDispatch({ scope, reason: 'Suspicious night' }, person);
  if (!frozen.counts) throw new Error(frozen.refusal);
  await process.usecases.announceFreeze(frozen.freeze.id);
  return frozen.freeze.id;
}

async function lift(id: string): Promise<void> {
  for (const person of [PAVEL, LENA]) await process.usecases.agreeToLift(id, person);
  await process.usecases.announceFreeze(id);
}

async function stateOf({ id }: Request) {
  const { request, decisions } = await process.store.selectStory(id);
  return [request.state, decisions.findLast(({ act }) => act === 'lapse')?.note ?? null];
}

async function jobsOf({ id }: Request, name: string): Promise<number> {
  const { rows } = await database.sql.query(
    `select from pgboss.job where name = $2 and data->>'request' = $1`,
    [id, name],
  );
  return rows.length;
}

describe('what is approved under a freeze', () => {
  it('waits, is looked at again by itself, and is sent when two people lifted it in time', async () => {
    const request = await approved();
    const id = await freeze();
    const jobs = await jobsOf(request, 'dispatch');
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['approved', null]);
    expect(await jobsOf(request, 'dispatch')).toBe(jobs + 1);

    wait(600);
    await lift(id);
    expect(await jobsOf(request, 'dispatch')).toBe(jobs + 2);
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['cancelled', null]);
  });

  it('lapses when its approval is too old, and says that the freeze stopped it', async () => {
    const request = await approved();
    await freeze();
    wait(901);
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual([
      'lapsed',
      'The freeze F-1 stopped it until its approval was too old, so nothing was sent. Whoever still wants it cancelled asks anew.',
    ]);
  });

  it('says so too when the freeze was lifted shortly before that', async () => {
    const request = await approved();
    const id = await freeze();
    wait(890);
    await lift(id);
    wait(11);
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['lapsed', expect.stringContaining('The freeze F-1 stopped it')]);
  });

  it.each([
    ['was of another account', { type: 'account', account: 'shop-tr' }],
    ['was of somebody else', { type: 'person', users: ['U_TOM'] }],
  ] as const)('lapses without a word of a freeze that %s', async (_what, scope) => {
    const request = await approved();
    await freeze(scope);
    wait(901);
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['lapsed', expect.stringContaining('could not be sent soon')]);
  });

  it('lapses without a word of a freeze that was lifted before it was approved', async () => {
    await lift(await freeze());
    wait(1);
    const request = await approved();
    wait(901);
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['lapsed', expect.stringContaining('could not be sent soon')]);
  });

  it('is looked up anew when it goes on, and lapses where the facts changed meanwhile', async () => {
    const request = await approved();
    const id = await freeze();
    await lift(id);
    surroundings.evidence = { ...surroundings.evidence, standing: 'taken', says: 'Captured.' };
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['lapsed', 'Captured.']);
  });

  it('is not asked about at the provider while it is frozen', async () => {
    const request = await approved();
    await freeze();
    let asked = 0;
    surroundings.door = async () => void (asked += 1);
    await process.usecases.dispatch(request.id);
    expect(asked).toBe(0);
  });

  it('is not sent again after a call that did not leave', async () => {
    const request = await approved();
    surroundings.answer = async () => ({ type: 'not_sent', says: 'The connection was refused.' });
    await process.usecases.dispatch(request.id);
    surroundings.answer = async () => CANCELLED;
    await freeze();
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toHaveLength(1);
    expect(await stateOf(request)).toEqual(['approved', null]);
  });

  it('that was being sent before is settled as ever', async () => {
    const request = await approved();
    surroundings.answer = async () => {
      await freeze();
      return CANCELLED;
    };
    await process.usecases.dispatch(request.id);
    expect(await stateOf(request)).toEqual(['cancelled', null]);
  });
});

describe('under a freeze of everything', () => {
  it('people still ask, reject and withdraw, and what is too late expires', async () => {
    await freeze();
    const requests = [await ask(process, 'one'), await ask(process, 'two'), await ask(process, 'three')];
    const [one, two, three] = requests;
    const { decideOnRequest } = process.usecases;
    await decideOnRequest(one?.id ?? '', { type: 'reject', note: 'No' }, LENA);
    await decideOnRequest(two?.id ?? '', { type: 'withdraw' }, MARIA);
    wait(8 * 3600);
    await process.usecases.tick();
    const states = await Promise.all(requests.map(stateOf));
    expect(states.map(([state]) => state)).toEqual(['rejected', 'withdrawn', 'expired']);
    expect(three?.state).toBe('pending');
  });

  it('an approval does not count, and the try is on record', async () => {
    const request = await ask(process, 'refused');
    await freeze();
    const act = { type: 'approve', saw: request.digest, note: null } as const;
    const decided = await process.usecases.tryToDecide(request.id, act, PAVEL);
    expect(decided).toMatchObject({
      verdict: { counts: false, refusal: 'frozen' },
      freeze: { number: 1, person: LENA },
    });
    const { decisions } = await process.store.selectStory(request.id);
    expect(decisions).toMatchObject([{ act: 'approve', person: PAVEL, refusal: 'frozen' }]);
  });

  it('what a person found at the provider still settles what was sent before', async () => {
    const request = await approved();
    surroundings.answer = async () => ({ type: 'unknown', says: 'No answer.' });
    await process.usecases.dispatch(request.id);
    await freeze();
    const { digest: saw, version } = await process.store.selectRequest(request.id);
    const found = { note: 'I looked.', saw, version, openedAt: surroundings.now };
    await process.usecases.settleByPerson(request.id, { type: 'find_refused', ...found }, LENA);
    expect((await stateOf(request))[0]).toBe('refused');
  });
});

describe('a person who is frozen', () => {
  it('settles nothing, and the try is on record', async () => {
    const request = await approved();
    surroundings.answer = async () => ({ type: 'unknown', says: 'No answer.' });
    await process.usecases.dispatch(request.id);
    await freeze({ type: 'person', users: [LENA.user] }, PAVEL);
    const found = await process.usecases.settleByPerson(
      request.id,
      { type: 'find', saw: request.digest },
      LENA,
    );
    expect(found).toMatchObject({ refusal: 'frozen', freeze: { number: 1 } });
    expect((await stateOf(request))[0]).toBe('unknown');
  });

  it('may have frozen themselves', async () => {
    await freeze({ type: 'person', users: [LENA.user] }, LENA);
    const again = await process.usecases.freezeDispatch({ scope: ALL, reason: 'Once more' }, LENA);
    expect(again).toMatchObject({ counts: false, refusal: 'frozen', own: { number: 1 } });
  });
});

describe('a person with two Slack accounts', () => {
  const OTHER = { team: 'T_HOME', user: 'U_LENA_TOO' };
  beforeEach(async () => {
    await process.stop();
    surroundings.aliases = [[LENA.user, OTHER.user]];
    process = await startProcess(database.url, surroundings);
  });

  it('is frozen with both', async () => {
    const request = await ask(process, 'both');
    await freeze({ type: 'person', users: [LENA.user] }, PAVEL);
    expect(await process.usecases.listFreezes()).toMatchObject([
      { scope: { type: 'person', users: [LENA.user, OTHER.user] } },
    ]);
    const rejected = await process.usecases.decideOnRequest(
      request.id,
      { type: 'reject', note: 'No' },
      OTHER,
    );
    expect(rejected.verdict).toEqual({ counts: false, refusal: 'frozen' });
    const again = await process.usecases.freezeDispatch({ scope: ALL, reason: 'Once more' }, OTHER);
    expect(again).toMatchObject({ counts: false, refusal: 'frozen' });
  });

  it('agrees to lift once', async () => {
    const id = await freeze(ALL, PAVEL);
    await process.usecases.agreeToLift(id, LENA);
    const again = await process.usecases.agreeToLift(id, OTHER);
    expect(again).toMatchObject({ counts: false, refusal: 'already_agreed' });
    expect(await process.usecases.listFreezes()).toHaveLength(1);
  });
});

describe('a try that does not count', () => {
  it('is on record, with its reason and without a number', async () => {
    await freeze({ type: 'person', users: [PAVEL.user] });
    await process.usecases.freezeDispatch({ scope: ALL, reason: 'I want that, too' }, PAVEL);
    const { id } = await process.store.selectFreeze((await process.usecases.listFreezes())[0]?.id ?? '');
    await process.usecases.agreeToLift(id, PAVEL);
    const { rows } = await database.sql.query(
      `select body::jsonb->'data' as data from chain where body::jsonb->>'type' in ('freeze', 'lift') order by seq`,
    );
    expect(rows.map(({ data }: { data: unknown }) => data)).toMatchObject([
      { freeze: 1, scope: 'person', users: ['U_PAVEL'], person: LENA, refusal: null },
      { freeze: null, scope: 'all', person: PAVEL, refusal: 'frozen' },
      { freeze: 1, person: PAVEL, refusal: 'frozen' },
    ]);
  });
});

describe('the cards of the requests that a freeze stops', () => {
  it('are brought in line once when it begins and once when it ends, and no others are', async () => {
    const pending = await ask(process, 'pending');
    const waiting = await approved('approved');
    const over = await ask(process, 'over');
    await process.usecases.decideOnRequest(over.id, { type: 'withdraw' }, MARIA);
    const versions = async () =>
      Promise.all(
        [pending, waiting, over].map(async ({ id }) => (await process.store.selectRequest(id)).version),
      );
    const [first = 0, second = 0, third = 0] = await versions();

    const id = await freeze({ type: 'person', users: [PAVEL.user] });
    expect(await versions()).toEqual([first, second + 1, third]);
    await process.usecases.announceFreeze(id);
    expect(await versions()).toEqual([first, second + 1, third]);

    await freeze();
    expect(await versions()).toEqual([first + 1, second + 2, third]);
  });
});
