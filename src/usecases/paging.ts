/**
 * Lists of requests, and of bulks among them, page by page. A place in a list is the number of the request that stands
 * there, or of the first line of the bulk, so that a page keeps its place while rows come and go, and costs the same
 * wherever it is.
 */
import type { Person } from '../domain/person.ts';
import type { Records } from './ports.ts';
import type { BulkCourse } from './bulkStory.ts';
import type { Course } from './story.ts';

export type List =
  /** The newest first. */
  | { readonly of: 'open' | 'pending' | 'unknown' }
  | { readonly of: 'mine'; readonly person: Person }
  | {
      readonly of: 'named';
      readonly payments: readonly string[];
      readonly ticket: string;
      readonly number: number | null;
      /** The number of a bulk. */
      readonly bulk: number | null;
    }
  /** Open, and asked by one of these. */
  | { readonly of: 'asked'; readonly users: readonly string[] }
  /**
   * Pending, by somebody else, for a group of theirs, and not approved by them; what expires first comes first. Bulks
   * that are being sent as well, because one that is halted waits again.
   */
  | ({ readonly of: 'waiting' } & Concerned)
  /** Those that call for a person first, then the oldest. */
  | ({ readonly of: 'unsettled' } & Concerned)
  /** What ended last comes first. */
  | ({ readonly of: 'ended'; readonly since: Date } & Concerned);

/** Whoever asked, or is in a group of the request's rule. */
interface Concerned {
  /** One human, by the user ids of all their accounts. */
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/** Which page: the first, or the one behind or before a request. */
export type Cursor = { readonly to: 'start' } | { readonly to: 'onwards' | 'back'; readonly from: number };

export const START: Cursor = { to: 'start' };

/** A bulk is one row, however many lines it has. Only where an outcome is not known, lines stand for themselves. */
export type Row = Course | BulkCourse;

export function placeOf(row: Row): number {
  return 'bulk' in row ? row.place : row.request.number;
}

export interface Page {
  readonly rows: readonly Row[];
  /** From where the next page and the one before go on; null when there is none. */
  readonly onwards: number | null;
  readonly back: number | null;
}

/** @param isWanted the last word on what the list may hold, where a query alone can't tell. */
export type ReadPage = (
  list: List,
  cursor: Cursor,
  size: number,
  isWanted?: (row: Row) => boolean,
) => Promise<Page>;

export function createReadPage(store: Pick<Records, 'selectPage'>): ReadPage {
  /** In the order of the list, whichever way it is read. */
  async function collect(
    list: List,
    cursor: Cursor,
    most: number,
    isWanted: (row: Row) => boolean,
  ): Promise<readonly Row[]> {
    const isBack = cursor.to === 'back';
    let found: readonly Row[] = [];
    for (let next = cursor; found.length < most;) {
      const batch = await store.selectPage(list, next, most);
      const wanted = batch.filter(isWanted);
      found = isBack ? [...wanted, ...found] : [...found, ...wanted];
      const edge = isBack ? batch[0] : batch.at(-1);
      if (batch.length < most || edge === undefined) break;
      next = { to: isBack ? 'back' : 'onwards', from: placeOf(edge) };
    }
    return isBack ? found.slice(-most) : found.slice(0, most);
  }

  return async function readPage(list, cursor, size, isWanted = () => true): Promise<Page> {
    // One more tells whether the list goes on.
    const found = await collect(list, cursor, size + 1, isWanted);
    const goesOn = found.length > size;
    const isBack = cursor.to === 'back';
    // A page that would be empty, or begin the list without being full, is the first.
    if (cursor.to !== 'start' && (found.length === 0 || (isBack && !goesOn)))
      return readPage(list, START, size, isWanted);
    const rows = isBack ? found.slice(1) : found.slice(0, size);
    const [first = null] = rows.slice(0, 1).map(placeOf);
    const [last = null] = rows.slice(-1).map(placeOf);
    return {
      rows,
      onwards: goesOn || isBack ? last : null,
      back: cursor.to === 'start' ? null : first,
    };
  };
}
