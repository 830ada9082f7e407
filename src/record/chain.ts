/** The chain by itself: nothing missing, nothing moved, and every body made by one who had a key. */
import { GENESIS, hashOf } from './entry.ts';
import { type Fault, type Faults, sayStranger } from './faults.ts';
import type { Keyring } from './keys.ts';
import { type Outline, placeOf, readOutline } from './outline.ts';
import { type Claim, judgeClaims } from './claims.ts';
import type { Link, Source } from './source.ts';

export interface KeyUse {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly entries: number;
}

interface Chain {
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

interface Flaw {
  readonly says: string;
  /** The same for what is wrong with many entries for one reason, which is told once. */
  readonly kind?: string;
}

export interface ChainCheck {
  readonly found: Chain;
  /** Goes on with the next links. */
  follow(page: readonly Link[]): Promise<void>;
}

export function createChainCheck(source: Source, keyring: Keyring, faults: Faults): ChainCheck {
  const uses = new Map<string, KeyUse>();
  let entries = 0;
  let before: Before = { seq: 0, hash: GENESIS, due: GENESIS };
  let pageBefore: readonly Link[] = [];

  async function follow(page: readonly Link[]): Promise<void> {
    const claims: Claim[] = [];
    for (const link of page) {
      const outline = readOutline(link);
      const due = hashOf(link.prev, link.mac, link.body);
      if (link.seq > before.seq + 1) faults.add(gap(before.seq + 1, link.seq - 1));
      const flaw = judgeLink(link, before) ?? judgeBody(link, outline, due, keyring);
      if (flaw !== undefined) faults.add({ ...placeOf(link, outline), says: flaw.says }, flaw.kind);
      else if (outline !== undefined) claims.push({ link, outline });
      if (outline !== undefined && keyring.keys.includes(outline.key)) count(uses, outline.key, link.seq);
      before = { seq: link.seq, hash: link.hash, due };
    }
    await judgeClaims(source, claims, [page, pageBefore], faults);
    entries += page.length;
    pageBefore = page;
  }

  return {
    get found() {
      return { entries, end: before.seq, keys: [...uses.values()] };
    },
    follow,
  };
}

function judgeLink(link: Link, before: Before): Flaw | undefined {
  if (link.seq < before.seq + 1) return { says: 'entries are numbered from 1' };
  if (link.seq > before.seq + 1) return undefined;
  // An entry that was changed without its hash is at fault itself, and not the one after it.
  if (link.prev.equals(before.hash) || link.prev.equals(before.due)) return undefined;
  return { says: 'it does not link to the entry before it: something was taken out, put in or moved' };
}

function judgeBody(
  link: Link,
  outline: Outline | undefined,
  due: Buffer,
  keyring: Keyring,
): Flaw | undefined {
  if (outline === undefined) return { says: 'its body is no longer one of an entry' };
  switch (keyring.isMacOf(outline.key, link.body, link.mac)) {
    case undefined:
      return { says: `its MAC is ${sayStranger(outline.key)}`, kind: outline.key };
    case false:
      return { says: 'its body was changed: the MAC does not fit' };
    case true:
      if (!link.hash.equals(due)) return { says: 'its hash was changed: it does not fit the body' };
      if (outline.request !== link.request || outline.n !== link.n)
        return { says: 'it was moved: its body names another request or another number' };
      return undefined;
  }
}

function gap(from: number, to: number): Fault {
  return {
    seq: from,
    subject: from === to ? `entry ${from}` : `entries ${from} to ${to}`,
    request: undefined,
    says: from === to ? 'it is missing' : 'they are missing',
  };
}

function count(uses: Map<string, KeyUse>, key: string, seq: number): void {
  const { from = seq, entries = 0 } = uses.get(key) ?? {};
  uses.set(key, { key, from, to: seq, entries: entries + 1 });
}
