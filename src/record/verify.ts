/**
 * Verifies the record: the chain by itself, every request by the law and against its rows, and the heads.
 * Everything is read once and in pages, so that a record of any length fits into the memory.
 */
import { createChainCheck, type KeyUse } from './chain.ts';
import { createDossiersCheck, nameIn } from './dossiers.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
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
  const inRequests = createFaults(FAULTS_KEPT);
  const chain = createChainCheck(source, keyring, faults);
  const dossiers = createDossiersCheck(inRequests);
  for await (const part of source.readHouse()) dossiers.follow(part);
  for await (const page of source.readPages()) {
    await chain.follow(page.links);
    for (const dossier of page.dossiers) dossiers.follow(dossier);
  }
  const { entries, end, keys } = chain.found;
  const { requests, rows } = dossiers.end();
  faults.include(inRequests);

  const signed = await verifyHeads(source, keyring, end, faults);
  const compared = posted && (await verifyPosted(source, posted, end, faults));
  await nameRequests(source, faults);
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

async function nameRequests(source: Source, faults: Faults): Promise<void> {
  for (const dossier of await source.selectDossiers(faults.requests)) {
    const name = nameIn(dossier);
    if (name !== undefined) faults.nameRequest(dossier.request, name);
  }
}
