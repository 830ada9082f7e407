/** The entries of one transaction: numbered while it runs, linked into the chain as its last statement. */
import { z } from 'zod';
import { canonicalJson } from '../domain/canonical.ts';
import { type Body, type Event, NO_REQUEST } from '../record/entry.ts';
import type { Seal } from '../record/keys.ts';
import { type Queryable, selectAll, selectOne, selectOptional } from './pool.ts';
import { Count } from './rows.ts';

export interface Ledger {
  /** Reads what the next entry about this request will need, behind the statement that locks or makes the request. */
  foresee(request: string): Promise<void>;
  /**
   * The number that the next entry about this request will have: there at once, so that statements that need it keep their place
   * among others. @throws when it was not foreseen, which locking the request does
   */
  foreseen(request: string): number;
  /** The same, read now. The request must be locked, or be made just now. */
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
  readonly mac: ReturnType<Seal['mac']>;
}

const NextRow = z.object({ request: z.string(), n: z.number() });
const LastRow = z.object({ last: Count });
const NumberRow = z.object({ n: z.number() });
const Head = { seq: Count, hash: z.instanceof(Buffer).transform((hash) => hash.toString('hex')) };
const HeadRow = z.object(Head);
const ForeseenRow = z.union([
  NumberRow.extend(Head).transform(({ n, ...head }) => ({ n, head })),
  NumberRow.extend({ seq: z.null() }).transform(({ n }) => ({ n, head: null })),
]);

/** A ledger at work, within its transaction. */
interface OpenLedger extends Ledger {
  /** Links what was entered, as the transaction's last statement. */
  link(): Promise<void>;
  /** The chain's last entry, once something was linked. */
  readonly last: number | undefined;
}

/** @param atLeast where the chain stood when this process wrote to it last: it can't have become shorter. */
export function createLedger(db: Queryable, seal: Seal, atLeast: number): OpenLedger {
  const entries: Entry[] = [];
  const numbers = new Map<string, number>();
  let after: Promise<Body['after']> | undefined;
  let last: number | undefined;

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

  /** Once in a transaction is enough: it says how long the chain was at the least. */
  function headBefore(): Promise<Body['after']> {
    after ??= selectOptional(db, HeadRow, 'select seq, hash from chain order by seq desc limit 1').then(
      (head) => head ?? null,
    );
    return after;
  }

  return {
    async foresee(request) {
      if (numbers.has(request)) return;
      const asking = selectOne(
        db,
        ForeseenRow,
        `select coalesce((select max(n) from chain where request_id = $1), 0) + 1 as n, seq, hash
         from (select) as one left join (select seq, hash from chain order by seq desc limit 1) as head on true`,
        [request],
      );
      after ??= asking.then(({ head }) => head);
      const [{ n }] = await Promise.all([asking, after]);
      numbers.set(request, n);
    },
    foreseen(request) {
      const number = numbers.get(request);
      if (number === undefined)
        throw new Error(`request ${request} must be locked before it is written about`);
      return number;
    },
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
      const head = await headBefore();
      if ((head?.seq ?? 0) < atLeast)
        throw new Error(
          `the record's chain lacks entry ${atLeast}, which was written here: run "countersign verify"`,
        );
      const body: Body = { v: 1, key: seal.key, request, n, after: head, at: at.toISOString(), ...event };
      const text = canonicalJson(body);
      entries.push({ request, n, body: text, mac: seal.mac(text) });
    },
    async link() {
      if (entries.length === 0) return;
      const linked = await selectOne(db, LastRow, 'select append_entries($1, $2, $3, $4) as last', [
        entries.map(({ request }) => request),
        entries.map(({ n }) => n),
        entries.map(({ body }) => body),
        entries.map(({ mac }) => mac),
      ]);
      last = linked.last;
    },
    get last() {
      return last;
    },
  };
}
