import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import type { Request } from '../../src/domain/request.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, LENA, ON_HOLD, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';

/** Two processes against one database, at the moment at which a person says what they found. */
let database: TestDatabase;
let surroundings: Surroundings;
let one: Process;
let other: Process;
beforeAll(async () => {
  database = await createTestDatabase();
  surroundings = new Surroundings();
  one = await startProcess(database.url, surroundings);
  other = await startProcess(database.url, surroundings);
});
beforeEach(() => {
  surroundings.door = async () => {};
  surroundings.evidence = ON_HOLD;
  surroundings.answer = async () => ({ type: 'unknown', says: 'No answer in time.' });
});
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.stop();
});

describe('two who found something at the same moment', () => {
  it('settle it once, as the faster one found it; the other is refused and on record', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      surroundings.door = async () => {};
      const { id } = await unknownOutcome(`found-${round}`);
      const request = await one.store.selectRequest(id);
      const said = {
        note: 'I looked.',
        saw: request.digest,
        version: request.version,
        openedAt: surroundings.now,
      };
      surroundings.meet(2);
      const found = await Promise.all([
        one.usecases.settleByPerson(id, { type: 'find_cancelled', reference: null, ...said }, PAVEL),
        other.usecases.settleByPerson(id, { type: 'find_refused', ...said }, LENA),
      ]);
      const refusals = found.map(({ refusal }) => refusal);
      expect(new Set(refusals)).toEqual(new Set([undefined, 'already_settled']));
      const { state } = await one.store.selectRequest(id);
      expect(state).toBe(refusals[0] === undefined ? 'cancelled' : 'refused');
      const { findings, decisions } = await one.store.selectStory(id);
      const finds = decisions.filter(({ act }) => act !== 'approve');
      expect(new Set(finds.map(({ refusal }) => refusal))).toEqual(new Set([null, 'already_settled']));
      expect(findings.map(({ source, outcome }) => [source, outcome.type])).toEqual([
        ['answer', 'unknown'],
        ['person', state],
      ]);
    }
  });
});

describe('a look-up on its way while a person finds that nothing was cancelled', () => {
  it('changes nothing any more, and is on record when it says the opposite', async () => {
    const { id, digest: saw } = await unknownOutcome('contradicted');
    surroundings.now = addSeconds(surroundings.now, 6);
    surroundings.evidence = { ...ON_HOLD, standing: 'cancelled', says: 'Released.' };
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    surroundings.door = () => {
      asked.resolve();
      return answered.promise;
    };
    const looking = one.usecases.lookUpUnsettled(id);
    await asked.promise;

    surroundings.door = async () => {};
    const { version } = await other.store.selectRequest(id);
    const said = { note: 'Still on hold.', saw, version, openedAt: surroundings.now };
    await other.usecases.settleByPerson(id, { type: 'find_refused', ...said }, LENA);
    answered.resolve();
    await looking;

    const { request, findings } = await one.store.selectStory(id);
    expect(request.state).toBe('refused');
    expect(findings.map(({ source, outcome }) => [source, outcome.type])).toEqual([
      ['answer', 'unknown'],
      ['person', 'refused'],
      ['look_up', 'cancelled'],
    ]);
  });
});

/** Asked, approved and sent, and nobody knows what became of it. */
async function unknownOutcome(payment: string): Promise<Request> {
  const request = await ask(one, payment);
  await one.usecases.decideOnRequest(request.id, { type: 'approve', saw: request.digest, note: null }, PAVEL);
  await one.usecases.dispatch(request.id);
  return request;
}
