/** The rows that fit the entries of `aLife.ts`. */
import type { Recorded } from '../../src/record/judged.ts';
import type { Row } from '../../src/record/source.ts';
import { tables } from '../../src/record/source.ts';
import { SALT } from './aLife.ts';

export function rowsOf(entries: readonly Recorded[]): Row[] {
  const erased = new Set(entries.flatMap(({ body }) => (body.type === 'erasure' ? body.data.erased : [])));
  return entries.flatMap(({ body }): Row[] => {
    const table = tables[body.type];
    if (table === null) return [];
    const at = { table, id: String(body.n), entry: body.n, at: body.at };
    const gone = erased.has(body.n);
    switch (body.type) {
      case 'request': {
        const { frozen, ...data } = body.data;
        const { reason: _reason, evidence, ...rest } = frozen;
        const { said: _said, ...facts } = evidence;
        const texts = { reason: 'Paid twice', said: { facts: { Method: 'BLIK' }, says: 'On hold.' } };
        return [{ ...at, data: { ...data, ...rest, evidence: facts }, texts, salt: SALT }];
      }
      case 'decision': {
        const { note, ...data } = body.data;
        const text = body.data.act === 'approve' ? 'Seen.' : 'Looked.';
        const salt = gone || note === null ? '' : SALT;
        return [{ ...at, data, texts: { note: gone || note === null ? null : text }, salt }];
      }
      case 'outcome': {
        const { says: _says, ...data } = body.data;
        return [
          { ...at, data, texts: { says: gone ? 'erased' : 'As the provider says.' }, salt: gone ? '' : SALT },
        ];
      }
      case 'bulk': {
        const { frozen, ...data } = body.data;
        return [{ ...at, data: { ...data, ...frozen }, texts: {}, salt: '' }];
      }
      case 'freeze': {
        const { reason: _reason, ...data } = body.data;
        const reason = gone ? 'erased' : 'Suspicious night';
        return [{ ...at, data, texts: { reason }, salt: gone ? '' : SALT }];
      }
      case 'attempt':
      case 'bulk_act':
      case 'lift':
      case 'refused_ask':
      case 'alarm':
      case 'summary':
      case 'roll_up':
      case 'sign_off':
      case 'erasure':
      case 'key':
        return [{ ...at, data: body.data, texts: {}, salt: '' }];
    }
  });
}
