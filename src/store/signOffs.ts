/** Queries on `sign_offs`: who reviewed the summary of a day. */
import { z } from 'zod';
import type { TriedSignOff } from '../domain/signOff.ts';
import { NO_REQUEST } from '../record/entry.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll } from './pool.ts';

const UnsignedRow = z.object({ day: z.string() });

/**
 * Every day whose summary asks for a sign-off and has none, the oldest first.
 * @param last only days before it: a roll-up comes together with the summary of its own last day
 */
export async function selectUnsignedDays(
  db: Queryable,
  channel: string,
  last: string,
): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    UnsignedRow,
    `select day::date::text as day
     from summaries s, generate_series(coalesce(s.first_date, s.local_date)::timestamp, s.local_date, interval '1 day') day
     where s.channel = $1 and s.local_date < $2::date and s.asks_sign_off and not exists (
       select from sign_offs o where o.channel = s.channel and o.local_date = s.local_date and o.refusal is null)
     order by day`,
    [channel, last],
  );
  return rows.map(({ day }) => day);
}

export async function insertSignOff(db: Queryable, ledger: Ledger, tried: TriedSignOff): Promise<void> {
  const { channel, date, person, groups, signedAt, refusal } = tried;
  await db.query(
    `insert into sign_offs (channel, local_date, person_team, person_user, groups, signed_at, refusal, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [channel, date, person.team, person.user, groups, signedAt, refusal, await ledger.nextNumber(NO_REQUEST)],
  );
  const data = {
    channel,
    date,
    person: { team: person.team, user: person.user },
    groups: [...groups],
    refusal,
  };
  await ledger.enter(NO_REQUEST, signedAt, { type: 'sign_off', data });
}

export async function saveSignOffShown(db: Queryable, channel: string, date: string): Promise<void> {
  const text = 'update summaries set shows_sign_off = true where channel = $1 and local_date = $2';
  await db.query(text, [channel, date]);
}
