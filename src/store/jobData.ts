/** What the jobs of the queue carry: what they are about, and the trace that led to them. */
import { z } from 'zod';
import { kinds } from '../domain/summary.ts';
import { Carrier } from '../monitoring/trace.ts';

export const OfRequest = z.object({ request: z.uuid() });
export type OfRequest = z.infer<typeof OfRequest>;
export const OfBulk = z.object({ bulk: z.uuid() });
export type OfBulk = z.infer<typeof OfBulk>;
export const OfDraft = z.object({ draft: z.uuid() });
export type OfDraft = z.infer<typeof OfDraft>;
/** A job of version 0.2 is of a day. */
export const OfSummary = z.object({ kind: z.enum(kinds).default('day'), date: z.iso.date() });
export type OfSummary = z.infer<typeof OfSummary>;
export const OfHome = z.object({ user: z.string() });
export type OfHome = z.infer<typeof OfHome>;
export const OfNotice = z.object({ account: z.string(), notice: z.string() });
export type OfNotice = z.infer<typeof OfNotice>;
export const OfFreeze = z.object({ freeze: z.uuid() });
export type OfFreeze = z.infer<typeof OfFreeze>;

export interface JobHead {
  readonly queue: string;
  /** By which of its data. */
  readonly about: 'request' | 'bulk' | 'neither';
  /** Of what led to it, where traces are wanted. */
  readonly trace: Carrier | undefined;
}

/** Runs the work of a job, and passes on what it throws. */
export type RunJob = (head: JobHead, work: () => Promise<void>) => Promise<void>;

export const Traced = z.object({ trace: Carrier.optional() }).loose();
const PerhapsTraced = Traced.catch({});

export function headOf(queue: string, data: unknown): JobHead {
  const { trace } = PerhapsTraced.parse(data);
  if (OfRequest.safeParse(data).success) return { queue, about: 'request', trace };
  return { queue, about: OfBulk.safeParse(data).success ? 'bulk' : 'neither', trace };
}
