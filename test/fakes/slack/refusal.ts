/** What Slack says no with: an error code, and for malformed arguments where in them the fault is. */
import type { z } from 'zod';

export class Refusal extends Error {
  readonly code: string;
  /** As Slack writes them: `must be less than 25 characters [json-pointer:/view/title/text]`. */
  readonly faults: readonly string[];

  constructor(code: string, faults: readonly string[] = []) {
    super([code, ...faults].join(': '));
    this.code = code;
    this.faults = faults;
  }
}

export class MissingScope extends Refusal {
  readonly needed: string;
  readonly provided: readonly string[];

  constructor(needed: string, provided: readonly string[]) {
    super('missing_scope', [needed]);
    this.needed = needed;
    this.provided = provided;
  }
}

/** Parses what the app sent, or refuses it. @param at the JSON pointer of `given` within the arguments. */
export function read<S extends z.ZodType>(schema: S, given: unknown, code: string, at = ''): z.output<S> {
  const result = schema.safeParse(given, { reportInput: true });
  if (result.success) return result.data;
  throw new Refusal(
    code,
    result.error.issues.flatMap((issue) => describeIssue(issue, at)),
  );
}

function describeIssue(issue: z.core.$ZodIssue, at: string): string[] {
  const fault = (says: string, path: readonly PropertyKey[] = issue.path) =>
    `${says} [json-pointer:${[at, ...path.map(String)].join('/')}]`;

  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => fault(`invalid additional property: ${key}`));
  }
  if (issue.code === 'invalid_type' && issue.input === undefined) {
    return [fault(`missing required field: ${String(issue.path.at(-1))}`, issue.path.slice(0, -1))];
  }
  if (issue.code === 'invalid_type') return [fault(`must be of type ${issue.expected}`)];
  if (issue.code === 'invalid_union') return [fault('unsupported type')];
  if (issue.code === 'too_big') return [fault(`no more than ${issue.maximum} items allowed`)];
  if (issue.code === 'too_small') return [fault(`no less than ${issue.minimum} items allowed`)];
  return [fault(issue.message)];
}
