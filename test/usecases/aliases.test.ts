import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Act } from '../../src/domain/decide.ts';
import type { Request } from '../../src/domain/request.ts';
import { expectWhole } from '../bulk/aBulk.ts';
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

const TOM = { team: 'T_HOME', user: 'U_TOM' };

const approvalOf = ({ digest }: Request): Act => ({ type: 'approve', saw: digest, note: null });

describe('two accounts that the settings declare to be one person', () => {
  let database: TestDatabase;
  const surroundings = new Surroundings();
  const processes: Process[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await expectWhole(database);
    for (const process of processes) await process.stop();
    await database.stop();
  });

  /** A process that reads its settings anew. */
  async function restartWith(aliases: readonly (readonly string[])[]): Promise<Process> {
    surroundings.aliases = aliases;
    const process = await startProcess(database.url, surroundings);
    processes.push(process);
    return process;
  }

  let process: Process;
  beforeEach(async () => {
    process = await restartWith([]);
  });

  const stateOf = async ({ id }: Request) => (await process.store.selectRequest(id)).state;
  const notesOf = async ({ id }: Request) =>
    (await process.store.selectStory(id)).decisions.map(({ act, note }) => ({ act, note }));

  it('withdraw as the account that asked', async () => {
    const asked = await ask(process, 'by-maria');
    process = await restartWith([['U_MARIA', 'U_TOM']]);
    const { verdict } = await process.usecases.decideOnRequest(asked.id, { type: 'withdraw' }, TOM);
    expect(verdict).toMatchObject({ counts: true, state: 'withdrawn' });
    const { decisions } = await process.store.selectStory(asked.id);
    expect(decisions).toMatchObject([{ act: 'withdraw', person: MARIA }]);
    const { rows } = await database.sql.query(
      'select person_user, alias_user from decisions where request_id = $1',
      [asked.id],
    );
    expect(rows).toEqual([{ person_user: 'U_MARIA', alias_user: 'U_TOM' }]);
  });

  it('neither approve nor find out about what the other asked for, also when it was declared afterwards', async () => {
    const asked = await ask(process, 'declared-later');
    process = await restartWith([['U_PAVEL', 'U_MARIA']]);
    const { verdict } = await process.usecases.decideOnRequest(asked.id, approvalOf(asked), PAVEL);
    expect(verdict).toEqual({ counts: false, refusal: 'own_request' });

    await process.usecases.decideOnRequest(asked.id, approvalOf(asked), LENA);
    surroundings.answer = async () => ({ type: 'unknown', says: 'Silence.' });
    await process.usecases.dispatch(asked.id);
    const found = await process.usecases.settleByPerson(asked.id, { type: 'find', saw: asked.digest }, PAVEL);
    expect(found.refusal).toBe('own_request');
  });

  it('end a request in which one approved what the other had asked for', async () => {
    surroundings.evidence = LARGE;
    const asked = await ask(process, 'asked-and-approved');
    await process.usecases.decideOnRequest(asked.id, approvalOf(asked), PAVEL);
    process = await restartWith([['U_MARIA', 'U_PAVEL']]);
    const { verdict } = await process.usecases.decideOnRequest(asked.id, approvalOf(asked), LENA);
    expect(verdict).toEqual({ counts: false, refusal: 'already_decided' });
    expect(await stateOf(asked)).toBe('lapsed');
    expect(await notesOf(asked)).toContainEqual({
      act: 'lapse',
      note: 'Two of the accounts that asked for it or approved it belong to one person, as was declared since; please ask anew.',
    });
  });

  it('end a request that both approved, before anything is sent', async () => {
    surroundings.evidence = LARGE;
    const asked = await ask(process, 'approved-twice');
    for (const one of [PAVEL, LENA]) await process.usecases.decideOnRequest(asked.id, approvalOf(asked), one);
    expect(await stateOf(asked)).toBe('approved');
    process = await restartWith([['U_LENA', 'U_PAVEL']]);
    const sent = surroundings.sent.length;
    await process.usecases.dispatch(asked.id);
    expect(await stateOf(asked)).toBe('lapsed');
    expect(surroundings.sent).toHaveLength(sent);
  });

  it('count once when they click at the same moment', async () => {
    surroundings.evidence = LARGE;
    process = await restartWith([['U_LENA', 'U_PAVEL']]);
    const asked = await ask(process, 'at-once');
    const verdicts = await Promise.all(
      [PAVEL, LENA].map((one) => process.usecases.decideOnRequest(asked.id, approvalOf(asked), one)),
    );
    expect(verdicts.filter(({ verdict }) => verdict.counts)).toHaveLength(1);
    expect(await stateOf(asked)).toBe('pending');
    surroundings.evidence = ON_HOLD;
  });
});
