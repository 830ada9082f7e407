/**
 * Verifies the record: the chain by itself, every request by the law and against its rows, and the heads.
 * Everything is read in batches, so that a record of any length fits into the memory.
 */
import { type KeyUse, verifyChain } from './chain.ts';
import { verifyDossiers } from './dossiers.ts';
import { createFaults, type Fault } from './faults.ts';
import { type Anchor, type PostedHead, verifyHeads, verifyPosted } from './heads.ts';
import type { Keyring } from './keys.ts';
import type { Source } from './source.ts';

export interface Report {
  readonly entries: number;
  /** The number of the last entry. */
  readonly end: number;
  readonly requests: number;
  /** In the tables. */
  readonly rows: number;
  readonly keys: readonly KeyUse[];
  /** The newest head that was signed; what came after it may be cut off unseen. */
  readonly signed: Anchor | undefined;
  /** Heads in Slack, where they were read. */
  readonly posted: { readonly count: number; readonly newest: Anchor | undefined } | undefined;
  readonly faultCount: number;
  /** The first of them. */
  readonly faults: readonly Fault[];
}

const FAULTS_KEPT = 20;

/** @param posted the heads in Slack, where they are to be compared */
export async function verify(
  source: Source,
  keyring: Keyring,
  posted?: AsyncIterable<readonly PostedHead[]>,
): Promise<Report> {
  const faults = createFaults(FAULTS_KEPT);
  const { entries, end, keys } = await verifyChain(source, keyring, faults);
  const { requests, rows } = await verifyDossiers(source, faults);
  const signed = await verifyHeads(source, keyring, end, faults);
  const compared = posted && (await verifyPosted(source, posted, end, faults));
  return {
    entries,
    end,
    requests,
    rows,
    keys,
    signed,
    posted: compared,
    faultCount: faults.count,
    faults: faults.first,
  };
}
