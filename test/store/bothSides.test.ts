import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/decide.ts';
import type { Person } from '../../src/domain/person.ts';
import type { Request } from '../../src/domain/request.ts';
import type { NewDecision } from '../../src/usecases/story.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  LARGE,
  LENA,
  MARIA,
  ON_HOLD,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

/**
 * Every clause of the law stands twice. Taken out of the app, it is still kept by Postgres: here the store does as an
 * app would that no longer judges. Taken out of Postgres, it is still kept by the app.
 */
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

const approval = (request: Request, person: Person): NewDecision => ({
  act: 'approve',
  person,
  groups: ['finance'],
  saw: request.digest,
  note: null,
  decidedAt: surroundings.now,
  refusal: null,
});

/** Records without judging. */
const record = (request: Request, ...decisions: NewDecision[]) =>
  process.store.transaction(async (records) => {
    await records.lockRequest(request.id);
    for (const decision of decisions) await records.insertDecision(request, decision);
  });
const send = ({ id }: Request) =>
  process.store.transaction(async (records) => {
    await records.lockRequest(id);
    await records.insertAttempt(id, surroundings.now);
  });
const move = (request: Request, state: Request['state']) =>
  process.store.transaction(async (records) => void (await records.moveRequest(request, state)));

const approve = (request: Request, saw = request.digest): Act => ({ type: 'approve', saw, note: null });
const tried = async (request: Request, act: Act, person: Person) => {
  const { verdict } = await process.usecases.decideOnRequest(request.id, act, person);
  return verdict.counts ? verdict.state : verdict.refusal;
};

describe('taken out of the app, a clause is still kept by Postgres', () => {
  beforeAll(open);
  afterAll(close);
  beforeEach(() => {
    surroundings.evidence = ON_HOLD;
    surroundings.now = new Date();
  });

  it('nobody approves their own request', async () => {
    const request = await ask(process, 'app-own');
    await expect(record(request, approval(request, MARIA))).rejects.toThrow(
      'decisions_approver_is_second_person',
    );
  });

  it('one person counts once', async () => {
    const request = await ask(process, 'app-twice');
    const twice = [approval(request, PAVEL), approval(request, PAVEL)];
    await expect(record(request, ...twice)).rejects.toThrow('decisions_one_person_approves_once');
  });

  it.each<[string, Partial<NewDecision>, string]>([
    ['what was seen is what was asked', { saw: 'ab'.repeat(32) }, 'is not what was asked'],
    ['an approver is of a group that the rule names', { groups: ['sales'] }, 'does not name a group'],
    ['a deadline is a deadline', { decidedAt: new Date('2100-01-01') }, 'deadline of the request is over'],
  ])('%s', async (what, columns, complaint) => {
    const request = await ask(process, `app-${what}`);
    await expect(record(request, { ...approval(request, PAVEL), ...columns })).rejects.toThrow(complaint);
  });

  it('what is over takes no approval', async () => {
    const request = await ask(process, 'app-over');
    await process.usecases.decideOnRequest(request.id, { type: 'withdraw' }, MARIA);
    await expect(record(request, approval(request, PAVEL))).rejects.toThrow('withdrawn takes no approve');
  });

  it('one approval of two does not approve, and nothing is sent', async () => {
    surroundings.evidence = LARGE;
    const request = await ask(process, 'app-one-of-two');
    await record(request, approval(request, PAVEL));
    await expect(move(request, 'approved')).rejects.toThrow("can't become approved");
    await expect(send(request)).rejects.toThrow('is not sent');
  });

  it('what was sent is not sent again', async () => {
    const request = await ask(process, 'app-again');
    await record(request, approval(request, PAVEL));
    await move(request, 'approved');
    await send(request);
    await expect(send(request)).rejects.toThrow('may have been sent');
  });

  it('a state has a reason', async () => {
    const request = await ask(process, 'app-state');
    for (const state of ['approved', 'sending', 'cancelled', 'rejected', 'expired'] as const)
      await expect(move(request, state), state).rejects.toThrow("can't become");
  });

  it('a row has its entry in the chain', async () => {
    const request = await ask(process, 'app-entry');
    const forgetful = database.sql.query(
      `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at,
         salt, entry) values ($1, 'U_MARIA', 'approve', 'T_HOME', 'U_PAVEL', '{finance}', $2, now(), '', 2)`,
      [request.id, request.digest],
    );
    await expect(forgetful).rejects.toThrow('decisions_request_id_entry_fkey');
  });
});

describe('taken out of Postgres, a clause is still kept by the app', () => {
  beforeEach(async () => {
    await open();
    for (const statement of [
      'alter table decisions drop constraint decisions_approver_is_second_person',
      'drop index decisions_one_person_approves_once, decisions_one_ends_the_request',
      'drop trigger decisions_follow_the_law on decisions',
      'drop trigger attempts_follow_the_law on attempts',
      'drop trigger attempts_never_twice on attempts',
      'drop trigger requests_follow_the_law on requests',
    ])
      await database.sql.query(statement);
  });
  afterEach(close);

  it('nobody approves their own request', async () => {
    const request = await ask(process, 'own');
    expect(await tried(request, approve(request), MARIA)).toBe('own_request');
  });

  it('one person counts once', async () => {
    surroundings.evidence = LARGE;
    const request = await ask(process, 'twice');
    expect(await tried(request, approve(request), PAVEL)).toBe('pending');
    expect(await tried(request, approve(request), PAVEL)).toBe('already_approved');
  });

  it('what was seen is what was asked', async () => {
    const request = await ask(process, 'seen');
    expect(await tried(request, approve(request, 'ab'.repeat(32)), PAVEL)).toBe('request_changed');
  });

  it('a deadline is a deadline', async () => {
    const request = await ask(process, 'late');
    surroundings.now = request.deadline;
    expect(await tried(request, approve(request), PAVEL)).toBe('expired');
  });

  it('what is over takes no approval', async () => {
    const request = await ask(process, 'over');
    expect(await tried(request, { type: 'withdraw' }, MARIA)).toBe('withdrawn');
    expect(await tried(request, approve(request), PAVEL)).toBe('already_decided');
  });

  it.each<[string, (request: Request) => NewDecision[]]>([
    ['nobody', () => []],
    ['the requester', (request) => [approval(request, MARIA), approval(request, PAVEL)]],
    ['one person twice', (request) => [approval(request, PAVEL), approval(request, PAVEL)]],
    [
      'somebody of another group',
      (request) => [approval(request, PAVEL), { ...approval(request, LENA), groups: ['sales'] }],
    ],
    [
      'somebody who saw something else',
      (request) => [approval(request, PAVEL), { ...approval(request, LENA), saw: 'ab'.repeat(32) }],
    ],
    [
      'somebody who was late',
      (request) => [approval(request, PAVEL), { ...approval(request, LENA), decidedAt: request.deadline }],
    ],
    [
      'two, and rejected by a third',
      (request) => [
        approval(request, PAVEL),
        approval(request, LENA),
        { ...approval(request, { team: 'T_HOME', user: 'U_TOM' }), act: 'reject', saw: null },
      ],
    ],
  ])('nothing is sent that says it is approved, and was approved by %s', async (_who, decisions) => {
    surroundings.evidence = LARGE;
    const request = await ask(process, 'forged');
    await record(request, ...decisions(request));
    await database.sql.query("update requests set state = 'approved' where id = $1", [request.id]);
    // Without any approval in time it lapses for that; otherwise the law is judged once more.
    const complaint = await process.usecases.dispatch(request.id).catch(String);
    expect(surroundings.sent).toEqual([]);
    expect([undefined, expect.stringContaining('without the approvals that it needs')]).toContainEqual(
      complaint,
    );
  });

  it('what was sent is not sent again', async () => {
    const request = await ask(process, 'again');
    await tried(request, approve(request), PAVEL);
    surroundings.meet(2);
    await Promise.all([process.usecases.dispatch(request.id), process.usecases.dispatch(request.id)]);
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toEqual([request.key]);
  });

  it('what is not approved is not sent', async () => {
    const request = await ask(process, 'pending');
    await process.usecases.dispatch(request.id);
    expect(surroundings.sent).toEqual([]);
  });
});
