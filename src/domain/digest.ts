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
 * be erased one day while the digest stays provable. What a request may lack is a member only where it has it.
 */
export function describeFrozen(frozen: Frozen) {
  const { evidence, requester, rule, salt } = frozen;
  return {
    schema: 'countersign/request/2',
    id: frozen.id,
    account: frozen.account,
    provider: frozen.provider,
    payment: frozen.payment,
    details: frozen.details,
    partial: frozen.partial,
    amount: moneyText(frozen.amount),
    reason: commitmentTo(salt, frozen.reason),
    ...(frozen.ticket === null ? {} : { ticket: frozen.ticket }),
    ...(frozen.follows === null ? {} : { follows: frozen.follows }),
    ...(frozen.bulk === null ? {} : { bulk: frozen.bulk }),
    requester: { team: requester.team, user: requester.user },
    requestedAt: frozen.requestedAt.toISOString(),
    deadline: frozen.deadline.toISOString(),
    closesAt: frozen.closesAt?.toISOString() ?? null,
    evidence: {
      standing: evidence.standing,
      said: commitmentTo(salt, wordsOf(evidence)),
      amount: moneyText(evidence.amount),
      madeAt: evidence.madeAt,
      at: frozen.evidenceAt.toISOString(),
    },
    rule: {
      policy: rule.policy,
      needs: rule.needs.map(({ group, count }) => ({ group, count })),
      ...(rule.stepUp === undefined ? {} : { stepUp: rule.stepUp }),
    },
    key: frozen.key,
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
