/** What a benchmark finds: a cost of ours beside the floor that the same machine has in the same run. */
export interface Row {
  readonly case: string;
  /** Of floor and ours: `ms`, `requests/s`, `rows/s`, `MiB`. */
  readonly unit: string;
  /** What the bare thing takes or does. */
  readonly floor: number;
  readonly ours: number;
  readonly target: Target;
}

/** What `ours / floor` should be. */
export type Target = { readonly atMost: number } | { readonly atLeast: number };

export interface Judged extends Row {
  readonly ratio: number;
  readonly isMet: boolean;
}

export interface Bench {
  readonly name: string;
  /** Yields each row as soon as it is measured. @param size `full` goes to the largest sizes, and takes its time. */
  run(size: 'usual' | 'full'): AsyncIterable<Row>;
}

export function judge(row: Row): Judged {
  const ratio = row.ours / row.floor;
  const { target } = row;
  return { ...row, ratio, isMet: 'atMost' in target ? ratio <= target.atMost : ratio >= target.atLeast };
}
