/** What of the chain an export shows to people. */
import { type Body, NO_REQUEST, readBody } from '../record/entry.ts';
import type { ChainRow, Scope } from './export.ts';
import type { Shown } from './table.ts';

/**
 * For the entries of a page, which has most of what is recorded of a request, so that its opening is read once. Gives undefined
 * for an entry that somebody made unreadable: the verifier will name it.
 */
export function createReadShown(): (row: ChainRow) => Shown | undefined {
  const openings = new Map<string, { readonly text: string; readonly body: Body | undefined }>();

  function readOpening({ request, body, opening: text }: ChainRow, own: Body): Shown['opening'] {
    if (text === null) return undefined;
    let opening = openings.get(request);
    if (opening?.text !== text) {
      opening = { text, body: text === body ? own : readBody(text) };
      openings.set(request, opening);
    }
    return opening.body?.type === 'request' || opening.body?.type === 'bulk' ? opening.body : undefined;
  }

  return (row) => {
    const body = readBody(row.body);
    if (body === undefined) return undefined;
    const opening = row.request === NO_REQUEST ? undefined : readOpening(row, body);
    if (row.request !== NO_REQUEST && opening === undefined) return undefined;
    const texts = new Map(row.texts.map(({ field, text }) => [field, text]));
    return { seq: row.seq, body, opening, leads: row.leads, state: row.state ?? '', texts };
  };
}

/** What is about no request may be about an account all the same; a freeze of all or of a person is about every one. */
export function createFilter({ accounts }: Scope): (shown: Shown) => boolean {
  const freezes = new Set<number | null>();
  return ({ opening, body }) => {
    if (accounts.length === 0) return true;
    if (opening !== undefined) return accounts.includes(opening.data.frozen.account);
    if (body.type === 'refused_ask') return accounts.includes(body.data.account);
    if (body.type === 'lift') return freezes.has(body.data.freeze);
    if (body.type !== 'freeze') return false;
    const { account, freeze } = body.data;
    const isWanted = account === null || accounts.includes(account);
    if (isWanted) freezes.add(freeze);
    return isWanted;
  };
}
