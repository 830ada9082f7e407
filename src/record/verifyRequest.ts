/** One request by itself, before anything is sent for it: its entries are ours, they kept the law, and the rows fit. */
import { verifyDossier } from './dossiers.ts';
import { createFaults, type Fault } from './faults.ts';
import type { Keyring } from './keys.ts';
import { readOutline } from './outline.ts';
import type { Dossier, Link } from './source.ts';

type Sealed = Pick<Link, 'seq' | 'request' | 'n' | 'body' | 'mac'>;

const FAULTS_KEPT = 3;

/** Gives what is wrong; nothing, when the rows are what was sealed. */
export function verifyRequest(
  { request, entries, rows, state }: Omit<Dossier, 'entries'> & { readonly entries: readonly Sealed[] },
  keyring: Keyring,
): readonly Fault[] {
  const faults = createFaults(FAULTS_KEPT);
  for (const { seq, n, body, mac } of entries) {
    const outline = readOutline(body);
    const isOurs =
      outline?.request === request && outline.n === n && keyring.isMacOf(outline.key, body, mac) === true;
    if (!isOurs)
      faults.add({ seq, subject: `entry ${seq}`, request, says: 'it is not sealed by Countersign' });
  }
  verifyDossier({ request, entries, rows, state }, faults);
  return faults.first;
}
