/** How columns become the domain's terms. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { standings } from '../domain/evidence.ts';
import { exponentOf, type Money } from '../domain/money.ts';
import type { Person } from '../domain/person.ts';

export const MoneyJson = z
  .object({
    minor: z.string().regex(/^\d+$/),
    currency: z.string().refine((code) => exponentOf(code) !== undefined),
  })
  .transform(({ minor, currency }): Money => ({ minor: BigInt(minor), currency }));

export const EvidenceJson = z.object({
  standing: z.enum(standings),
  says: z.string(),
  amount: MoneyJson.nullable(),
  madeAt: z.string().nullable(),
  facts: z.record(z.string(), z.string()),
});

export const RuleJson = z.object({
  policy: z.string(),
  needs: z.array(z.object({ group: z.string(), count: z.number().int().positive() })),
  stepUp: z.string().exactOptional(),
});

/** A time as a column has it, or as JSON does. */
export const DateJson = z.union([
  z.date(),
  z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
]);

/** An identity column: text in the domain, which never calculates with it. */
export const Id = z.bigint().transform(String);
export const Count = z.bigint().transform(Number);

/** The key of one row's commitments to its text. */
export function newSalt(): string {
  return randomBytes(16).toString('hex');
}

/**
 * The columns that a row is read from. A statement that names them goes on when a migration adds one, also where it was
 * prepared before.
 */
export function columnsOf(row: z.ZodPipe<z.ZodObject>): string {
  return Object.keys(row.in.shape).join(', ');
}

/** JSON with every bigint as text, so that an amount never becomes a double. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );
}

/** A person as entries of the chain have them. */
export function describePerson({ team, user, alias }: Person) {
  return { team, user, ...(alias === undefined ? {} : { alias }) };
}
