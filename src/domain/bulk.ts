/** A bulk: requests of one account that are asked for, decided and sent together. Each of its lines is a request by itself. */
import { createHash } from 'node:crypto';
import { type Canonical, canonicalJson } from './canonical.ts';
import type { Person } from './person.ts';
import type { Rule } from './policy.ts';
import type { State } from './request.ts';

/** What an approver is shown and the digest covers, together with every line by its own digest. It never changes. */
export interface FrozenBulk {
  readonly id: string;
  readonly account: string;
  readonly requester: Person;
  readonly requestedAt: Date;
  readonly deadline: Date;
  /** By the totals, and the same in every line. */
  readonly rule: Rule;
  /** The digests of the lines, in their order. */
  readonly lines: readonly string[];
}

export interface Bulk extends FrozenBulk {
  /** The short number that people say aloud: 1001 for B-1001. */
  readonly number: number;
  readonly digest: string;
}

/** How many payments one bulk may have. */
export const LINES_MAX = 1000;

/** 64 hex digits. Free text is in it only as the lines' digests cover it. */
export function bulkDigestOf(frozen: FrozenBulk): string {
  return createHash('sha256')
    .update(canonicalJson(describeBulk(frozen)))
    .digest('hex');
}

/** What the digest is taken of, and what the record's chain keeps. */
export function describeBulk({ id, account, requester, requestedAt, deadline, rule, lines }: FrozenBulk) {
  return {
    schema: 'countersign/bulk/1',
    id,
    account,
    requester: { team: requester.team, user: requester.user },
    requestedAt: requestedAt.toISOString(),
    deadline: deadline.toISOString(),
    rule: {
      policy: rule.policy,
      needs: rule.needs.map(({ group, count }) => ({ group, count })),
      ...(rule.stepUp === undefined ? {} : { stepUp: rule.stepUp }),
    },
    lines: [...lines],
  } as const satisfies Canonical;
}

/** The name that people use: `B-1001`. */
export function bulkNameOf({ number }: Pick<Bulk, 'number'>): string {
  return `B-${number}`;
}

/** Reads `B-1001` or `b1001`; undefined for anything else, also for the number of a request. */
export function readBulkNumber(text: string): number | undefined {
  const digits = /^b-?(\d{1,12})$/i.exec(text)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The files of a bulk: the frozen list; what became of it when all was sent, and when all was known. */
export const bulkFiles = ['list', 'result', 'settled'] as const;
export type BulkFile = (typeof bulkFiles)[number];

/** Where a bulk stands. It follows from its lines, and from whether sending was halted last. */
export type BulkState = 'pending' | 'sending' | 'paused' | 'ended';

export function bulkStateOf(lines: readonly { readonly state: State }[], isHalted: boolean): BulkState {
  const has = (...states: readonly State[]) => lines.some(({ state }) => states.includes(state));
  if (has('pending')) return 'pending';
  if (!has('approved', 'sending')) return 'ended';
  return isHalted ? 'paused' : 'sending';
}

/** A bulk as far as it is decided on like a request: what is asked, and whether it waits. */
export function asRequest(bulk: Bulk, state: BulkState) {
  return { ...bulk, state: state === 'pending' ? 'pending' : 'approved' } as const;
}
