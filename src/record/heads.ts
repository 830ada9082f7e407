/** Heads, signed or posted, against the chain: a cut tail and a chain that was made anew show here. */
import type { Faults } from './faults.ts';
import type { Head, Keyring, SignedHead } from './keys.ts';
import type { Source } from './source.ts';

export interface Anchor {
  readonly seq: number;
  readonly at: Date;
}

/** A head that was posted where the database's owner can't take it back. */
export interface PostedHead extends Head {
  readonly postedAt: Date;
}

/** @param end the number of the chain's last entry. Gives the newest head that was signed with a key of ours. */
export async function verifyHeads(
  source: Source,
  keyring: Keyring,
  end: number,
  faults: Faults,
): Promise<Anchor | undefined> {
  let newest: Anchor | undefined;
  for await (const page of source.readHeads()) {
    const hashes = await source.selectHashes(page.map(({ seq }) => Number(seq)));
    for (const head of page) {
      const seq = Number(head.seq);
      const says = judgeSignature(head, keyring) ?? judgeHead(head, hashes, end);
      if (says === undefined) newest = { seq, at: head.signedAt };
      else
        faults.add({
          seq,
          subject: `head of entry ${seq}, signed ${moment(head.signedAt)}`,
          request: undefined,
          says,
        });
    }
  }
  return newest;
}

/** Gives the newest posted head, and how many there are. */
export async function verifyPosted(
  source: Source,
  posted: AsyncIterable<readonly PostedHead[]>,
  end: number,
  faults: Faults,
): Promise<{ readonly count: number; readonly newest: Anchor | undefined }> {
  let newest: Anchor | undefined;
  let count = 0;
  for await (const page of posted) {
    const hashes = await source.selectHashes(page.map(({ seq }) => Number(seq)));
    for (const head of page) {
      const seq = Number(head.seq);
      const says = judgeHead(head, hashes, end);
      count += 1;
      if (says === undefined && seq > (newest?.seq ?? 0)) newest = { seq, at: head.postedAt };
      if (says !== undefined)
        faults.add({
          seq,
          subject: `head of entry ${seq}, posted in Slack ${moment(head.postedAt)}`,
          request: undefined,
          says,
        });
    }
  }
  return { count, newest };
}

function judgeSignature(head: SignedHead, keyring: Keyring): string | undefined {
  switch (keyring.isSignedHead(head)) {
    case undefined:
      return 'it is signed with a key that is not yours: it is forged, or its key is missing in COUNTERSIGN_RECORD_OLD_KEYS';
    case false:
      return 'its signature does not fit';
    case true:
      return undefined;
  }
}

function judgeHead(
  { seq, hash }: Head,
  hashes: ReadonlyMap<number, Buffer>,
  end: number,
): string | undefined {
  if (seq > end) return end === 0 ? 'the chain is empty' : `the chain was cut: it ends with entry ${end}`;
  const there = hashes.get(Number(seq));
  if (there === undefined) return 'that entry is missing';
  return there.equals(hash) ? undefined : 'that entry has another hash now: the chain was made anew';
}

function moment(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
