/** One method of the Web API: the scope it needs, the arguments it takes, and what it does. */
import { z } from 'zod';
import { read } from './refusal.ts';

export interface Method {
  /** Of the bot token; none where Slack asks for none. */
  readonly scope: string | undefined;
  /** Answers without `ok`, or throws a `Refusal`. */
  call(given: Readonly<Record<string, string>>): object;
}

export function method<S extends z.ZodType>(
  scope: string | undefined,
  args: S,
  run: (given: z.output<S>) => object,
): Method {
  return { scope, call: (given) => run(read(args, given, 'invalid_arguments')) };
}

/** Everything arrives form-encoded: nested values as JSON, numbers and booleans as text. */
export const jsonText = z.string().transform((given, context): unknown => {
  try {
    return JSON.parse(given);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
});

export const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).optional();

/** The arguments of a method that lists, and `page` to cut its list by them. */
export const paging = {
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(999).default(100),
};

export function page<T>(
  all: readonly T[],
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): { items: readonly T[]; more: { has_more: boolean; response_metadata: { next_cursor: string } } } {
  const from = cursor === undefined || cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  const next = from + limit;
  const hasMore = next < all.length;
  const nextCursor = hasMore ? Buffer.from(String(next)).toString('base64') : '';
  return {
    items: all.slice(from, next),
    more: { has_more: hasMore, response_metadata: { next_cursor: nextCursor } },
  };
}
