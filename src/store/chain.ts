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

/** Signs the newest head, if it is news. Two processes that sign at once sign the same. */
export async function signHead(db: Queryable, seal: Seal, now: Date): Promise<void> {
  const unsigned = await selectOptional(
    db,
    HeadRow,
    `select seq, hash from chain
     where seq > (select coalesce(max(seq), 0) from heads) order by seq desc limit 1`,
  );
  if (unsigned === undefined) return;
  const { seq, hash, key, signedAt, signature } = seal.signHead(unsigned, now);
  await db.query(
    'insert into heads (seq, hash, key, signed_at, signature) values ($1, $2, $3, $4, $5) on conflict do nothing',
    [seq, hash, key, signedAt, signature],
  );
}

/** The first entry that a key makes says that it is in use. */
export async function introduceKey(db: Queryable, ledger: Ledger, seal: Seal, now: Date): Promise<void> {
  await ledger.nextNumber(NO_REQUEST);
  const { known } = await selectOne(
    db,
    z.object({ known: z.boolean() }),
    `select exists (
       select from chain where request_id = $1 and body like '%"type":"key"%' and body::jsonb->'data'->>'id' = $2
     ) as known`,
    [NO_REQUEST, seal.key],
  );
  if (known) return;
  await ledger.enter(NO_REQUEST, now, { type: 'key', data: { id: seal.key, public: seal.publicKey } });
}
