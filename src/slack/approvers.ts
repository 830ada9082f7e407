/** Who of the groups could approve now: live, full members, each person once, and not whoever asks. */
import { type Aliases, aliasesOf } from '../domain/person.ts';
import type { Need } from '../domain/policy.ts';
import { type Human, humanOf, humansIn, lackingAmong, type Roster } from '../domain/roster.ts';
import type { Approvers } from '../usecases/people.ts';

/** So many are looked at at once; more only as long as places are left. */
const LOOKED_AT = 10;

/**
 * @param whyNotLive undefined for a live, full member; throws when Slack can't be asked.
 * @param except the user id of whoever asks.
 */
export async function findLive(
  needs: readonly Need[],
  roster: Roster,
  aliases: Aliases,
  except: string | undefined,
  whyNotLive: (user: string) => Promise<string | undefined>,
): Promise<Approvers> {
  const others = except === undefined ? [] : aliasesOf(except, aliases);
  const waiting = humansIn(roster, aliases)
    .filter(({ users }) => !users.some((user) => others.includes(user)))
    .toSorted((a, b) => rarity(a, roster) - rarity(b, roster));
  const live: Human[] = [];
  let isCertain = true;

  async function liveAccounts({ users }: Human): Promise<Human | undefined> {
    const found = await Promise.all(
      users.map(async (user) => {
        try {
          return (await whyNotLive(user)) === undefined ? [user] : [];
        } catch {
          isCertain = false;
          return [];
        }
      }),
    );
    const theirs = found.flat();
    return theirs.length === 0 ? undefined : humanOf(theirs, roster);
  }

  while (waiting.length > 0 && lackingAmong(needs, live).length > 0) {
    const looked = await Promise.all(waiting.splice(0, LOOKED_AT).map(liveAccounts));
    live.push(...looked.filter((human) => human !== undefined));
  }
  const lacking = [...new Set(lackingAmong(needs, live))];
  return {
    places: needs.map((need) => ({
      need,
      users: live.flatMap(({ users }) => users.find((user) => roster[need.group]?.includes(user)) ?? []),
      more: waiting.filter(({ groups }) => groups.includes(need.group)).length,
    })),
    lacking: lacking.length === 0 || isCertain ? lacking : undefined,
  };
}

/** Those of small groups come first, so that few have to be looked at. */
function rarity({ groups }: Human, roster: Roster): number {
  return Math.min(...groups.map((group) => roster[group]?.length ?? 0));
}
