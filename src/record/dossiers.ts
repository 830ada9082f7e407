/** What is about no request, then every request by itself: its entries are complete, the law was kept, and the rows fit. */
import { isCanonical } from '../domain/canonical.ts';
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
import type { Dossier } from './source.ts';

interface Read {
  readonly requests: number;
  readonly rows: number;
}

/** Where the entries read so far end, by their number and in the chain. */
interface Reached {
  readonly n: number;
  readonly seq: number;
}
const NOWHERE: Reached = { n: 0, seq: 0 };

export interface DossiersCheck {
  /** Goes on with what is about no request first, one part after the other, then with every request. */
  follow(dossier: Dossier): void;
  /** When all were followed. */
  end(): Read;
}

export function createDossiersCheck(faults: Faults): DossiersCheck {
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
  return {
    follow(dossier) {
      rows += dossier.rows.length;
      if (dossier.request === NO_REQUEST) {
        house = verifyDossier(dossier, history, faults, house).reached;
        return;
      }
      const { first } = verifyDossier(dossier, history, faults);
      if (first !== undefined) meetBulks(first);
      if (first?.body.type !== 'bulk') requests += 1;
    },
    end() {
      for (const { entry, says } of bulkLines.lacking()) faults.add(faultOf(entry, says));
      return { requests, rows };
    },
  };
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
  const { request, rows, erased, state } = dossier;
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
  for (const { of, says } of compareRows(entries, rows, unreadable, erased)) {
    if ('body' in of) faults.add(faultOf(of, says));
    else faults.add({ seq: undefined, subject: `row ${of.id} of ${of.table}`, request, says });
  }
  return { reached, first: entries[0] };
}

/** What people call the request or the bulk, which the chain by itself does not say. */
export function nameIn({ entries, rows }: Pick<Dossier, 'entries' | 'rows'>): string | undefined {
  const first = entries.map(readEntry).find((body) => body !== undefined);
  if (first?.type === 'request') return nameOf(first.data);
  if (first?.type === 'bulk') return bulkNameOf(first.data);
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
  for (const line of lines) {
    const { seq, n } = line;
    const body = readEntry(line);
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
      if (readOutline(line) !== undefined)
        faults.add({ ...place, says: 'its body is nothing that belongs into the record' });
    } else entries.push({ seq, body });
    reachedN = n;
    reachedSeq = Math.max(seq, reachedSeq);
  }
  return { entries, unreadable, reached: { n: reachedN, seq: reachedSeq } };
}

/** Undefined for what no writer of the chain makes. There is one text of each body, so that nothing hides in it. */
export function readEntry({ body, parsed }: Dossier['entries'][number]): Body | undefined {
  try {
    return parsed !== undefined && isCanonical(body, parsed) ? Body.safeParse(parsed).data : undefined;
  } catch {
    return undefined;
  }
}

function faultOf({ seq, body: { n, type, request } }: Recorded, says: string) {
  return { seq, subject: `entry ${seq}`, request, place: `${type} ${n}`, says };
}
