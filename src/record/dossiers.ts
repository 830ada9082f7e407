/** What is about no request, then every request by itself: its entries are complete, the law was kept, and the rows fit. */
import { z } from 'zod';
import { type Canonical, isCanonical } from '../domain/canonical.ts';
import { bulkNameOf } from '../domain/bulk.ts';
import { nameOf } from '../domain/request.ts';
import { createBulkLines } from './bulkLines.ts';
import { compareRows } from './compare.ts';
import { Body, NO_REQUEST } from './entry.ts';
import type { Faults } from './faults.ts';
import { createHistory, type History } from './history.ts';
import { judge } from './judge.ts';
import type { Recorded } from './judged.ts';
import { judgeHouse } from './judgeHouse.ts';
import { readOutline } from './outline.ts';
import type { Dossier, Source } from './source.ts';

export interface Read {
  readonly requests: number;
  readonly rows: number;
}

/** Whatever JSON may be. */
const Parsed = z.custom<Canonical>();

/** Where the entries read so far end, by their number and in the chain. */
interface Reached {
  readonly n: number;
  readonly seq: number;
}
const NOWHERE: Reached = { n: 0, seq: 0 };

export async function verifyDossiers(source: Source, faults: Faults): Promise<Read> {
  let requests = 0;
  let rows = 0;
  // What is about no request comes in parts, one after the other.
  let house = NOWHERE;
  const bulkLines = createBulkLines();
  function meetBulks(first: Recorded): void {
    const says = bulkLines.meet(first);
    if (says !== undefined) faults.add(faultOf(first, says));
  }
  const history = createHistory();
  for await (const page of source.readDossiers()) {
    for (const dossier of page) {
      if (dossier.request === NO_REQUEST) house = verifyDossier(dossier, history, faults, house).reached;
      else {
        const { first } = verifyDossier(dossier, history, faults);
        if (first !== undefined) meetBulks(first);
        if (first?.body.type !== 'bulk') requests += 1;
      }
      rows += dossier.rows.length;
    }
  }
  for (const { entry, says } of bulkLines.lacking()) faults.add(faultOf(entry, says));
  return { requests, rows };
}

interface Verified {
  readonly reached: Reached;
  /** The first entry, if it can be read. */
  readonly first: Recorded | undefined;
}

/** @param history what is about no request adds to it, and so does each bulk; requests are judged by it */
export function verifyDossier(
  dossier: Dossier,
  history: History,
  faults: Faults,
  before: Reached = NOWHERE,
): Verified {
  const { request, rows, state } = dossier;
  const { entries, unreadable, reached } = readEntries(dossier, before, faults);

  // Where a step can't be read, nothing that follows from the steps can be held against anyone.
  if (request === NO_REQUEST) history.isComplete &&= unreadable.size === 0;
  if (unreadable.size === 0) {
    const judged = request === NO_REQUEST ? judgeHouse(entries, history) : judge(entries, history);
    for (const { entry, says } of judged.breaches) faults.add(faultOf(entry, says));
    if (state !== undefined && judged.state !== undefined && state !== judged.state) {
      const says = `it is ${state}, though what was decided and found makes it ${judged.state}`;
      faults.add({ seq: undefined, subject: 'state in requests', request, says });
    }
  }
  for (const { of, says } of compareRows(entries, rows, unreadable)) {
    if ('body' in of) faults.add(faultOf(of, says));
    else faults.add({ seq: undefined, subject: `row ${of.id} of ${of.table}`, request, says });
  }
  const [first] = entries;
  const name = nameIn(first, rows);
  if (name !== undefined) faults.nameRequest(request, name);
  return { reached, first };
}

/** What people call the request or the bulk. */
function nameIn(first: Recorded | undefined, rows: Dossier['rows']): string | undefined {
  if (first?.body.type === 'request') return nameOf(first.body.data);
  if (first?.body.type === 'bulk') return bulkNameOf(first.body.data);
  const asked = rows.find(({ table }) => table === 'requests' || table === 'bulks');
  const number = asked?.data['number'];
  if (typeof number !== 'number') return undefined;
  return asked?.table === 'bulks' ? bulkNameOf({ number }) : nameOf({ number });
}

function readEntries(
  { request, entries: lines }: Dossier,
  before: Reached,
  faults: Faults,
): { entries: Recorded[]; unreadable: Set<number>; reached: Reached } {
  const entries: Recorded[] = [];
  const unreadable = new Set<number>();
  let { n: reachedN, seq: reachedSeq } = before;
  for (const { seq, n, body: text } of lines) {
    const body = readBody(text);
    const place = { seq, subject: `entry ${seq}`, request, place: `${body?.type ?? 'unreadable'} ${n}` };
    if (n === reachedN) {
      faults.add({ ...place, says: 'it has the number of another entry of its request: it was put in' });
      continue;
    }
    if (n > reachedN + 1) faults.add({ ...place, says: `number ${reachedN + 1} of its request is missing` });
    if (seq < reachedSeq) faults.add({ ...place, says: 'it stands before one that was made earlier' });
    if (body === undefined) {
      unreadable.add(n);
      // Without even an outline, the chain by itself is at fault.
      if (readOutline(text) !== undefined)
        faults.add({ ...place, says: 'its body is nothing that belongs into the record' });
    } else entries.push({ seq, body });
    reachedN = n;
    reachedSeq = Math.max(seq, reachedSeq);
  }
  return { entries, unreadable, reached: { n: reachedN, seq: reachedSeq } };
}

/** Undefined for what no writer of the chain makes. There is one text of each body, so that nothing hides in it. */
export function readBody(text: string): Body | undefined {
  try {
    const parsed = Parsed.parse(JSON.parse(text));
    return isCanonical(text, parsed) ? Body.safeParse(parsed).data : undefined;
  } catch {
    return undefined;
  }
}

function faultOf({ seq, body: { n, type, request } }: Recorded, says: string) {
  return { seq, subject: `entry ${seq}`, request, place: `${type} ${n}`, says };
}
