import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyring, createSeal } from '../../src/record/keys.ts';
import { createSignHead } from '../../src/store/chain.ts';
import { createPool } from '../../src/store/pool.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, type Process, SECRET, startProcess, Surroundings } from '../fakes/processes.ts';

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

describe('the head', () => {
  it('is signed when there is news, and not again', async () => {
    const keyring = createKeyring([SECRET]);
    await ask(one, 'first-news');
    const now = new Date();
    await Promise.all([one.store.signHead(now), other.store.signHead(now)]);
    await one.store.signHead(new Date(now.getTime() + 60_000));

    const newest = await one.store.selectHead();
    const { rows } = await database.sql.query<{
      seq: string;
      hash: Buffer;
      key: string;
      signed_at: Date;
      signature: Buffer;
    }>('select * from heads');
    expect(rows).toHaveLength(1);
    for (const { seq, hash, key, signed_at: signedAt, signature } of rows) {
      const head = { seq: BigInt(seq), hash, key, signedAt, signature };
      expect(head).toMatchObject({ seq: newest?.seq, hash: newest?.hash });
      expect(await keyring.isSignedHead(head)).toBe(true);
      expect(await keyring.isSignedHead({ ...head, seq: head.seq - 1n })).toBe(false);
      expect(await createKeyring(['00'.repeat(32)]).isSignedHead(head)).toBeUndefined();
    }
  });

  it('of another key is signed by that one', async () => {
    await ask(one, 'news');
    const rotated = createSeal('d7'.repeat(32));
    const pool = createPool(database.url, () => undefined);
    await createSignHead(rotated)(pool, new Date());
    await pool.end();
    const { rows } = await database.sql.query('select key from heads order by seq desc limit 1');
    expect(rows).toEqual([{ key: rotated.key }]);
  });

  it('is signed again where somebody made up a later one', async () => {
    await database.sql.query('insert into heads values (9999, $1, $2, now(), $3)', [
      Buffer.alloc(32),
      'nobody',
      Buffer.alloc(64),
    ]);
    await ask(one, 'more-news');
    await one.store.signHead(new Date());
    const newest = await one.store.selectHead();
    const { rows } = await database.sql.query('select 1 from heads where seq = $1', [newest?.seq]);
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['was cut', 'delete from chain where seq >= $1'],
    ['was changed', "update chain set hash = sha256('forged') where seq = $1"],
  ])('is not signed once what this process saw of the chain %s', async (_how, statement) => {
    await ask(one, `seen ${statement}`);
    await one.store.signHead(new Date());
    const newest = await one.store.selectHead();
    await database.sql.query('begin');
    await database.sql.query('alter table chain disable trigger chain_append_only');
    await database.sql.query("set session_replication_role = 'replica'");
    await database.sql.query(statement, [newest?.seq]);
    await database.sql.query("set session_replication_role = 'origin'");
    await database.sql.query('alter table chain enable always trigger chain_append_only');
    await database.sql.query('commit');
    await expect(one.store.signHead(new Date())).rejects.toThrow(
      `entry ${newest?.seq} of the record's chain is gone or changed`,
    );
    one = await startProcess(database.url, surroundings);
  });
});
