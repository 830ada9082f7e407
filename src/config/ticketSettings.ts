/** What the house's tickets look like, in `countersign.yaml`. */
import { createContext, Script } from 'node:vm';
import { z } from 'zod';
import { anyTicket, type TicketRule } from '../domain/ticket.ts';

/** A pattern that takes longer for one short text is of the kind that could take for ever. */
const MATCH_WITHIN_MS = 50;

const MATCH = new Script('pattern.test(text)');

const Pattern = z.string().transform((source, context) => {
  try {
    // Of the whole text, whether or not the pattern says so; and alone first, so that no ) closes our bracket.
    return new RegExp(`^(?:${new RegExp(source, 'u').source})$`, 'u');
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a regular expression, such as HELP-\\d+' });
    return z.NEVER;
  }
});

export const TicketSettings = z
  .strictObject({
    pattern: Pattern.optional(),
    hint: z.string().min(1).max(150).optional(),
    required: z.boolean().default(false),
  })
  .refine(({ pattern, hint }) => pattern === undefined || hint !== undefined, {
    path: ['hint'],
    message: 'is missing: people read it, not the pattern, so say in words what a ticket looks like',
  })
  .transform(({ pattern, hint, required }): TicketRule => ({
    required,
    looksLike: hint ?? null,
    fits: pattern === undefined ? anyTicket.fits : (text) => isMatch(pattern, text),
  }))
  .default(anyTicket);

/** Within a limit of time, because a pattern such as `(a+)+b` would keep the process busy for years. */
function isMatch(pattern: RegExp, text: string): boolean {
  try {
    return MATCH.runInContext(createContext({ pattern, text }), { timeout: MATCH_WITHIN_MS }) === true;
  } catch {
    return false;
  }
}
