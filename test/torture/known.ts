/** What the law knows of everything that was asked and frozen, for the commands of the model. Times are in milliseconds. */
import type { Act as Decided } from '../../src/domain/decide.ts';

interface Asked {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly needed: number;
  readonly deadline: number;
  approvers: readonly string[];
  approvedAt: number;
}

export interface Known extends Asked {
  readonly payment: string;
  state: string;
  sentAt: number;
}

export interface KnownBulk extends Asked {
  /** A line each. */
  readonly payment: string;
  /** In the order of the list. */
  states: readonly string[];
  isHalted: boolean;
  isStopped: boolean;
  /** Whether sending it was tried before, so that a line may have to wait for its next turn. */
  wasTried: boolean;
}

export interface KnownFreeze {
  readonly id: string;
  /** `all`, an account, or a person's id. */
  readonly what: string;
  lifters: readonly string[];
}

export interface Law {
  readonly requests: Known[];
  readonly bulks: KnownBulk[];
  /** Those that stand. */
  freezes: readonly KnownFreeze[];
}

export const REQUESTER = 'U_MARIA';
export const ACCOUNT = 'shop-pl';
export const person = (user: string) => ({ team: 'T_ACME', user });

/** Whether a freeze stops it, or would if these people too had approved it. */
export function isStopped(
  { freezes }: Pick<Law, 'freezes'>,
  { approvers }: Pick<Asked, 'approvers'>,
  ...more: readonly string[]
): boolean {
  const people = [REQUESTER, ...approvers, ...more];
  return freezes.some(({ what }) => what === 'all' || what === ACCOUNT || people.includes(what));
}

export function isFrozen({ freezes }: Pick<Law, 'freezes'>, user: string): boolean {
  return freezes.some(({ what }) => what === user);
}

export type Act = 'approve' | 'reject' | 'withdraw';

/** The states that the law allows what waits when somebody decides on it. */
export function afterDeciding(
  law: Law,
  known: Asked,
  { user, type, slackAnswers }: { readonly user: string; readonly type: Act; readonly slackAnswers: boolean },
  now: number,
): string {
  if (now >= known.deadline) return 'expired';
  if (type === 'withdraw') return user === REQUESTER ? 'withdrawn' : 'pending';
  if (user === REQUESTER || !slackAnswers || isFrozen(law, user)) return 'pending';
  if (type === 'reject') return 'rejected';
  if (isStopped(law, known, user)) return 'pending';
  return new Set([...known.approvers, user]).size >= known.needed ? 'approved' : 'pending';
}

export function actOf(type: Act, saw: string): Decided {
  switch (type) {
    case 'approve':
      return { type, saw, note: null };
    case 'reject':
      return { type, note: 'Not so' };
    case 'withdraw':
      return { type };
  }
}
