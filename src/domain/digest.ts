/** The digest: SHA-256 over everything that an approver is shown. What differs in anything differs in this. */
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical.ts';
import type { Money } from './money.ts';
import type { Frozen } from './request.ts';

/** 64 hex digits. */
export function digestOf(frozen: Frozen): string {
  const { evidence, requester, rule } = frozen;
  return createHash('sha256')
    .update(
      canonicalJson({
        schema: 'countersign/request/1',
        id: frozen.id,
        account: frozen.account,
        provider: frozen.provider,
        payment: frozen.payment,
        details: frozen.details,
        partial: frozen.partial,
        amount: moneyText(frozen.amount),
        reason: frozen.reason,
        requester: { team: requester.team, user: requester.user },
        requestedAt: frozen.requestedAt.toISOString(),
        deadline: frozen.deadline.toISOString(),
        closesAt: frozen.closesAt?.toISOString() ?? null,
        evidence: {
          standing: evidence.standing,
          says: evidence.says,
          amount: moneyText(evidence.amount),
          madeAt: evidence.madeAt,
          facts: evidence.facts,
          at: frozen.evidenceAt.toISOString(),
        },
        rule: { policy: rule.policy, needs: rule.needs.map(({ group, count }) => ({ group, count })) },
        key: frozen.key,
      }),
    )
    .digest('hex');
}

/** The first digits, for people to compare: `9f3a 7c21 04be`. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12).replace(/(.{4})(?=.)/g, '$1 ');
}

function moneyText(money: Money | null): string | null {
  return money === null ? null : `${money.minor} ${money.currency}`;
}
