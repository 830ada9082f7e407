/** A draft whose evidence is complete becomes a bulk: its lines are frozen, and all of it is recorded in one transaction. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Bulk } from '../domain/bulk.ts';
import { addSeconds } from '../domain/clock.ts';
import { digestOf } from '../domain/digest.ts';
import { ruleFor, type Rule } from '../domain/policy.ts';
import { strictestOf } from '../domain/strictest.ts';
import { totalsOf } from '../domain/totals.ts';
import type { Line } from './bulkPorts.ts';
import type { Draft, DraftLine, LineFault } from './draft.ts';
import { type GoodLine, judgeLines } from './judgeLines.ts';
import { providerOf } from './lookUpAgain.ts';
import type { World } from './ports.ts';

export type MadeBulk =
  | { readonly type: 'made'; readonly bulk: Bulk }
  /** It was made or left a moment ago. */
  | { readonly type: 'gone' }
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

  async function record(draft: Draft, good: readonly GoodLine[]): Promise<Bulk | undefined> {
    const lines = freezeLines(world, draft, good);
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
    if (good.length === 0 || (faults.length > 0 && !leaving.faulty)) {
      return { type: 'faulty', faults, others: good.length };
    }
    try {
      const bulk = await record(draft, good);
      return bulk === undefined ? { type: 'gone' } : { type: 'made', bulk };
    } catch (error) {
      // The next look finds whose request that is.
      if (error instanceof SomebodyWasFaster) return make(draft, lines, leaving);
      throw error;
    }
  };
}

type Frozen = readonly [Line & { readonly bulk: string }, ...Line[]];

function freezeLines(world: World, draft: Draft, good: readonly GoodLine[]): Frozen {
  const { account, reason, ticket, requester } = draft;
  const requestedAt = world.now();
  const common = {
    account,
    provider: providerOf(world.providers, { account }).name,
    reason,
    ticket,
    follows: null,
    bulk: randomUUID(),
    requester,
    requestedAt,
    deadline: deadlineOf(good, addSeconds(requestedAt, world.deadlineSeconds)),
    rule: ruleOf(world, account, good),
  };
  const [first, ...others] = good.map((line) => ({
    ...common,
    id: randomUUID(),
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

/** By the total of each currency, and of whole payments: a part is what the requester says, and must not loosen the rule. */
function ruleOf({ policy }: World, account: string, lines: readonly GoodLine[]): Rule {
  const { money, withoutAmount } = totalsOf(lines.map(({ answer }) => answer.evidence.amount));
  const [first, ...others] = [...(withoutAmount > 0 ? [null] : []), ...money];
  const rule = (amount = first ?? null) => ruleFor(policy, account, amount);
  return strictestOf([rule(), ...others.map((amount) => rule(amount))]);
}
