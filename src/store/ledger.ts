/** The entries of one transaction: numbered while it runs, linked into the chain as its last statement. */
import { z } from 'zod';
import { canonicalJson } from '../domain/canonical.ts';
import { type Body, type Event, NO_REQUEST } from '../record/entry.ts';
import type { Seal } from '../record/keys.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { Count } from './rows.ts';

export interface Ledger {
  /** The number that the next entry about this request will have. The request must be locked, or be made just now. */
  nextNumber(request: string): Promise<number>;
  /** The same for many requests, asked at once. */
  nextNumbers(requests: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Writes the next entry about a request, or about none (`NO_REQUEST`). */
  enter(request: string, at: Date, event: Event): Promise<void>;
}

interface Entry {
  readonly request: string;
  readonly n: number;
  readonly body: string;
}

const NextRow = z.object({ request: z.string(), n: z.number() });
const LastRow = z.object({ last: Count });
const NumberRow = z.object({ n: z.number() });
const HeadRow = z.object({
  seq: Count,
  hash: z.instanceof(Buffer).transform((hash) => hash.toString('hex')),
});

interface Written<T> {
  readonly result: T;
  /** The chain's last entry, if something was entered. */
  readonly last: number | undefined;
}

/**
 * Runs `work` and then links what it entered. To be called within a transaction, right before it commits.
 * @param atLeast where the chain stood when this process wrote to it last: it can't have become shorter.
 */
export async function withLedger<T>(
  db: Queryable,
  seal: Seal,
  atLeast: number,
  work: (ledger: Ledger) => Promise<T>,
): Promise<Written<T>> {
  const entries: Entry[] = [];
  const numbers = new Map<string, number>();
  let after: Body['after'] | undefined;

  async function nextNumber(request: string): Promise<number> {
    const known = numbers.get(request);
    if (known !== undefined) return known;
    // What is about a request is numbered under that request's lock; what is about none takes turns by this one.
    if (request === NO_REQUEST)
      await db.query(`select pg_advisory_xact_lock(hashtextextended('countersign house', 0))`);
    const { n } = await selectOne(
      db,
      NumberRow,
      'select coalesce(max(n), 0) + 1 as n from chain where request_id = $1',
      [request],
    );
    numbers.set(request, n);
    return n;
  }

  const result = await work({
    nextNumber,
    async nextNumbers(requests) {
      const rows = await selectAll(
        db,
        NextRow,
        `select asked.request::text, coalesce(max(n), 0) + 1 as n
         from unnest($1::uuid[]) as asked (request) left join chain on request_id = asked.request
         group by asked.request`,
        [requests.filter((request) => !numbers.has(request))],
      );
      for (const { request, n } of rows) numbers.set(request, n);
      return numbers;
    },
    async enter(request, at, event) {
      const n = await nextNumber(request);
      numbers.set(request, n + 1);
      after ??=
        (await selectOptional(db, HeadRow, 'select seq, hash from chain order by seq desc limit 1')) ?? null;
      if ((after?.seq ?? 0) < atLeast)
        throw new Error(
          `the record's chain lacks entry ${atLeast}, which was written here: run "countersign verify"`,
        );
      const body: Body = { v: 1, key: seal.key, request, n, after, at: at.toISOString(), ...event };
      entries.push({ request, n, body: canonicalJson(body) });
    },
  });
  if (entries.length === 0) return { result, last: undefined };
  const { last } = await selectOne(db, LastRow, 'select append_entries($1, $2, $3, $4) as last', [
    entries.map(({ request }) => request),
    entries.map(({ n }) => n),
    entries.map(({ body }) => body),
    entries.map(({ body }) => seal.mac(body)),
  ]);
  return { result, last };
}
