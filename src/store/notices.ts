/** Queries on `notices`, `untold_notices` and `alarms`: what providers report by themselves. */
import { z } from 'zod';
import type { Notice } from '../domain/provider.ts';
import { NO_REQUEST } from '../record/entry.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectOne, selectOptional } from './pool.ts';
import { toJson } from './rows.ts';

const NoticeRow = z.object({
  id: z.string(),
  payment: z.string().nullable(),
  meaning: z.enum(['cancelled', 'look_up', 'nothing']),
  reference: z.string().nullable(),
  says: z.string(),
});

/** False when the notice came before. */
export async function insertNotice(
  db: Queryable,
  ledger: Ledger,
  account: string,
  notice: Notice,
  receivedAt: Date,
  alarming: boolean,
): Promise<boolean> {
  const { id, payment, meaning, reference, says } = notice;
  const entry = alarming ? await ledger.nextNumber(NO_REQUEST) : null;
  const { rowCount } = await db.query(
    `insert into notices (account, id, payment, meaning, reference, says, received_at, alarming, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (account, id) do nothing`,
    [account, id, payment, meaning, reference, says, receivedAt, alarming, entry],
  );
  if (rowCount === 1 && alarming) {
    const data = { account, notice: id, payment, reference };
    await ledger.enter(NO_REQUEST, receivedAt, { type: 'alarm', data });
  }
  return rowCount === 1;
}

const FoundRow = z.object({ found: z.boolean() });

/** Whether something like this was sent about the payment and not refused: then its cancellation is no surprise. */
export async function hasAttempt(
  db: Queryable,
  account: string,
  payment: string,
  details: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { found } = await selectOne(
    db,
    FoundRow,
    `select exists (
       select from requests r join attempts a on a.request_id = r.id
       where r.account = $1 and r.payment = $2 and r.details @> $3::jsonb
         and not exists (select from outcomes o where o.attempt_id = a.id and o.type in ('refused', 'not_sent'))
     ) as found`,
    [account, payment, toJson(details)],
  );
  return found;
}

/** The notice, if nobody was told of it yet. */
export async function selectUntoldNotice(
  db: Queryable,
  account: string,
  id: string,
): Promise<Notice | undefined> {
  return selectOptional(
    db,
    NoticeRow,
    `select n.id, payment, meaning, reference, says from untold_notices u
     join notices n on n.account = u.account and n.id = u.notice
     where u.account = $1 and u.notice = $2`,
    [account, id],
  );
}

export async function saveAlarmPosted(db: Queryable, account: string, id: string, ts: string): Promise<void> {
  await db.query('insert into alarms (account, notice, ts) values ($1, $2, $3) on conflict do nothing', [
    account,
    id,
    ts,
  ]);
}
