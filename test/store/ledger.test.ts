import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Body, GENESIS, hashOf, NO_REQUEST } from '../../src/record/entry.ts';
import { createKeyring } from '../../src/record/keys.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  ask,
  CANCELLED,
  PAVEL,
  type Process,
  SECRET,
  startProcess,
  Surroundings,
} from '../fakes/processes.ts';

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
afterAll(async () => {
  await one.stop();
  await other.stop();
  await database.stop();
});

interface Row {
  readonly seq: string;
  readonly request_id: string;
  readonly n: number;
  readonly body: string;
  readonly mac: Buffer;
  readonly prev: Buffer;
  readonly hash: Buffer;
}

async function chain(): Promise<Row[]> {
  const { rows } = await database.sql.query<Row>('select * from chain order by seq');
  return rows;
}

async function typesOf(request: string): Promise<string[]> {
  return (await chain())
    .filter((row) => row.request_id === request)
    .map(({ body }) => Body.parse(JSON.parse(body)).type);
}

describe('the chain', () => {
  it('tells a request from the asking to the outcome', async () => {
    const request = await ask(one, 'whole-story');
    await one.usecases.decideOnRequest(
      request.id,
      { type: 'approve', saw: request.digest, note: 'Seen' },
      PAVEL,
    );
    await other.usecases.dispatch(request.id);
    expect(await typesOf(request.id)).toEqual(['request', 'decision', 'attempt', 'outcome']);
  });

  it('neither forks nor skips, however many write at once', async () => {
    const payments = Array.from({ length: 30 }, (_one, n) => `crowd-${n}`);
    await Promise.all(
      payments.map(async (payment, n) => {
        const process = n % 2 === 0 ? one : other;
        const { id, digest } = await ask(process, payment);
        await process.usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
        await process.usecases.dispatch(id);
      }),
    );

    let prev: Buffer = GENESIS;
    const hashes = new Map<number, string>();
    const numbers = new Map<string, number>();
    for (const [index, row] of (await chain()).entries()) {
      const body = Body.parse(JSON.parse(row.body));
      expect(row.seq).toBe(String(index + 1));
      expect(row.prev).toEqual(prev);
      expect(row.hash).toEqual(hashOf(row.prev, row.mac, row.body));
      expect(row.n).toBe((numbers.get(row.request_id) ?? 0) + 1);
      expect(body).toMatchObject({ request: row.request_id, n: row.n });
      expect(body.after === null ? undefined : hashes.get(body.after.seq)).toBe(body.after?.hash);
      expect(createKeyring([SECRET]).isMacOf(body.key, row.body, row.mac)).toBe(true);
      numbers.set(row.request_id, row.n);
      hashes.set(index + 1, row.hash.toString('hex'));
      prev = row.hash;
    }
    expect(numbers.size).toBeGreaterThan(30);
  });

  it('has nothing of a transaction that was rolled back', async () => {
    const before = (await chain()).length;
    const { id } = await ask(one, 'rolled-back');
    const failing = one.store.transaction(async (records) => {
      const request = await records.lockRequest(id);
      const at = surroundings.now;
      await records.insertDecision(request, {
        act: 'withdraw',
        person: request.requester,
        groups: [],
        saw: null,
        note: null,
        decidedAt: at,
        refusal: null,
      });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await chain()).toHaveLength(before + 1);
  });

  it('takes an answer once, however often its record is tried', async () => {
    const request = await ask(one, 'tried-twice');
    await one.usecases.decideOnRequest(
      request.id,
      { type: 'approve', saw: request.digest, note: null },
      PAVEL,
    );
    await one.usecases.dispatch(request.id);
    const again = { source: 'answer', outcome: CANCELLED, learntAt: surroundings.now } as const;
    await one.store.transaction(async (records) => {
      await records.lockRequest(request.id);
      const attempt = await records.selectLastAttempt(request.id);
      if (attempt === undefined) throw new Error('nothing was sent');
      await records.insertFinding(attempt, again);
    });
    expect(await typesOf(request.id)).toEqual(['request', 'decision', 'attempt', 'outcome']);
  });

  it('is written in transactions only', async () => {
    await expect(one.store.introduceKey(new Date())).rejects.toThrow('in transactions only');
  });

  it('keeps text out: only its commitment is in it', async () => {
    const bodies = (await chain()).map(({ body }) => body).join('\n');
    for (const text of ['Paid twice', 'Seen', 'On hold', 'Cancelled.']) expect(bodies).not.toContain(text);
  });
});

const introduce = ({ store }: Process) =>
  store.transaction((records) => records.introduceKey(surroundings.now));

describe('a key', () => {
  it('is introduced once, also by two processes at the same moment', async () => {
    await Promise.all([introduce(one), introduce(other), introduce(one)]);
    expect(await typesOf(NO_REQUEST)).toEqual(['key']);
  });
});
