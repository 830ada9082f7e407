/** A draft whose evidence is complete becomes a bulk: its lines are frozen, and all of it is recorded in one transaction. */
import { randomBytes } from 'node:crypto';
import type { Bulk } from '../domain/bulk.ts';
import { addSeconds, wallTime } from '../domain/clock.ts';
import { digestOf } from '../domain/digest.ts';
import type { Rule } from '../domain/policy.ts';
import type { Provider } from '../domain/provider.ts';
import { strictestOf } from '../domain/strictest.ts';
import { ruleOf, type Tier, tierFor } from '../domain/tiers.ts';
import { totalsOf } from '../domain/totals.ts';
import { createAdmit, type TurnedAway } from './admit.ts';
import type { Line } from './bulkPorts.ts';
import type { Draft, DraftLine, LineFault } from './draft.ts';
import { type GoodLine, judgeLines } from './judgeLines.ts';
import { providerOf } from './lookUpAgain.ts';
import { newId } from './ids.ts';
import type { World } from './ports.ts';

type MadeBulk =
  | { readonly type: 'made'; readonly bulk: Bulk }
  /** It was made or left a moment ago. */
  | { readonly type: 'gone' }
  /** Who asks may not, or nobody could approve. */
  | { readonly type: 'turned_away'; readonly turnedAway: TurnedAway }
  /** Nothing was made; so many others could be asked for. */
  | { readonly type: 'faulty'; readonly faults: readonly LineFault[]; readonly others: number };

/** @param leaving whether what can't be asked for is left out, because the requester said so. */
export type MakeBulk = (
  draft: Draft,
  lines: readonly DraftLine[],
  leaving: { readonly faulty: boolean },
) => Promise<MadeBulk>;

/** Thrown so that nothing of the transaction is kept. */
class SomebodyWasFaster extends Error {}

export function createMakeBulk(world: World): MakeBulk {
  const { store } = world;
  const admit = createAdmit(world);

  async function record(draft: Draft, good: readonly GoodLine[], terms: Terms): Promise<Bulk | undefined> {
    const lines = freezeLines(draft, good, terms);
    const [{ bulk: id, requester, requestedAt, deadline, rule }] = lines;
    return store.transaction(async (records) => {
      const locked = await records.lockDraft(draft.id);
      if (locked === undefined || locked.bulk !== null) return undefined;
      const frozen = { id, account: draft.account, requester, requestedAt, deadline, rule };
      const bulk = await records.insertBulk({ ...frozen, lines: lines.map(digestOf) }, lines);
      if (bulk === undefined) throw new SomebodyWasFaster();
      await records.saveMade(draft.id, id);
      await records.enqueue({ name: 'announce-bulk', bulk: id });
      await records.enqueue({ name: 'draft', draft: draft.id });
      return bulk;
    });
  }

  return async function make(draft, lines, leaving) {
    const { good, faults } = await judgeLines(world, draft, lines);
    if (!isSome(good) || (faults.length > 0 && !leaving.faulty)) {
      return { type: 'faulty', faults, others: good.length };
    }
    const terms = termsOf(world, draft, good);
    for (const tier of terms.tiers) {
      const asking = { account: draft.account, payment: good[0].target.payment, requester: draft.requester };
      const admission = await admit(asking, { ...tier, needs: terms.rule.needs });
      if (!admission.admitted) return { type: 'turned_away', turnedAway: admission.turnedAway };
    }
    try {
      const bulk = await record(draft, good, terms);
      return bulk === undefined ? { type: 'gone' } : { type: 'made', bulk };
    } catch (error) {
      // The next look finds whose request that is.
      if (error instanceof SomebodyWasFaster) return make(draft, lines, leaving);
      throw error;
    }
  };
}

/** What all lines have in common, besides what the draft says. */
interface Terms {
  readonly tiers: readonly Tier[];
  readonly rule: Rule;
  readonly provider: Provider;
  readonly requestedAt: Date;
  readonly deadline: Date;
}

function termsOf(world: World, { account }: Draft, good: readonly GoodLine[]): Terms {
  const provider = providerOf(world.providers, { account });
  const requestedAt = world.now();
  const tiers = [...tiersOf(world, account, good, requestedAt, provider)];
  const usual = addSeconds(requestedAt, shortestOf(tiers, world.deadlineSeconds));
  const deadline = deadlineOf(good, usual);
  return { tiers, rule: ruleOfAll(world, tiers), provider, requestedAt, deadline };
}

function isSome<Item>(items: readonly Item[]): items is readonly [Item, ...Item[]] {
  return items.length > 0;
}

type Frozen = readonly [Line & { readonly bulk: string }, ...Line[]];

function freezeLines(
  draft: Draft,
  good: readonly GoodLine[],
  { provider, requestedAt, deadline, rule }: Terms,
): Frozen {
  const { account, reason, ticket, requester } = draft;
  const common = {
    account,
    provider: provider.name,
    reason,
    ticket,
    follows: null,
    bulk: newId(requestedAt),
    requester,
    requestedAt,
    deadline,
    rule,
  };
  const [first, ...others] = good.map((line) => ({
    ...common,
    id: newId(requestedAt),
    payment: line.target.payment,
    details: line.target.details,
    partial: line.target.part !== null,
    amount: line.amount,
    salt: randomBytes(16).toString('hex'),
    closesAt: line.closesAt,
    evidence: line.answer.evidence,
    evidenceAt: line.answer.at,
    key: line.key,
  }));
  if (first === undefined) throw new Error('a bulk has at least one line');
  return [first, ...others];
}

/** As long as one line can be cancelled there is something to decide; one that closes before lapses by itself. */
function deadlineOf(lines: readonly GoodLine[], usual: Date): Date {
  const latest = Math.max(...lines.map((line) => line.closesAt?.getTime() ?? Infinity));
  return latest < usual.getTime() ? new Date(latest) : usual;
}

/**
 * Those that apply to the total of each currency, of each kind of line. Whole payments count: a part is what the requester
 * says, and must not loosen anything.
 */
function tiersOf(
  { policy }: World,
  account: string,
  lines: readonly GoodLine[],
  at: Date,
  provider: Provider,
) {
  const { money, withoutAmount } = totalsOf(lines.map(({ answer }) => answer.evidence.amount));
  const amounts = [...(withoutAmount > 0 ? [null] : []), ...money];
  const kinds = new Map(
    lines.map(({ target: { part, ticketKind } }) => [
      `${part !== null} ${ticketKind}`,
      { partial: part !== null, ticketKinds: ticketKind === undefined ? [] : [ticketKind] },
    ]),
  );
  const beginning = { account, provider: provider.name, timeIn: (zone: string) => wallTime(at, zone) };
  return new Set(
    amounts.flatMap((amount) =>
      [...kinds.values()].map((kind) => tierFor(policy, { ...beginning, ...kind, amount })),
    ),
  );
}

/** As strict as each of them. */
function ruleOfAll({ policy }: World, tiers: readonly Tier[]): Rule {
  const [first, ...others] = tiers.map((tier) => ruleOf(policy, tier));
  if (first === undefined) throw new Error('a bulk has at least one amount');
  return strictestOf([first, ...others]);
}

function shortestOf(tiers: readonly Tier[], usual: number): number {
  return Math.min(...tiers.map(({ deadlineSeconds = usual }) => deadlineSeconds));
}
