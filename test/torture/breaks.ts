/** What a verdict is made of. */
import type { RequestRow } from './record.ts';

export type Break = {
  readonly kind: 'double_effect' | 'lost_decision' | 'law_break';
  /** C-1042, B-1001 or F-1 */
  readonly name: string;
  readonly says: string;
};

export const nameOf = ({ number }: Pick<RequestRow, 'number'>): string => `C-${number}`;
export const bulkName = ({ number }: Pick<RequestRow, 'number'>): string => `B-${number}`;
export const freezeName = (number: number | null): string => `F-${number}`;

/** A list of breaks, and what adds one to it where the law does not hold. */
export function collect(name: string) {
  const breaks: Break[] = [];
  const law = (holds: boolean, says: string, kind: Break['kind'] = 'law_break') => {
    if (!holds) breaks.push({ kind, name, says });
  };
  return { breaks, law };
}
