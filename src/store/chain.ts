/** Queries on `chain` and `heads` beside the ledger: the newest head, and the key in use. */
import { z } from 'zod';
import { NO_REQUEST } from '../record/entry.ts';
import type { Head, Seal } from '../record/keys.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectOne, selectOptional } from './pool.ts';

const HeadRow = z.object({ seq: z.bigint(), hash: z.instanceof(Buffer) });

/** Undefined while the chain is empty. */
export async function selectHead(db: Queryable): Promise<Head | undefined> {
  return selectOptional(db, HeadRow, 'select seq, hash from chain order by seq desc limit 1');
}

export type SignHead = (db: Queryable, now: Date) => Promise<void>;

/**
 * Signs the newest head, if it is news. Two processes that sign at once sign the same. What this process saw in the
 * chain has to stay there: a chain that was cut or forged anew meanwhile is not signed.
 */
export function createSignHead(seal: Seal): SignHead {
  let seen: Head | undefined;

  async function refuseOtherChain(db: Queryable): Promise<void> {
    if (seen === undefined) return;
    const { rowCount } = await db.query('select from chain where seq = $1 and hash = $2', [
      seen.seq,
      seen.hash,
    ]);
    if (rowCount === 0)
      throw new Error(
        `entry ${seen.seq} of the record's chain is gone or changed: run "countersign verify --slack"`,
      );
  }

  return async (db, now) => {
    await refuseOtherChain(db);
    // A head that somebody made up, of an entry that there is not, must not keep the true ones from being signed.
    const unsigned = await selectOptional(
      db,
      HeadRow,
      `select seq, hash from chain
       where seq > coalesce((
         select h.seq from heads h where exists (select from chain c where c.seq = h.seq and c.hash = h.hash)
         order by h.seq desc limit 1), 0)
       order by seq desc limit 1`,
    );
    if (unsigned === undefined) return;
    seen = unsigned;
    const { seq, hash, key, signedAt, signature } = seal.signHead(unsigned, now);
    await db.query(
      'insert into heads (seq, hash, key, signed_at, signature) values ($1, $2, $3, $4, $5) on conflict do nothing',
      [seq, hash, key, signedAt, signature],
    );
  };
}

const KnownRow = z.object({ known: z.boolean() });

/** The first entry that a key makes says that it is in use. */
export async function introduceKey(db: Queryable, ledger: Ledger, seal: Seal, now: Date): Promise<void> {
  await ledger.nextNumber(NO_REQUEST);
  const { known } = await selectOne(
    db,
    KnownRow,
    `select exists (
       select from chain where request_id = $1 and body like '%"type":"key"%' and body::jsonb->'data'->>'id' = $2
     ) as known`,
    [NO_REQUEST, seal.key],
  );
  if (known) return;
  await ledger.enter(NO_REQUEST, now, { type: 'key', data: { id: seal.key, public: seal.publicKey } });
}
