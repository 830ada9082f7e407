/** The record as verification reads it: on one connection, in pages, and all as it was at one moment. */
import { Client, types as pgTypes, TypeOverrides } from 'pg';
import { z } from 'zod';
import { NO_REQUEST } from '../record/entry.ts';
import type { SignedHead } from '../record/keys.ts';
import type { Dossier, Link, Source } from '../record/source.ts';
import { selectAll } from './pool.ts';
import { RecordRow, rowsOfHouse, rowsOfRequests } from './recordRows.ts';

const PAGE = 5_000;
const REQUESTS = 1_000;
const LAST_REQUEST = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
const LAST_ENTRY = 2 ** 31 - 1;

const Bytes = z.instanceof(Buffer);

const LinkRow = z.object({
  seq: z.int(),
  request: z.string(),
  n: z.int(),
  body: z.string(),
  mac: Bytes,
  prev: Bytes,
  hash: Bytes,
}) satisfies z.ZodType<Link>;

const HeadRow = z
  .object({
    seq: z.int().transform(BigInt),
    hash: Bytes,
    key: z.string(),
    signed_at: z.date(),
    signature: Bytes,
  })
  .transform(({ signed_at, ...head }): SignedHead => ({ ...head, signedAt: signed_at }));

const HashRow = z.object({ seq: z.int(), hash: Bytes });

const EntryRow = z.object({ request: z.string(), seq: z.int(), n: z.int(), body: z.string() });

export interface RecordSource extends Source {
  stop(): Promise<void>;
}

// Numbers of entries stay far below what a double holds; amounts come as text.
const types = new TypeOverrides();
types.setTypeParser(pgTypes.builtins.INT8, Number);

export async function openRecordSource(url: string): Promise<RecordSource> {
  const client = new Client({ connectionString: url, types, application_name: 'countersign verify' });
  await client.connect();
  await client.query('begin isolation level repeatable read read only');
  return {
    readLinks: () =>
      readPages(
        client,
        LinkRow,
        'select seq, request_id as request, n, body, mac, prev, hash from chain order by seq',
      ),
    readHeads: () =>
      readPages(client, HeadRow, 'select seq, hash, key, signed_at, signature from heads order by seq'),
    async selectHashes(seqs) {
      const rows = await selectAll(client, HashRow, 'select seq, hash from chain where seq = any ($1)', [
        seqs,
      ]);
      return new Map(rows.map(({ seq, hash }) => [seq, hash]));
    },
    async *readDossiers() {
      yield* readHouse(client);
      yield* readRequests(client);
    },
    stop: () => client.end(),
  };
}

/** One at a time. */
async function* readPages<Row extends z.ZodType>(
  client: Client,
  row: Row,
  query: string,
): AsyncGenerator<z.output<Row>[]> {
  await client.query(`declare pages no scroll cursor for ${query}`);
  for (;;) {
    const page = await selectAll(client, row, `fetch ${PAGE} from pages`);
    if (page.length === 0) break;
    yield page;
  }
  await client.query('close pages');
}

/** What is about no request, by the numbers of its entries. */
async function* readHouse(client: Client): AsyncGenerator<Dossier[]> {
  for (let from = -1, to = from; from < LAST_ENTRY; from = to) {
    const entries = await selectAll(
      client,
      EntryRow,
      `select request_id as request, seq, n, body from chain where request_id = $1 and n > $2 order by n, seq limit ${PAGE}`,
      [NO_REQUEST, from],
    );
    to = entries.length === PAGE ? (entries.at(-1)?.n ?? LAST_ENTRY) : LAST_ENTRY;
    const rows = await selectAll(
      client,
      RecordRow,
      rowsOfHouse('entry > $1 and entry <= $2 or entry is null and $1 = -1'),
      [from, to],
    );
    yield [{ request: NO_REQUEST, entries, rows, state: undefined }];
  }
}

/** Requests in the order of their ids, in ranges without a gap, so that no row stays unread whatever it refers to. */
async function* readRequests(client: Client): AsyncGenerator<Dossier[]> {
  for (let from = NO_REQUEST, to = from; from < LAST_REQUEST; from = to) {
    const ids = await selectAll(
      client,
      z.object({ id: z.string() }),
      `(select id from requests where id > $1 order by id limit ${REQUESTS})
       union
       (select request_id from chain where request_id > $1 group by request_id order by request_id limit ${REQUESTS})
       order by id limit ${REQUESTS}`,
      [from],
    );
    to = ids.length === REQUESTS ? (ids.at(-1)?.id ?? LAST_REQUEST) : LAST_REQUEST;
    const entries = await selectAll(
      client,
      EntryRow,
      `select request_id as request, seq, n, body from chain
       where request_id > $1 and request_id <= $2 order by request_id, n, seq`,
      [from, to],
    );
    const above = from === NO_REQUEST ? '>=' : '>';
    const rows = await selectAll(
      client,
      RecordRow,
      rowsOfRequests(`request_id ${above} $1 and request_id <= $2`),
      [from, to],
    );
    yield toDossiers(entries, rows);
  }
}

function toDossiers(
  entries: readonly z.output<typeof EntryRow>[],
  rows: readonly z.output<typeof RecordRow>[],
): Dossier[] {
  const entriesOf = Map.groupBy(entries, ({ request }) => request);
  const rowsOf = Map.groupBy(rows, ({ request }) => request);
  return Array.from(new Set([...entriesOf.keys(), ...rowsOf.keys()]), (request) => {
    const own = rowsOf.get(request) ?? [];
    const state = own.find(({ table }) => table === 'requests')?.state ?? undefined;
    return { request, entries: entriesOf.get(request) ?? [], rows: own, state };
  });
}
