/** What verification finds wrong: the first faults in the order of the chain, and how many there are in all. */
import { nameOf } from '../domain/request.ts';

export interface Fault {
  /** Where in the chain; a row without an entry has no place there. */
  readonly seq: number | undefined;
  /** `entry 17`, `decisions row 12`. */
  readonly subject: string;
  /** The request that it is about, if it is about one: `C-1004`, or its id while nobody told the number. */
  readonly request: string | undefined;
  /** The entry's number within its request and its type, where it is about an entry. */
  readonly place?: string;
  readonly says: string;
}

export interface Faults {
  readonly count: number;
  /** The first by place in the chain; those without a place come last. */
  readonly first: readonly Fault[];
  add(fault: Fault): void;
  /** Tells the short number of a request, which the chain by itself does not say. */
  nameRequest(request: string, number: number): void;
}

/** @param most how many are kept, so that a record that is broken all over fits into the memory too */
export function createFaults(most: number): Faults {
  const first: Fault[] = [];
  const names = new Map<string, string>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    get first() {
      return first.map(({ request, ...fault }) => ({
        ...fault,
        request: request && (names.get(request) ?? request),
      }));
    },
    nameRequest(request, number) {
      if (first.some((fault) => fault.request === request)) names.set(request, nameOf({ number }));
    },
    add(fault) {
      count += 1;
      const after = first.findLastIndex((other) => placeOf(other) <= placeOf(fault));
      if (after + 1 === most) return;
      first.splice(after + 1, 0, fault);
      if (first.length > most) first.pop();
    },
  };
}

function placeOf({ seq = Infinity }: Fault): number {
  return seq;
}
