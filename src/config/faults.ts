/** How faults of the configuration are told: where, and what is wanted there, never what was found. */
import type { z } from 'zod';

export class ConfigFaults extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    super(`The configuration has ${count}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** One line per issue: `countersign.yaml: accounts.shop-pl.url must be an https address`. */
export function faultsOf(source: string, error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    // What is wrong with the key of a record stands one level deeper.
    const { message } = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue;
    return [`${source}:`, pathText(issue.path), message].filter((part) => part !== '').join(' ');
  });
}

/** To be given to a parse: a key that is not there is missing, not of a wrong type. */
export const missing: z.core.$ZodErrorMap = (issue) =>
  issue.code === 'invalid_type' && issue.input === undefined ? 'is missing' : undefined;

export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`,
    )
    .join('');
}
