/** What of the chain an export shows to people. */
import { NO_REQUEST, readBody } from '../record/entry.ts';
import type { ChainRow, Scope } from './export.ts';
import type { Shown } from './table.ts';

/** Undefined for one that somebody made unreadable: the verifier will name it. */
export function readShown({ seq, request, body, opening, leads, state, texts }: ChainRow): Shown | undefined {
  const own = readBody(body);
  const isOfHouse = request === NO_REQUEST;
  const first = isOfHouse || opening === null ? undefined : readBody(opening);
  if (own === undefined || (!isOfHouse && first?.type !== 'request' && first?.type !== 'bulk'))
    return undefined;
  const byField = new Map(texts.map(({ field, text }) => [field, text]));
  return {
    seq,
    body: own,
    opening: first?.type === 'request' || first?.type === 'bulk' ? first : undefined,
    leads,
    state: state ?? '',
    texts: byField,
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
