/** Who could approve, as forms say it. */
import { formatMoney } from '../domain/money.ts';
import type { Tier } from '../domain/tiers.ts';
import {
  approversText,
  conditionText,
  mayNotAskText,
  nobodyApprovesText,
  notAnAskerText,
} from '../language/policy.ts';
import type { TurnedAway } from '../usecases/admit.ts';
import type { Prospect } from '../usecases/foresee.ts';
import type { Approvers } from '../usecases/people.ts';
import { code } from './inert.ts';
import { mention } from './look.ts';

const MOST_NAMED = 5;
const MOST_AMOUNTS = 3;
/** A section takes 3,000 characters. */
const MOST_CHARACTERS = 2_500;

/** `1 of finance (@pavel) and 1 of risk (@lena)` */
export function sayApprovers({ places, lacking }: Approvers): string {
  const words = places.map(({ need: { group, count }, users, more }) => ({
    count,
    group: code(group),
    people: users.slice(0, MOST_NAMED).map((user) => mention({ team: '', user })),
    more: more + Math.max(0, users.length - MOST_NAMED),
  }));
  return approversText(words, lacking?.map(code) ?? null);
}

/** A line for each tier that may apply; of very many, the first. */
export function sayProspects(prospects: readonly Prospect[]): string {
  const [only] = prospects;
  if (only !== undefined && prospects.length === 1) return sayApprovers(only.approvers);
  const lines = prospects.map(({ tier, approvers }) => `• ${titleOf(tier)}: ${sayApprovers(approvers)}`);
  let length = 0;
  const fitting = lines.filter((line) => (length += line.length + 1) <= MOST_CHARACTERS);
  return [...fitting, ...(fitting.length < lines.length ? ['…'] : [])].join('\n');
}

function titleOf({ name, upTo = [], part, tickets = [] }: Tier): string {
  const amounts = upTo.slice(0, MOST_AMOUNTS).map(formatMoney);
  const more = upTo.length > MOST_AMOUNTS ? ['…'] : [];
  const condition = conditionText({ amounts: [...amounts, ...more], part: part ?? null, tickets });
  return name === undefined ? condition : `${condition} (${code(name)})`;
}

export function turnedAwayText(turnedAway: TurnedAway): string {
  switch (turnedAway.type) {
    case 'not_live':
      return mayNotAskText(turnedAway.why);
    case 'not_an_asker':
      return notAnAskerText(turnedAway.groups.map(code));
    case 'nobody_approves':
      return nobodyApprovesText({
        needs: turnedAway.needs.map(({ group, count }) => ({ group: code(group), count })),
        lacking: turnedAway.lacking.map(code),
      });
  }
}
