/** What the house's tickets look like, in `countersign.yaml`. */
import { createRequire } from 'node:module';
import type { RE2JS } from 're2js';
import { z } from 'zod';
import { anyTicket, type TicketRule } from '../domain/ticket.ts';

const require = createRequire(import.meta.url);

/** Loaded where there is a pattern: it takes 5 ms of a start, and 4 MiB for as long as the process runs. */
const loadEngine = () => Engine.parse(require('re2js'));
const Engine = z.object({ RE2JS: z.custom<typeof RE2JS>((engine) => typeof engine === 'function') });

/**
 * Matched in time that is linear in the text: with a pattern such as `(a+)+b`, JavaScript's own engine would keep the
 * process busy for years, and a limit of time would refuse good tickets on a machine that is busy.
 */
const Pattern = z.string().transform((source, context) => {
  const { RE2JS } = loadEngine();
  try {
    return RE2JS.compile(RE2JS.translateRegExp(source));
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be a regular expression without look-around and back-references, such as HELP-\\d+',
    });
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
    fits: pattern === undefined ? anyTicket.fits : (text) => pattern.testExact(text),
  }))
  .default(anyTicket);
