/** One rule for several amounts: as strict as each of the rules that apply to one of them. */
import type { Need, Rule } from './policy.ts';

/**
 * Of each group as many as any of them asks for, and everything that any of them wants confirmed. Where one of them is
 * the strictest, that is the one; where none is, whoever satisfies this one satisfies them all.
 */
export function strictestOf([first, ...others]: readonly [Rule, ...Rule[]]): Rule {
  const rules = [first, ...others];
  const stepUps = new Set(rules.flatMap(({ stepUp }) => stepUp ?? []));
  return {
    policy: first.policy,
    needs: mostOf(rules.flatMap(({ needs }) => needs)),
    ...(stepUps.size === 0 ? {} : { stepUp: [...stepUps].join(' ') }),
  };
}

function mostOf(needs: readonly Need[]): readonly Need[] {
  const counts = new Map<string, number>();
  for (const { group, count } of needs) counts.set(group, Math.max(count, counts.get(group) ?? 0));
  return Array.from(counts, ([group, count]) => ({ group, count }));
}
