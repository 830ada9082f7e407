/** What verification finds wrong: the first faults in the order of the chain, and how many there are in all. */
import { NO_REQUEST } from './entry.ts';

export interface Fault {
  /** Where in the chain; a row without an entry has no place there. */
  readonly seq: number | undefined;
  /** `entry 17`, `decisions row 12`. */
  readonly subject: string;
  /** The request that it is about, if it is about one: `C-1004`, or its id while nobody told the number. */
  readonly request: string | undefined;
  /** The entry's type, and its number within its request: `decision 3`. */
  readonly place?: string;
  readonly says: string;
}

export interface Faults {
  readonly count: number;
  /** The first by place in the chain; those without a place come last. */
  readonly first: readonly Fault[];
  /** @param kind the same for what is wrong in many places for one reason: only the first of a kind is told */
  add(fault: Fault, kind?: string): void;
  /** Adds all of these, none of which has a kind. Of one place, those that are here come first. */
  include(others: Faults): void;
  /** The ids of the requests that the first are about. */
  readonly requests: readonly string[];
  /** Tells what people call a request or a bulk. */
  nameRequest(request: string, name: string): void;
}

/** @param most how many are kept, so that a record that is broken all over fits into the memory too */
export function createFaults(most: number): Faults {
  const first: Fault[] = [];
  const names = new Map<string, string>();
  const kinds = new Set<string>();
  let count = 0;
  function toName(request: string | undefined): string | undefined {
    return isOne(request) ? (names.get(request) ?? request) : undefined;
  }
  function add(fault: Fault): void {
    const after = first.findLastIndex((other) => placeOf(other) <= placeOf(fault));
    if (after + 1 === most) return;
    first.splice(after + 1, 0, fault);
    if (first.length > most) first.pop();
  }
  return {
    get count() {
      return count;
    },
    get first() {
      return first.map((fault) => ({ ...fault, request: toName(fault.request) }));
    },
    get requests() {
      return [...new Set(first.map(({ request }) => request).filter(isOne))];
    },
    nameRequest(request, name) {
      names.set(request, name);
    },
    include(others) {
      count += others.count;
      for (const fault of others.first) add(fault);
    },
    add(fault, kind) {
      count += 1;
      if (kind !== undefined && (kinds.has(kind) || kinds.size === most)) return;
      if (kind !== undefined) kinds.add(kind);
      add(fault);
    },
  };
}

function isOne(request: string | undefined): request is string {
  return request !== undefined && request !== NO_REQUEST;
}

export function sayStranger(key: string): string {
  return `by the key ${key}, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key`;
}

/** `2026-11-20 09:00 UTC` */
export function sayMoment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function placeOf({ seq = Infinity }: Fault): number {
  return seq;
}
