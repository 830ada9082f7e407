/** Heads, signed or posted, against the chain: a cut tail and a chain that was made anew show here. */
import { type Faults, sayMoment, sayStranger } from './faults.ts';
import type { Head, Keyring } from './keys.ts';
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
    const hashes = await selectHashes(source, page);
    const verified = await Promise.all(page.map((head) => keyring.isSignedHead(head)));
    for (const [index, head] of page.entries()) {
      const subject = `signed ${sayMoment(head.signedAt)}`;
      const isOurs = verified[index];
      if (isOurs === undefined) addFault(faults, head, subject, `it is ${sayStranger(head.key)}`, head.key);
      else if (!isOurs) addFault(faults, head, subject, 'its signature does not fit', `forged ${head.key}`);
      else if (judgeHead(head, hashes, end, subject, faults)) {
        newest = { seq: Number(head.seq), at: head.signedAt };
      }
    }
  }
  return newest;
}

/** Each summary is posted with a head; the newest one may be on its way. */
const MAY_LACK = 1;

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
    const hashes = await selectHashes(source, page);
    count += page.length;
    for (const head of page) {
      const fits = judgeHead(head, hashes, end, `posted in Slack ${sayMoment(head.postedAt)}`, faults);
      // Slack tells the newest message first.
      if (fits && head.seq > (newest?.seq ?? 0)) newest = { seq: Number(head.seq), at: head.postedAt };
    }
  }
  const summaries = count === 0 ? await source.countSummaries() : 0;
  if (summaries > MAY_LACK)
    faults.add({
      seq: end,
      subject: 'heads posted in Slack',
      request: undefined,
      says: `none is there, though ${summaries} summaries were made: they were deleted, or this is another channel`,
    });
  return { count, newest };
}

type Hashes = ReadonlyMap<number, Buffer>;

async function selectHashes(source: Source, heads: readonly Head[]): Promise<Hashes> {
  return source.selectHashes(heads.map(({ seq }) => Number(seq)));
}

/** Whether the head fits the chain. */
function judgeHead(head: Head, hashes: Hashes, end: number, subject: string, faults: Faults): boolean {
  const there = hashes.get(Number(head.seq));
  if (there?.equals(head.hash) === true) return true;
  addFault(faults, head, subject, sayMissing(head, there, end));
  return false;
}

function sayMissing({ seq }: Head, there: Buffer | undefined, end: number): string {
  if (there !== undefined) return 'that entry has another hash now: the chain was made anew';
  if (end === 0) return 'the chain is empty';
  return seq > end ? `the chain was cut: it ends with entry ${end}` : 'that entry is missing';
}

function addFault(faults: Faults, { seq }: Head, what: string, says: string, kind?: string): void {
  faults.add({ seq: Number(seq), subject: `head of entry ${seq}, ${what}`, request: undefined, says }, kind);
}
