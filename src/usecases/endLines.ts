/** Lines of a bulk end together without being sent. */
import type { Request } from '../domain/request.ts';
import type { Records } from './ports.ts';

/** To be called with the lines locked. @param note why they are not sent; null for a deadline. */
export async function endLines(
  records: Records,
  lines: readonly Request[],
  state: 'expired' | 'lapsed',
  note: string | null,
  decidedAt: Date,
): Promise<void> {
  const decision = {
    act: state === 'expired' ? 'expire' : 'lapse',
    person: null,
    groups: [],
    saw: null,
    note,
    decidedAt,
    refusal: null,
  } as const;
  await records.insertDecisions(lines.map((request) => ({ request, decision })));
  await records.moveLines(
    lines.map(({ id }) => id),
    state,
  );
}
