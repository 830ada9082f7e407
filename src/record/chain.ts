/** The chain by itself: nothing missing, nothing moved, and every body made by one who had a key. */
import { z } from 'zod';
import { GENESIS, hashOf } from './entry.ts';
import type { Fault, Faults } from './faults.ts';
import type { Keyring } from './keys.ts';
import type { Link, Source } from './source.ts';

/** What of a body is needed here. The whole of it is read, and has to be canonical, where its request is judged. */
const Outline = z.object({
  key: z.string(),
  request: z.string(),
  n: z.number(),
  type: z.string(),
  after: z.object({ seq: z.number(), hash: z.string() }).nullable(),
});
type Outline = z.infer<typeof Outline>;

export interface KeyUse {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly entries: number;
}

export interface Chain {
  readonly entries: number;
  /** The number of the last entry, 0 where there is none. */
  readonly end: number;
  readonly keys: readonly KeyUse[];
}

/** The entry before: its hash as it stands there, and as it ought to be. */
interface Before {
  readonly seq: number;
  readonly hash: Buffer;
  readonly due: Buffer;
}

/** An entry names an earlier one that is too far back to be remembered. */
interface Claim {
  readonly link: Link;
  readonly outline: Outline;
  readonly seq: number;
  readonly hash: string;
}

export async function verifyChain(source: Source, keyring: Keyring, faults: Faults): Promise<Chain> {
  const uses = new Map<string, KeyUse>();
  let entries = 0;
  let before: Before = { seq: 0, hash: GENESIS, due: GENESIS };
  let pageBefore: readonly Link[] = [];
  for await (const page of source.readLinks()) {
    const claims: Claim[] = [];
    for (const link of page) {
      const outline = readOutline(link.body);
      const due = hashOf(link.prev, link.mac, link.body);
      const says =
        judgeLink(link, before) ??
        judgeBody(link, outline, due, keyring) ??
        (outline && judgeAfter(link, outline, [page, pageBefore], claims));
      if (link.seq > before.seq + 1) faults.add(gap(before.seq + 1, link.seq - 1));
      if (says !== undefined) faults.add(faultOf(link, outline, says));
      if (outline !== undefined && keyring.keys.includes(outline.key)) count(uses, outline.key, link.seq);
      before = { seq: link.seq, hash: link.hash, due };
    }
    await judgeClaims(source, claims, faults);
    entries += page.length;
    pageBefore = page;
  }
  return { entries, end: before.seq, keys: [...uses.values()] };
}

function readOutline(body: string): Outline | undefined {
  try {
    return Outline.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}

function judgeLink(link: Link, before: Before): string | undefined {
  if (link.seq < before.seq + 1) return 'entries are numbered from 1';
  if (link.seq > before.seq + 1) return undefined;
  // An entry that was changed without its hash is at fault itself, and not the one after it.
  const links = link.prev.equals(before.hash) || link.prev.equals(before.due);
  return links
    ? undefined
    : 'it does not link to the entry before it: something was taken out, put in or moved';
}

function judgeBody(
  link: Link,
  outline: Outline | undefined,
  due: Buffer,
  keyring: Keyring,
): string | undefined {
  if (outline === undefined) return 'its body is no longer one of an entry';
  switch (keyring.isMacOf(outline.key, link.body, link.mac)) {
    case undefined:
      return 'its MAC is by a key that is not yours: it is forged, or its key is missing in COUNTERSIGN_RECORD_OLD_KEYS';
    case false:
      return 'its body was changed: the MAC does not fit';
    case true:
      if (!link.hash.equals(due)) return 'its hash was changed: it does not fit the body';
      if (outline.request !== link.request || outline.n !== link.n)
        return 'it was moved: its body names another request or another number';
      return undefined;
  }
}

/** What the body names as before it, which its MAC protects: no later entry can be renumbered or made anew unseen. */
function judgeAfter(
  link: Link,
  outline: Outline,
  pages: readonly (readonly Link[])[],
  claims: Claim[],
): string | undefined {
  const { after } = outline;
  if (after === null) return link.seq === 1 ? undefined : 'its body says that it is the first entry';
  if (after.seq >= link.seq)
    return `its body comes after an entry ${after.seq}: entries before it were taken out`;
  const known = pages.flatMap((page) => page[after.seq - (page[0]?.seq ?? 0)] ?? []);
  const named = known.find(({ seq }) => seq === after.seq);
  if (named === undefined) claims.push({ link, outline, ...after });
  else if (named.hash.toString('hex') !== after.hash) return otherThanNamed(after.seq);
  return undefined;
}

async function judgeClaims(source: Source, claims: readonly Claim[], faults: Faults): Promise<void> {
  if (claims.length === 0) return;
  const hashes = await source.selectHashes(claims.map(({ seq }) => seq));
  for (const { link, outline, seq, hash } of claims) {
    if (hashes.get(seq)?.toString('hex') !== hash) faults.add(faultOf(link, outline, otherThanNamed(seq)));
  }
}

function otherThanNamed(seq: number): string {
  return `its body comes after another entry ${seq} than the one that is there now: that was changed, or entries were moved`;
}

function gap(from: number, to: number): Fault {
  return {
    seq: from,
    subject: from === to ? `entry ${from}` : `entries ${from} to ${to}`,
    request: undefined,
    says: from === to ? 'it is missing' : 'they are missing',
  };
}

function faultOf(link: Link, outline: Outline | undefined, says: string): Fault {
  const { seq, request, n } = link;
  return { seq, subject: `entry ${seq}`, request, place: `${n}, ${outline?.type ?? 'unreadable'}`, says };
}

function count(uses: Map<string, KeyUse>, key: string, seq: number): void {
  const { from = seq, entries = 0 } = uses.get(key) ?? {};
  uses.set(key, { key, from, to: seq, entries: entries + 1 });
}
