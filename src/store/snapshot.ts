/** The record as it stands at one moment, for an export: nothing that is written meanwhile gets in. */
import type { Pool } from 'pg';
import { z } from 'zod';
import { wordsOf } from '../domain/digest.ts';
import { NO_REQUEST, readBody } from '../record/entry.ts';
import type { ChainRow, Range, Scope, Snapshot } from '../export/export.ts';
import type { SignedHead } from '../record/keys.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';
import { withTransaction } from './transaction.ts';
import { inTurn, readAhead } from './readAhead.ts';
import { Count } from './rows.ts';

/** How many entries are in memory at once. */
const PAGE = 1_000;

export async function withSnapshot<T>(pool: Pool, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  return withTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    // Writing a large export takes its time.
    await client.query('set local statement_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    return work(createSnapshot(inTurn(client)));
  });
}

function createSnapshot(db: Queryable): Snapshot {
  return {
    selectRange: (scope) => selectRange(db, scope),
    hasAccount: (account) => hasAccount(db, account),
    selectKeys: () => selectKeys(db),
    readEntries: (range) => readAhead(readEntries(db, range)),
    readHeads: (first, last) => readAhead(readHeads(db, first, last)),
  };
}

const RangeRow = z.object({ first: Count.nullable(), last: Count.nullable() });

async function selectRange(db: Queryable, { since, until, zone }: Scope): Promise<Range | undefined> {
  // In canonical JSON the first member of that name is the entry's own time: before it comes nothing but "after".
  // Text of one form sorts as the times do, and no altered entry can make a cast fail.
  const { first, last } = await selectOne(
    db,
    RangeRow,
    `with days as (
       select to_char($1::date::timestamp at time zone $3 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as since,
         to_char(($2::date + 1)::timestamp at time zone $3 at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as until
     ), entries as (
       select seq, substring(body from '"at":"([^"]*)"') collate "C" as at from chain
     )
     select min(seq) filter (where since is null or at >= since) as first,
       max(seq) filter (where until is null or at < until) as last
     from entries, days`,
    [since, until, zone],
  );
  return first === null || last === null || first > last ? undefined : { first, last };
}

async function hasAccount(db: Queryable, account: string): Promise<boolean> {
  const { rowCount } = await db.query('select from requests where account = $1 limit 1', [account]);
  return rowCount === 1;
}

const BodyRow = z.object({ body: z.string() });

async function selectKeys(db: Queryable): Promise<Record<string, string>> {
  const rows = await selectAll(db, BodyRow, 'select body from chain where request_id = $1', [NO_REQUEST]);
  const bodies = rows.map(({ body }) => readBody(body));
  return Object.fromEntries(
    bodies.flatMap((body) => (body?.type === 'key' ? [[body.data.id, body.data.public]] : [])),
  );
}

const EntryRow = z.object({
  seq: Count,
  request_id: z.string(),
  n: z.number(),
  body: z.string(),
  mac: z.string(),
  prev: z.string(),
  hash: z.string(),
  opening: z.string().nullable(),
  leads: z.boolean(),
  state: z.string().nullable(),
  reason: z.string().nullable(),
  said: z.object({ facts: z.record(z.string(), z.string()), says: z.string() }).nullable(),
  request_salt: z.string().nullable(),
  note: z.string().nullable(),
  note_salt: z.string().nullable(),
  says: z.string().nullable(),
  says_salt: z.string().nullable(),
  freeze_reason: z.string().nullable(),
  freeze_salt: z.string().nullable(),
});
type EntryRow = z.infer<typeof EntryRow>;

function textsOf(row: EntryRow): ChainRow['texts'] {
  return [
    ...textOf('reason', row.request_salt, row.reason),
    ...textOf('said', row.request_salt, row.said && wordsOf(row.said)),
    ...textOf('note', row.note_salt, row.note),
    ...textOf('says', row.says_salt, row.says),
    ...textOf('reason', row.freeze_salt, row.freeze_reason),
  ];
}

/** None where there never was a text, and where it was erased with its salt. */
function textOf(field: string, salt: string | null, text: string | null): ChainRow['texts'] {
  return salt === null || salt === '' || text === null ? [] : [{ field, salt, text }];
}

/** Row by row along indexes: with joins as they like, PostgreSQL reads whole tables for each page. */
const ENTRIES = `
  select c.seq, c.request_id, c.n, c.body,
    encode(c.mac, 'hex') as mac, encode(c.prev, 'hex') as prev, encode(c.hash, 'hex') as hash,
    case when opening.seq between $1 and $2 then null else opening.body end as opening, r.state,
    case when r.entry = c.n then r.reason end as reason, case when r.entry = c.n then r.evidence end as said,
    case when r.entry = c.n then r.salt end as request_salt,
    d.note, d.salt as note_salt, o.says, o.salt as says_salt,
    f.reason as freeze_reason, f.salt as freeze_salt,
    c.n = 1 or coalesce(opening.seq < $3, true) and not exists (
      select from chain b where b.request_id = c.request_id and b.n < c.n and b.seq >= $3
    ) as leads
  from chain c
    left join lateral (select seq, body from chain where request_id = c.request_id and n = 1 offset 0) opening on true
    left join lateral (select * from requests where id = c.request_id offset 0) r on true
    left join lateral (
      select note, salt from decisions where c.n > 1 and request_id = c.request_id and entry = c.n offset 0) d on true
    left join lateral (
      select says, salt from outcomes where c.n > 1 and request_id = c.request_id and entry = c.n offset 0) o on true
    left join lateral (
      select reason, salt from freezes
      where c.request_id = '${NO_REQUEST}' and of_house = c.request_id and entry = c.n offset 0) f on true
  where c.seq between $1 and $2
  order by c.seq`;

async function* readEntries(db: Queryable, { first, last }: Range): AsyncGenerator<readonly ChainRow[]> {
  const row = z.compile(EntryRow);
  for (let from = first; from <= last; from += PAGE)
    yield toPage(await selectAll(db, row, ENTRIES, [from, Math.min(from + PAGE - 1, last), first]));
}

/** An opening that is in the page itself was not sent a second time. */
function toPage(rows: readonly EntryRow[]): readonly ChainRow[] {
  const openings = new Map<string, string>();
  for (const { n, request_id, body } of rows) if (n === 1) openings.set(request_id, body);
  return rows.map((row) => {
    const { seq, request_id: request, n, body, mac, prev, hash, leads, state } = row;
    const opening = row.opening ?? openings.get(request) ?? null;
    return { seq, request, n, body, mac, prev, hash, opening, leads, state, texts: textsOf(row) };
  });
}

const HeadRow = z
  .object({
    seq: z.bigint(),
    hash: z.instanceof(Buffer),
    key: z.string(),
    signed_at: z.date(),
    signature: z.instanceof(Buffer),
  })
  .transform(({ signed_at, ...head }): SignedHead => ({ ...head, signedAt: signed_at }));

async function* readHeads(
  db: Queryable,
  first: number,
  last: number | null,
): AsyncGenerator<readonly SignedHead[]> {
  for (let after: readonly [number | bigint, Date] = [first, new Date(0)]; ;) {
    const page = await selectAll(
      db,
      HeadRow,
      `select seq, hash, key, signed_at, signature
       from heads where (seq, signed_at) > ($1, $2) and ($3::bigint is null or seq <= $3)
       order by seq, signed_at limit ${PAGE}`,
      [...after, last],
    );
    yield page;
    const end = page.at(-1);
    if (end === undefined) return;
    after = [end.seq, end.signedAt];
  }
}
