import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Bulk } from '../../src/domain/bulk.ts';
import type { Outcome } from '../../src/domain/provider.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  CANCELLED,
  LENA,
  MARIA,
  ON_HOLD,
  PAVEL,
  type Process,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';
import { askInBulk, expectWhole, payments } from './aBulk.ts';

const REFUSED: Outcome = { type: 'refused', code: '17', says: 'Too late.' };
const UNKNOWN: Outcome = { type: 'unknown', says: 'No answer.' };
const NOT_SENT: Outcome = { type: 'not_sent', says: 'The connection was refused.' };
const SILENT = { ...ON_HOLD, standing: 'cannot_tell' } as const;

describe('an approved bulk', () => {
  let database: TestDatabase;
  let surroundings: Surroundings;
  let process: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    surroundings = new Surroundings();
    process = await startProcess(database.url, surroundings);
    await process.store.transaction((records) => records.introduceKey(surroundings.now));
  });
  beforeEach(() => {
    surroundings.now = new Date();
    surroundings.evidence = ON_HOLD;
    surroundings.answer = async () => CANCELLED;
    surroundings.sent.length = 0;
    asked.length = 0;
  });
  afterAll(async () => {
    await expectWhole(database);
    await process.stop();
    await database.stop();
  });

  /** The payments for which the provider was told to cancel, in order. */
  const asked: string[] = [];
  const answer = (outcomeOf: (payment: string) => Outcome) => {
    surroundings.answer = async (payment) => {
      asked.push(payment);
      return outcomeOf(payment);
    };
  };
  const passSeconds = (seconds: number) => {
    surroundings.now = new Date(surroundings.now.getTime() + seconds * 1000);
  };
  let made = 0;
  async function approved(lines: number): Promise<Bulk> {
    const bulk = await askInBulk(process, payments(lines, `send${(made += 1)}-`));
    for (const person of [PAVEL, LENA]) {
      const approval = { type: 'approve', saw: bulk.digest, note: null } as const;
      await process.usecases.decideOnBulk(bulk.id, approval, person);
    }
    return bulk;
  }
  const stop = ({ id }: Bulk) => process.usecases.steerBulk(id, { type: 'stop' }, MARIA);
  const send = ({ id }: Bulk) => process.usecases.dispatchBulk(id);
  async function statesOf({ id }: Bulk): Promise<string[]> {
    return (await process.store.selectLines(id)).map(({ state }) => state);
  }
  async function lastActOf({ id }: Bulk): Promise<object | undefined> {
    const last = (await process.store.selectBulkActs(id)).at(-1);
    return last && { act: last.act, why: last.why, person: last.person?.user, refusal: last.refusal };
  }

  it('is sent in the order of the list, one after the other', async () => {
    const bulk = await approved(4);
    let underWay = 0;
    surroundings.answer = async (payment) => {
      underWay += 1;
      expect(underWay).toBe(1);
      asked.push(payment);
      await new Promise((resolve) => void setImmediate(resolve));
      underWay -= 1;
      return CANCELLED;
    };
    await send(bulk);
    expect(asked.map(lineOf)).toEqual([1, 2, 3, 4]);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('lets a line lapse alone whose payment is another now, and goes on', async () => {
    const bulk = await approved(4);
    const [, second] = await process.store.selectLines(bulk.id);
    surroundings.evidenceOf.set(second?.payment ?? '', { ...ON_HOLD, standing: 'taken', says: 'Captured.' });
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'lapsed', 'cancelled', 'cancelled']);
  });

  it.each([
    ['refusals', () => REFUSED, ['refused', 'refused', 'refused', 'approved', 'approved']],
    ['unknown outcomes', () => UNKNOWN, ['unknown', 'unknown', 'unknown', 'approved', 'approved']],
    [
      'calls that did not leave',
      () => NOT_SENT,
      ['approved', 'approved', 'approved', 'approved', 'approved'],
    ],
  ])('halts after three %s in a row', async (_what, outcome, states) => {
    const bulk = await approved(5);
    answer(outcome);
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(states);
    expect(asked).toHaveLength(3);
    expect(await lastActOf(bulk)).toEqual({ act: 'pause', why: 'trouble', person: undefined, refusal: null });
    await send(bulk);
    expect(asked).toHaveLength(3);
  });

  it('does not halt where one in between is cancelled', async () => {
    const bulk = await approved(5);
    answer((payment) => (lineOf(payment) === 3 ? CANCELLED : REFUSED));
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(['refused', 'refused', 'cancelled', 'refused', 'refused']);
  });

  it('goes on when an approver says so who did not ask, and counts anew from there', async () => {
    const bulk = await approved(8);
    answer(() => REFUSED);
    await send(bulk);
    const goOn = { type: 'go_on', saw: bulk.digest } as const;
    expect(await process.usecases.steerBulk(bulk.id, goOn, MARIA)).toMatchObject({ refusal: 'own_request' });
    expect(await process.usecases.steerBulk(bulk.id, { ...goOn, saw: 'ab'.repeat(32) }, PAVEL)).toMatchObject(
      { refusal: 'request_changed' },
    );
    await send(bulk);
    expect(asked).toHaveLength(3);

    expect(await process.usecases.steerBulk(bulk.id, goOn, PAVEL)).toMatchObject({ refusal: undefined });
    expect(await process.usecases.steerBulk(bulk.id, goOn, LENA)).toMatchObject({
      refusal: 'already_settled',
    });
    passSeconds(1);
    await send(bulk);
    expect(asked).toHaveLength(6);
    expect(await lastActOf(bulk)).toMatchObject({ act: 'pause' });
  });

  it.each([
    ['an approver', PAVEL],
    ['whoever asked', MARIA],
  ])('is stopped by %s, and what was not sent lapses', async (_who, person) => {
    const bulk = await approved(5);
    answer(() => UNKNOWN);
    await send(bulk);
    expect(await process.usecases.steerBulk(bulk.id, { type: 'stop' }, person)).toMatchObject({
      refusal: undefined,
    });
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(['unknown', 'unknown', 'unknown', 'lapsed', 'lapsed']);
    expect(asked).toHaveLength(3);
    expect(await process.usecases.steerBulk(bulk.id, { type: 'stop' }, person)).toMatchObject({
      refusal: 'already_settled',
    });
  });

  it('sends nothing when it was stopped during a call, also not again what surely did not leave', async () => {
    const bulk = await approved(3);
    surroundings.answer = async (payment) => {
      asked.push(payment);
      expect(await stop(bulk)).toMatchObject({ refusal: undefined });
      expect(await stop(bulk)).toMatchObject({ refusal: 'already_settled', state: 'ended' });
      return NOT_SENT;
    };
    await send(bulk);
    passSeconds(16);
    await send(bulk);
    expect(asked.map(lineOf)).toEqual([1]);
    expect(await statesOf(bulk)).toEqual(['lapsed', 'lapsed', 'lapsed']);
  });

  it('goes on in another process where one died, and never sends again what was under way', async () => {
    const bulk = await approved(5);
    answer((payment) => {
      if (lineOf(payment) === 3) throw new Error('killed');
      return CANCELLED;
    });
    await expect(send(bulk)).rejects.toThrow('killed');
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'sending', 'approved', 'approved']);

    passSeconds(31);
    const next = await startProcess(database.url, surroundings);
    await next.usecases.dispatchBulk(bulk.id);
    await next.stop();
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'unknown', 'cancelled', 'cancelled']);
    expect(asked.map(lineOf)).toEqual([1, 2, 3, 4, 5]);
  });

  it('finds a line interrupted also where nothing was sent for long since', async () => {
    const bulk = await approved(2);
    answer(() => {
      throw new Error('killed');
    });
    await expect(send(bulk)).rejects.toThrow('killed');
    passSeconds(1000);
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(['unknown', 'approved']);
    expect(await lastActOf(bulk)).toMatchObject({ act: 'pause', why: 'standstill' });
  });

  it('comes back to a line that could not be sent after the others, and not before 15 seconds', async () => {
    const bulk = await approved(4);
    let isAway = true;
    answer((payment) => (lineOf(payment) === 2 && isAway ? NOT_SENT : CANCELLED));
    await send(bulk);
    expect(asked.map(lineOf)).toEqual([1, 2, 3, 4]);
    isAway = false;
    await send(bulk);
    expect(asked.map(lineOf)).toEqual([1, 2, 3, 4]);
    passSeconds(16);
    await send(bulk);
    expect(asked.map(lineOf)).toEqual([1, 2, 3, 4, 2]);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('may take longer than a single request, as long as it goes on', async () => {
    const bulk = await approved(4);
    surroundings.answer = async () => {
      passSeconds(10);
      return CANCELLED;
    };
    surroundings.door = async () => passSeconds(400);
    await send(bulk);
    surroundings.door = async () => {};
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('halts instead of sending what was approved when it stood still for a quarter of an hour', async () => {
    const bulk = await approved(4);
    surroundings.evidence = SILENT;
    await send(bulk);
    expect(await lastActOf(bulk)).toMatchObject({ act: 'pause', why: 'trouble' });
    await process.usecases.steerBulk(bulk.id, { type: 'go_on', saw: bulk.digest }, PAVEL);
    surroundings.evidence = ON_HOLD;
    passSeconds(901);
    await send(bulk);
    expect(surroundings.sent).toEqual([]);
    expect(await lastActOf(bulk)).toMatchObject({ act: 'pause', why: 'standstill' });
    await process.usecases.steerBulk(bulk.id, { type: 'go_on', saw: bulk.digest }, PAVEL);
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(['cancelled', 'cancelled', 'cancelled', 'cancelled']);
  });

  it('lapses a day after its approval, however often it is told to go on', async () => {
    const bulk = await approved(4);
    surroundings.evidence = SILENT;
    await send(bulk);
    passSeconds(86_401);
    await process.usecases.steerBulk(bulk.id, { type: 'go_on', saw: bulk.digest }, PAVEL);
    surroundings.evidence = ON_HOLD;
    await send(bulk);
    expect(await statesOf(bulk)).toEqual(['lapsed', 'lapsed', 'lapsed', 'lapsed']);
    expect(surroundings.sent).toEqual([]);
  });

  it('expires as a whole when nobody decided', async () => {
    const bulk = await askInBulk(process, payments(3, 'late-'));
    surroundings.now = new Date(bulk.deadline);
    await process.usecases.tick();
    expect(await statesOf(bulk)).toEqual(['expired', 'expired', 'expired']);
  });

  it('is not sent by what sends single requests', async () => {
    const bulk = await approved(3);
    for (const { id } of await process.store.selectLines(bulk.id)) await process.usecases.dispatch(id);
    expect(surroundings.sent).toEqual([]);
    passSeconds(300);
    expect(await process.store.selectNeglected(surroundings.now)).toEqual(
      expect.arrayContaining([{ name: 'dispatch-bulk', bulk: bulk.id }]),
    );
    const lines = (await process.store.selectLines(bulk.id)).map(({ id }) => id);
    const rung = await process.store.selectNeglected(surroundings.now);
    expect(rung.filter((job) => 'request' in job && lines.includes(job.request))).toEqual([]);
  });
});

function lineOf(payment: string): number {
  return Number(payment.split('-')[1]);
}
