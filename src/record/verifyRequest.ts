/** What is to be sent, by itself, before it is: its entries are ours, they kept the law, and the rows fit. So are the freezes. */
import { compareRows } from './compare.ts';
import { nameIn, readEntry, verifyDossier } from './dossiers.ts';
import { createFaults, type Fault, type Faults } from './faults.ts';
import { createHistory, type History } from './history.ts';
import type { Recorded } from './judged.ts';
import { judgeHouse } from './judgeHouse.ts';
import type { Keyring } from './keys.ts';
import { readOutline } from './outline.ts';
import type { Dossier, Link, Row } from './source.ts';

type Sealed = Pick<Link, 'seq' | 'request' | 'n' | 'body' | 'parsed' | 'mac'>;
interface SealedDossier extends Omit<Dossier, 'entries'> {
  readonly entries: readonly Sealed[];
}

const FAULTS_KEPT = 3;

/**
 * Gives what is wrong; nothing, when the rows are what was sealed.
 * @param freezes everything about freezes that the record has
 */
export function verifyRequest(
  dossier: SealedDossier,
  freezes: Pick<SealedDossier, 'entries' | 'rows'>,
  keyring: Keyring,
): readonly Fault[] {
  const faults = createFaults(FAULTS_KEPT);
  refuseOthers([...freezes.entries, ...dossier.entries], keyring, faults);
  const history = verifyFreezes(freezes.entries, freezes.rows, faults);
  verifyDossier(dossier, history, faults);
  const name = nameIn(dossier);
  if (name !== undefined) faults.nameRequest(dossier.request, name);
  return faults.first;
}

function refuseOthers(entries: readonly Sealed[], keyring: Keyring, faults: Faults): void {
  for (const entry of entries) {
    const { seq, request, n, body, mac } = entry;
    const outline = readOutline(entry);
    const isOurs =
      outline?.request === request && outline.n === n && keyring.isMacOf(outline.key, body, mac) === true;
    if (!isOurs)
      faults.add({ seq, subject: `entry ${seq}`, request, says: 'it is not sealed by Countersign' });
  }
}

/** Of what is about no request, the freezes alone: whoever took one out of the rows, or its end in, is not believed. */
function verifyFreezes(entries: readonly Sealed[], rows: readonly Row[], faults: Faults): History {
  const history = createHistory();
  const recorded = entries.flatMap((entry): Recorded[] => {
    const body = readEntry(entry);
    return body === undefined ? [] : [{ seq: entry.seq, body }];
  });
  for (const { entry, says } of judgeHouse(recorded, history).breaches)
    faults.add({ seq: entry.seq, subject: `entry ${entry.seq}`, request: undefined, says });
  for (const { of, says } of compareRows(recorded, rows, new Set())) {
    const place =
      'body' in of
        ? { seq: of.seq, subject: `entry ${of.seq}` }
        : { seq: undefined, subject: `row ${of.id} of ${of.table}` };
    faults.add({ ...place, request: undefined, says });
  }
  return history;
}
