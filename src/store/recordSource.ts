/** The record as verification reads it: on one connection, in pages, and all as it was at one moment. */
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Canonical } from '../domain/canonical.ts';
import { NO_REQUEST, readBody } from '../record/entry.ts';
import type { Fault } from '../record/faults.ts';
import type { Keyring, SignedHead } from '../record/keys.ts';
import type { Dossier, Link, Page, Source } from '../record/source.ts';
import { verifyRequest } from '../record/verifyRequest.ts';
import { type Queryable, selectAll, selectOne } from './pool.ts';
import { withTransaction } from './transaction.ts';
import { inTurn, readAhead } from './readAhead.ts';
import { Count } from './rows.ts';
import { RecordRow, rowsOfFreezes, rowsOfHouse, rowsOfRequests } from './recordRows.ts';

const PAGE = 2_000;
const REQUESTS_PAGE = 500;
const LAST_ENTRY = 2 ** 31 - 1;

const Bytes = z.instanceof(Buffer);

const Entry = z.object({ request: z.string(), seq: Count, n: z.int(), body: z.string() });
const EntryRow = Entry.transform(withParsed);
const SealedRow = Entry.extend({ mac: Bytes }).transform(withParsed);
const LinkRow = Entry.extend({ mac: Bytes, prev: Bytes, hash: Bytes }).transform(
  withParsed,
) satisfies z.ZodType<Link>;

/** Whatever JSON may be. */
const Parsed = z.custom<Canonical>();

/** Somebody may have made the body unreadable. */
function withParsed<Row extends { readonly body: string }>(row: Row) {
  try {
    return { ...row, parsed: Parsed.parse(JSON.parse(row.body)) };
  } catch {
    return { ...row, parsed: undefined };
  }
}

const HeadRow = z
  .object({
    seq: z.bigint(),
    hash: Bytes,
    key: z.string(),
    signed_at: z.date(),
    signature: Bytes,
  })
  .transform(({ signed_at, ...head }): SignedHead => ({ ...head, signedAt: signed_at }));

const CountRow = z.object({ count: Count });
const HashRow = z.object({ seq: Count, hash: Bytes });

const IdRow = z.object({ id: z.string() });

/** What rows and entries name without there being a first entry of it. */
const ORPHANS = `
  (select distinct id from (
     select id from requests union all select request_id from decisions union all select request_id from attempts
     union all select request_id from outcomes union all select id from bulks union all select bulk_id from bulk_acts
     union all select request_id from chain where request_id <> '${NO_REQUEST}'
   ) named
   where not exists (
     select from chain where request_id = named.id and n = 1 and request_id <> '${NO_REQUEST}'))`;

/** Gives `work` the record as it is at this moment; what is written meanwhile does not get in. */
export async function withRecordSource<T>(pool: Pool, work: (source: Source) => Promise<T>): Promise<T> {
  return withTransaction(pool, async (client) => {
    await client.query('set transaction isolation level repeatable read, read only');
    // A long record takes its time, and so does Slack.
    await client.query('set local statement_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    return work(createSource(inTurn(client)));
  });
}

function createSource(db: Queryable): Source {
  return {
    readHouse: () => readAhead(readHouse(db)),
    readPages: () => readAhead(readPages(db)),
    readHeads: () =>
      readAhead(readRows(db, HeadRow, 'select seq, hash, key, signed_at, signature from heads order by seq')),
    async countSummaries() {
      const { count } = await selectOne(
        db,
        CountRow,
        `select count(*) as count from chain where request_id = $1 and body like '%"type":"summary"%'`,
        [NO_REQUEST],
      );
      return count;
    },
    async selectHashes(seqs) {
      const rows = await selectAll(db, HashRow, 'select seq, hash from chain where seq = any ($1)', [seqs]);
      return new Map(rows.map(({ seq, hash }) => [seq, hash]));
    },
    selectDossiers: (requests) => selectDossiers(db, requests),
  };
}

/** One at a time. */
async function* readRows<Row extends z.ZodType>(
  db: Queryable,
  row: Row,
  query: string,
  size = PAGE,
): AsyncGenerator<z.output<Row>[]> {
  await db.query(`declare rows no scroll cursor for ${query}`);
  for (;;) {
    const page = await selectAll(db, row, `fetch ${size} from rows`);
    if (page.length === 0) break;
    yield page;
  }
  await db.query('close rows');
}

/** What is about no request, by the numbers of its entries. */
async function* readHouse(db: Queryable): AsyncGenerator<Dossier> {
  const erased = await selectErasedOfHouse(db);
  for (let from = -1, to = from; from < LAST_ENTRY; from = to) {
    const entries = await selectAll(
      db,
      EntryRow,
      `select request_id as request, seq, n, body from chain where request_id = $1 and n > $2 order by n, seq limit ${PAGE}`,
      [NO_REQUEST, from],
    );
    to = entries.length === PAGE ? (entries.at(-1)?.n ?? LAST_ENTRY) : LAST_ENTRY;
    const rows = await selectAll(
      db,
      RecordRow,
      rowsOfHouse('entry > $1 and entry <= $2 or entry is null and $1 = -1'),
      [from, to],
    );
    yield { request: NO_REQUEST, entries, rows, erased, state: undefined };
  }
}

const BodyRow = z.object({ body: z.string() });

/** An erasure stands anywhere after what it names. Whether it may is judged in its own part. */
async function selectErasedOfHouse(db: Queryable): Promise<number[]> {
  const rows = await selectAll(
    db,
    BodyRow,
    `select body from chain where request_id = '${NO_REQUEST}' and body like '%"type":"erasure"%'`,
  );
  return rows.flatMap(({ body: text }) => {
    const body = readBody(text);
    return body?.type === 'erasure' ? body.data.erased : [];
  });
}

/** Requests come where they begin: nearly all that belongs to one then stands in the page already, and its rows lie near. */
async function* readPages(db: Queryable): AsyncGenerator<Page> {
  const chain = 'select seq, request_id as request, n, body, mac, prev, hash from chain order by seq';
  for await (const links of readAhead(readRows(db, LinkRow, chain))) {
    const begun = links.flatMap(({ request, n }) => (n === 1 && request !== NO_REQUEST ? [request] : []));
    yield { links, dossiers: await selectDossiers(db, begun, links) };
  }
  for await (const rows of readRows(db, IdRow, ORPHANS, REQUESTS_PAGE)) {
    const ids = rows.map(({ id }) => id);
    yield { links: [], dossiers: await selectDossiers(db, ids) };
  }
}

/** @param links those that were read already, without a gap in between */
async function selectDossiers(
  db: Queryable,
  requests: readonly string[],
  links: readonly Link[] = [],
): Promise<readonly Dossier[]> {
  if (requests.length === 0) return [];
  const others = await selectAll(
    db,
    EntryRow,
    `select request_id as request, seq, n, body from chain
     where request_id = any ($1) and request_id <> '${NO_REQUEST}' and (seq < $2 or seq > $3)`,
    [requests, links[0]?.seq ?? 0, links.at(-1)?.seq ?? -1],
  );
  const rows = await selectAll(db, RecordRow, rowsOfRequests('request_id = any ($1)'), [requests]);
  const entriesOf = Map.groupBy([...links, ...others], ({ request }) => request);
  const rowsOf = Map.groupBy(rows, ({ request }) => request);
  return Array.from(new Set(requests), (request) => {
    const entries = (entriesOf.get(request) ?? []).toSorted((a, b) => a.n - b.n || a.seq - b.seq);
    const own = rowsOf.get(request) ?? [];
    const state = own.find(({ table }) => table === 'requests')?.state ?? undefined;
    return { request, entries, rows: own, state };
  });
}

/** One request's part of the record, and the freezes, as they are within this transaction; gives what says what is wrong. */
export async function selectSealed(
  db: Queryable,
  keyring: Keyring,
  request: string,
): Promise<() => readonly Fault[]> {
  const [entries, rows, freezes] = await Promise.all([
    selectAll(
      db,
      SealedRow,
      'select request_id as request, seq, n, body, mac from chain where request_id = $1 order by n, seq',
      [request],
    ),
    selectAll(db, RecordRow, rowsOfRequests('request_id = $1'), [request]),
    selectFreezesSealed(db),
  ]);
  const state = rows.find(({ table }) => table === 'requests')?.state ?? undefined;
  return () => verifyRequest({ request, entries, rows, state }, freezes, keyring);
}

/**
 * What an entry says that it is about stands in its canonical body in one way only. There is an index of just these, which is
 * used only where the statement itself names whose they are.
 */
async function selectFreezesSealed(db: Queryable) {
  const entries = await selectAll(
    db,
    SealedRow,
    `select request_id as request, seq, n, body, mac from chain
     where request_id = '${NO_REQUEST}' and (body like '%"type":"freeze"%' or body like '%"type":"lift"%'
       or body like '%"type":"erasure"%') order by n, seq`,
    [],
  );
  // Where nothing was ever sealed, rows alone can't have ended a freeze.
  const rows = entries.length === 0 ? [] : await selectAll(db, RecordRow, rowsOfFreezes('true'));
  return { entries, rows };
}
