/** What a run found: a line for each sequence, a table at the end, and one JSON object for machines. */
import { kinds, type Plan } from './plan.ts';
import type { Result } from './sequence.ts';

export interface Totals {
  sequences: number;
  faults: Record<string, number>;
  requests: number;
  /** Of which so many stood in bulks, and how often somebody froze, counted. */
  bulks: number;
  lines: number;
  freezes: number;
  provider_effects: number;
  double_effects: number;
  lost_decisions: number;
  law_breaks: number;
  chain_breaks: number;
  longest_to_true_state_ms: number;
}

export function createTotals(): Totals {
  return {
    sequences: 0,
    faults: Object.fromEntries(kinds.map((kind) => [kind, 0])),
    requests: 0,
    bulks: 0,
    lines: 0,
    freezes: 0,
    provider_effects: 0,
    double_effects: 0,
    lost_decisions: 0,
    law_breaks: 0,
    chain_breaks: 0,
    longest_to_true_state_ms: 0,
  };
}

export function add(totals: Totals, result: Result): void {
  totals.sequences += 1;
  for (const kind of result.faults) totals.faults[kind] = (totals.faults[kind] ?? 0) + 1;
  totals.requests += result.requests;
  totals.bulks += result.bulks;
  totals.lines += result.lines;
  totals.freezes += result.freezes;
  totals.provider_effects += result.effects;
  for (const { kind } of result.breaks) {
    if (kind === 'double_effect') totals.double_effects += 1;
    else if (kind === 'lost_decision') totals.lost_decisions += 1;
    else totals.law_breaks += 1;
  }
  totals.chain_breaks += result.chainFaults.length;
  totals.longest_to_true_state_ms = Math.max(totals.longest_to_true_state_ms, result.toTrueStateMs);
}

export function isClean(totals: Totals): boolean {
  const { double_effects, lost_decisions, law_breaks, chain_breaks } = totals;
  return double_effects + lost_decisions + law_breaks + chain_breaks === 0;
}

export function sequenceLine(n: number, { processes }: Plan, result: Result): string {
  const { faults, requests, bulks, lines, freezes, effects, toTrueStateMs, states } = result;
  const became = Object.entries(states).map(([state, count]) => `${count} ${state}`);
  return (
    `#${n}  ${processes} processes, ${requests} requests (${lines} in ${bulks} bulks), ${freezes} freezes, ` +
    `${effects} effects, true after ` +
    `${(toTrueStateMs / 1000).toFixed(1)} s  |  ${became.join(', ')}  |  ${faults.join(', ') || 'no fault struck'}`
  );
}

/** @param which of the runs it was, as an argument of the command */
export function failureText(which: string, n: number, { breaks, chainFaults, story }: Result): string {
  return [
    ...chainFaults.map((says) => `  chain_break: ${says}`),
    ...breaks.map(({ kind, name, says }) => `  ${kind}: ${name}: ${says}`),
    `  replay: npm run torture -- ${which} --sequence ${n}`,
    ...story.map((line) => `    ${line}`),
  ].join('\n');
}

export function totalsText(totals: Totals): string {
  const struck = Object.entries(totals.faults).map(([kind, count]) => `  ${kind.padEnd(20)} ${count}`);
  return [
    '',
    `${totals.sequences} sequences, ${totals.requests} requests, ${totals.lines} of them in ${totals.bulks} bulks, ` +
      `${totals.freezes} freezes, ${totals.provider_effects} cancellations at providers`,
    'Faults that struck:',
    ...struck,
    `Double effects ${totals.double_effects}, lost decisions ${totals.lost_decisions}, breaks of the law ` +
      `${totals.law_breaks}, of the chain ${totals.chain_breaks}`,
    `Longest until everything was in a true state: ${(totals.longest_to_true_state_ms / 1000).toFixed(1)} s on the app's clock`,
    '',
  ].join('\n');
}
