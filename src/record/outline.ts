/** What of a body is needed to see its place in the chain. The whole of it is read where its request is judged. */
import { z } from 'zod';
import type { Link } from './source.ts';

const Outline = z.object({
  key: z.string(),
  request: z.string(),
  n: z.number(),
  type: z.string(),
  after: z.object({ seq: z.number(), hash: z.string() }).nullable(),
});
export type Outline = z.infer<typeof Outline>;

/** Undefined for what no entry ever was. */
export function readOutline({ parsed }: Pick<Link, 'parsed'>): Outline | undefined {
  return Outline.safeParse(parsed).data;
}

/** Where a fault is, for the one who reads of it. */
export function placeOf({ seq, request, n }: Link, outline: Outline | undefined) {
  return { seq, subject: `entry ${seq}`, request, place: `${outline?.type ?? 'unreadable'} ${n}` };
}
