import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PostedHead } from '../../src/record/heads.ts';
import { createKeyring, createSeal } from '../../src/record/keys.ts';
import { sayFault, sayReport } from '../../src/record/report.ts';
import { verify } from '../../src/record/verify.ts';
import { eraseText } from '../../src/store/erase.ts';
import { createPool } from '../../src/store/pool.ts';
import { withRecordSource } from '../../src/store/recordSource.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { SECRET } from '../fakes/processes.ts';
import { writeRecord } from './writtenRecord.ts';
import { chainTamperings } from './chainTamperings.ts';
import { keyTamperings } from './keyTamperings.ts';
import { rowTamperings } from './rowTamperings.ts';
import { freeTables } from './superuser.ts';
import { describeTamperings } from './tampering.ts';

let original: TestDatabase;
let database: TestDatabase;
let posted: PostedHead[];
beforeAll(async () => {
  original = await writeRecord();
  posted = await withCopy(async ({ sql }) => {
    const { rows } = await sql.query<{ seq: string; hash: Buffer; signed_at: Date }>('select * from heads');
    return rows.map(({ seq, hash, signed_at }) => ({ seq: BigInt(seq), hash, postedAt: signed_at }));
  });
});
afterAll(() => original.stop());

async function withCopy<T>(work: (copy: TestDatabase) => Promise<T>): Promise<T> {
  database = await createTestDatabase(original);
  try {
    return await work(database);
  } finally {
    await database.stop();
  }
}

async function* inSlack() {
  yield posted;
}

async function report({ withSlack = false, secrets = [SECRET] } = {}) {
  const pool = createPool(database.url, () => undefined);
  try {
    return await withRecordSource(pool, (source) =>
      verify(source, createKeyring(secrets), withSlack ? inSlack() : undefined),
    );
  } finally {
    await pool.end();
  }
}

async function firstFault(options: { withSlack?: boolean; secrets?: string[] }): Promise<string | null> {
  const [first] = (await report(options)).faults;
  return first === undefined ? null : sayFault(first);
}

describe('countersign verify', () => {
  it('finds nothing wrong with what Countersign wrote, nor with the heads in Slack', async () => {
    await withCopy(async () => {
      expect(sayReport(await report({ withSlack: true }))).toEqual([
        'The record is whole: 28 entries and 27 rows about 5 requests say the same, and keep the law.',
        'Key cb57c0c33189705f made 28 entries, from 1 to 28.',
        'The newest head that was signed is that of entry 28, of 2026-11-20 10:01 UTC. No entry came after it.',
        'The newest head that was posted in Slack is that of entry 28, of 2026-11-20 10:01 UTC. 3 were compared.',
      ]);
    });
  });

  it('finds nothing wrong with a record from which text was erased, nor without the head of that', async () => {
    await withCopy(async ({ ownerUrl }) => {
      const owner = createPool(ownerUrl, () => undefined);
      const subject = { type: 'request', number: 1001 } as const;
      const erasure = { subject, by: 'Olga', why: 'asked for it' };
      const erased = await eraseText(owner, createSeal(SECRET), erasure, new Date('2026-11-20T12:00:00Z'));
      await owner.end();
      expect(erased).toMatchObject({ done: true, parts: [{ entries: [1, 3, 5] }] });
      expect(await firstFault({})).toBeNull();
      expect(sayReport(await report())).toContain(
        'The newest head that was signed is that of entry 28, of 2026-11-20 10:01 UTC. 1 entries came after it, and could be cut off unseen.',
      );
    });
  });

  it('takes old entries for good when their key is given beside the new one', async () => {
    await withCopy(async () => {
      expect(await firstFault({ secrets: ['d6'.repeat(32), SECRET] })).toBeNull();
    });
  });

  it.each([...chainTamperings, ...rowTamperings, ...keyTamperings])(
    'tells that $done',
    async ({ act, says, withSlack = says, key = SECRET }) => {
      await withCopy(async ({ sql }) => {
        await freeTables(sql);
        await act(sql);
        expect(await firstFault({ secrets: [key] })).toBe(says);
        expect(await firstFault({ secrets: [key], withSlack: true })).toBe(withSlack);
      });
    },
  );

  it('is described by the same table in docs/tampering.md', async () => {
    await expect(
      describeTamperings({
        'Somebody may do anything in PostgreSQL, and changes the chain': chainTamperings,
        'Somebody may do anything in PostgreSQL, and changes the rows': rowTamperings,
        'Somebody has the key, too, or there is trouble with keys': keyTamperings,
      }),
    ).toMatchFileSnapshot('../../docs/tampering.md');
  });
});
