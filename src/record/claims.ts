/** What bodies name as before them, against what is there. */
import type { Faults } from './faults.ts';
import { type Outline, placeOf } from './outline.ts';
import type { Link, Source } from './source.ts';

export interface Claim {
  readonly link: Link;
  readonly outline: Outline;
}

/**
 * A body names an entry that was there before it, by number and hash, and its MAC protects that: so nothing before it
 * can be taken out, put in or made anew, however well it is linked afterwards.
 *
 * @param pages what of the chain is remembered
 */
export async function judgeClaims(
  source: Source,
  claims: readonly Claim[],
  pages: readonly (readonly Link[])[],
  faults: Faults,
): Promise<void> {
  const far = claims.flatMap(({ outline: { after } }) =>
    after === null || findHash(pages, after.seq) !== undefined ? [] : [after.seq],
  );
  const others = far.length === 0 ? undefined : await source.selectHashes(far);
  for (const { link, outline } of claims) {
    const { after } = outline;
    const says =
      after === null
        ? judgeBeginning(link)
        : judgeAfter(link, after, findHash(pages, after.seq) ?? others?.get(after.seq));
    // What comes after a change differs in the same way.
    if (says !== undefined) faults.add({ ...placeOf(link, outline), says }, 'after');
  }
}

function findHash(pages: readonly (readonly Link[])[], seq: number): Buffer | undefined {
  for (const page of pages) {
    const link = page[seq - (page[0]?.seq ?? 0)];
    if (link?.seq === seq) return link.hash;
  }
  return undefined;
}

function judgeBeginning({ seq }: Link): string | undefined {
  return seq === 1 ? undefined : 'its body is the first one of a chain';
}

function judgeAfter(
  { seq }: Link,
  after: { readonly seq: number; readonly hash: string },
  hash: Buffer | undefined,
): string | undefined {
  if (after.seq >= seq)
    return `its body comes after an entry ${after.seq}: something before it was taken out`;
  if (hash?.toString('hex') === after.hash) return undefined;
  return `its body comes after another entry ${after.seq} than there is now: that was changed, moved or taken out`;
}
