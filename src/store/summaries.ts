/** Summaries as they were made: of days in `summaries`, of weeks and months in `roll_ups`. */
import { z } from 'zod';
import type { Earlier } from '../domain/comparison.ts';
import { countsOf, type Figures, type Kind, type Period } from '../domain/summary.ts';
import { NO_REQUEST } from '../record/entry.ts';
import type { Summary, SummaryKey } from '../usecases/summaries.ts';
import { StoredFigures } from './figuresJson.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectAll, selectOptional } from './pool.ts';
import { Count, toJson } from './rows.ts';

/** Both tables in one form. */
const SUMMARIES = `(
  select 'day' as kind, channel, local_date, coalesce(first_date, local_date) as first_date, until, figures, ts,
    asks_sign_off, shows_sign_off
  from summaries
  union all
  select kind, channel, local_date, first_date, until, figures, ts, false, false from roll_ups) s`;

const LastRow = z.object({ last: z.string(), until: z.date() });

/** The newest of a channel, by which the next is due. */
export async function selectLastSummary(
  db: Queryable,
  channel: string,
  kind: Kind,
): Promise<Pick<Period, 'last' | 'until'> | undefined> {
  return selectOptional(
    db,
    LastRow,
    `select local_date::text as last, until from ${SUMMARIES}
     where channel = $1 and kind = $2 order by local_date desc limit 1`,
    [channel, kind],
  );
}

const BeforeRow = z.object({ until: z.date(), carried_out: z.number(), seq: Count });

/** The summary that ended where this period begins: what it left open, and up to which entry it knew the record. */
export async function selectBefore(
  db: Queryable,
  channel: string,
  { kind, first, since }: Pick<Period, 'kind' | 'first' | 'since'>,
): Promise<{ readonly carriedOut: number; readonly seq: number } | undefined> {
  const before = await selectOptional(
    db,
    BeforeRow,
    `select until, (figures->>'carriedOut')::int as carried_out, coalesce((figures#>>'{head,seq}')::bigint, 0) as seq
     from ${SUMMARIES}
     where channel = $1 and kind = $2 and local_date < $3::date and figures ? 'head' order by local_date desc limit 1`,
    [channel, kind, first],
  );
  return before?.until.getTime() === since.getTime()
    ? { carriedOut: before.carried_out, seq: before.seq }
    : undefined;
}

/** What somebody made unreadable must not keep the next summary from coming: it is compared with nothing. */
const EarlierRow = z
  .object({ first: z.string(), last: z.string(), figures: StoredFigures.nullable().catch(null) })
  .transform(({ figures, ...row }): Earlier[] =>
    figures === null ? [] : [{ ...row, counts: countsOf(figures) }],
  );

/** Those that end on one of these days. */
export async function selectEarlier(
  db: Queryable,
  channel: string,
  kind: Kind,
  dates: readonly string[],
): Promise<readonly Earlier[]> {
  const rows = await selectAll(
    db,
    EarlierRow,
    `select first_date::text as first, local_date::text as last, figures from ${SUMMARIES}
     where channel = $1 and kind = $2 and local_date = any ($3::date[])`,
    [channel, kind, dates],
  );
  return rows.flat();
}

export async function insertSummary(
  db: Queryable,
  ledger: Ledger,
  channel: string,
  figures: Figures,
  asksSignOff: boolean,
): Promise<boolean> {
  const { kind, first, last: date, zone, since, until, madeAt } = figures;
  const json = toJson(figures);
  const entry = await ledger.nextNumber(NO_REQUEST);
  const [table, column, value] =
    kind === 'day' ? ['summaries', 'asks_sign_off', asksSignOff] : ['roll_ups', 'kind', kind];
  const { rowCount } = await db.query(
    `insert into ${table} (channel, local_date, first_date, zone, since, until, figures, made_at, entry, ${column})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing`,
    [channel, date, first, zone, since, until, json, madeAt, entry, value],
  );
  if (rowCount === 0) return false;
  const kept = z.record(z.string(), z.json()).parse(JSON.parse(json));
  const data = { channel, date, figures: kept };
  await ledger.enter(
    NO_REQUEST,
    madeAt,
    kind === 'day' ? { type: 'summary', data } : { type: 'roll_up', data: { ...data, kind } },
  );
  return true;
}

const SignedRow = z
  .object({ person_team: z.string(), person_user: z.string(), signed_at: z.date() })
  .transform(({ person_team, person_user, signed_at }) => ({
    person: { team: person_team, user: person_user },
    signedAt: signed_at,
  }));

const PictureJson = z.object({ slackId: z.string(), address: z.string().nullable(), altText: z.string() });

const SummaryRow = z
  .object({
    channel: z.string(),
    figures: StoredFigures,
    ts: z.string().nullable(),
    asks_sign_off: z.boolean(),
    shows_sign_off: z.boolean(),
    picture: PictureJson.nullable(),
  })
  .loose()
  .transform(({ channel, figures, ts, asks_sign_off, shows_sign_off, picture, ...row }): Summary => ({
    channel,
    figures,
    ts,
    asksSignOff: asks_sign_off,
    picture,
    showsSignOff: shows_sign_off,
    signOff: row['signed_at'] === null ? null : SignedRow.parse(row),
  }));

export async function lockSummary(db: Queryable, channel: string, date: string): Promise<Summary> {
  const lock = 'select from summaries where channel = $1 and local_date = $2 for no key update';
  await db.query(lock, [channel, date]);
  const summary = await selectSummary(db, { channel, kind: 'day', date });
  if (summary === undefined) throw new Error(`${channel} has no summary of ${date}`);
  return summary;
}

/** The one that has this day among its days. */
export async function selectSummary(
  db: Queryable,
  { channel, kind, date }: SummaryKey,
): Promise<Summary | undefined> {
  return selectOptional(
    db,
    SummaryRow,
    `select s.channel, s.figures, s.ts, s.asks_sign_off, s.shows_sign_off, o.person_team, o.person_user, o.signed_at,
       case when f.file is not null
         then jsonb_build_object('slackId', f.slack_id, 'address', f.address, 'altText', f.alt_text) end as picture
     from ${SUMMARIES}
     left join summary_files f on f.channel = s.channel and f.kind = s.kind and f.local_date = s.local_date
       and f.file = 'picture' and f.state = 'shown'
     left join sign_offs o on s.kind = 'day' and o.channel = s.channel and o.local_date = s.local_date and o.refusal is null
     where s.channel = $1 and s.kind = $2 and s.local_date >= $3::date and s.first_date <= $3::date
     order by s.local_date limit 1`,
    [channel, kind, date],
  );
}

export async function saveSummaryPosted(
  db: Queryable,
  { channel, kind, date }: SummaryKey,
  ts: string,
): Promise<void> {
  if (kind === 'day') {
    const text = 'update summaries set ts = $3 where channel = $1 and local_date = $2';
    await db.query(text, [channel, date, ts]);
  } else {
    const text = 'update roll_ups set ts = $3 where channel = $1 and local_date = $2 and kind = $4';
    await db.query(text, [channel, date, ts, kind]);
  }
}
