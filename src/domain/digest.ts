/** The digest: SHA-256 over everything that an approver is shown. What differs in anything differs in this. */
import { createHash } from 'node:crypto';
import { type Canonical, canonicalJson } from './canonical.ts';
import { commitmentTo } from './commitment.ts';
import type { Evidence } from './evidence.ts';
import { moneyText } from './money.ts';
import type { Frozen } from './request.ts';

/** 64 hex digits. */
export function digestOf(frozen: Frozen): string {
  return createHash('sha256')
    .update(canonicalJson(describeFrozen(frozen)))
    .digest('hex');
}

/**
 * What the digest is taken of, and what the record's chain keeps. Free text is in it as commitments, so that it can
 * be erased one day while the digest stays provable. What a request may lack is a member only where it has it. Its members
 * are in the order of canonical JSON, which then need not be made.
 */
export function describeFrozen(frozen: Frozen) {
  const { evidence, requester, rule, salt } = frozen;
  return {
    account: frozen.account,
    amount: moneyText(frozen.amount),
    ...(frozen.bulk === null ? {} : { bulk: frozen.bulk }),
    closesAt: frozen.closesAt?.toISOString() ?? null,
    deadline: frozen.deadline.toISOString(),
    details: frozen.details,
    evidence: {
      amount: moneyText(evidence.amount),
      at: frozen.evidenceAt.toISOString(),
      madeAt: evidence.madeAt,
      said: commitmentTo(salt, wordsOf(evidence)),
      standing: evidence.standing,
    },
    ...(frozen.follows === null ? {} : { follows: frozen.follows }),
    id: frozen.id,
    key: frozen.key,
    partial: frozen.partial,
    payment: frozen.payment,
    provider: frozen.provider,
    reason: commitmentTo(salt, frozen.reason),
    requestedAt: frozen.requestedAt.toISOString(),
    requester: { team: requester.team, user: requester.user },
    rule: {
      needs: rule.needs.map(({ group, count }) => ({ count, group })),
      policy: rule.policy,
      ...(rule.stepUp === undefined ? {} : { stepUp: rule.stepUp }),
    },
    schema: 'countersign/request/2',
    ...(frozen.ticket === null ? {} : { ticket: frozen.ticket }),
  } as const satisfies Canonical;
}

/** The free text of evidence, as its commitment covers it. */
export function wordsOf({ says, facts }: Pick<Evidence, 'says' | 'facts'>): string {
  return canonicalJson({ facts, says });
}

/** The first digits, for people to compare: `9f3a 7c21 04be`. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12).replace(/(.{4})(?=.)/g, '$1 ');
}
