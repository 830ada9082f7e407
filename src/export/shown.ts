/** What of the chain an export shows to people. */
import { type Body, NO_REQUEST, readBody } from '../record/entry.ts';
import type { ChainRow, Scope } from './export.ts';
import type { Shown } from './table.ts';

/** What is recorded of a request mostly stands close together, so that its opening need not be read for each entry. */
const OPENINGS_KEPT = 1_000;

/** Gives undefined for an entry that somebody made unreadable: the verifier will name it. */
export function createReadShown(): (row: ChainRow) => Shown | undefined {
  const kept = new Map<string, { readonly text: string; readonly body: Body | undefined }>();

  function keep(request: string, text: string, body: Body | undefined): Body | undefined {
    const [oldest] = kept.keys();
    if (oldest !== undefined && kept.size === OPENINGS_KEPT) kept.delete(oldest);
    kept.set(request, { text, body });
    return body;
  }

  return ({ seq, request, body, opening, leads, state, texts }) => {
    const own = readBody(body);
    if (own === undefined) return undefined;
    const shown = {
      seq,
      body: own,
      leads,
      state: state ?? '',
      texts: new Map(texts.map(({ field, text }) => [field, text])),
    };
    if (request === NO_REQUEST) return { ...shown, opening: undefined };
    if (opening === null) return undefined;
    const before = kept.get(request);
    const first =
      before?.text === opening
        ? before.body
        : keep(request, opening, opening === body ? own : readBody(opening));
    return first?.type === 'request' || first?.type === 'bulk' ? { ...shown, opening: first } : undefined;
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
