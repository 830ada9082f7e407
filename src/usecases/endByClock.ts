/** A request ends without a person: its deadline passed, or the facts that were approved no longer hold. */
import type { Request } from '../domain/request.ts';
import type { Records } from './ports.ts';
import { announcing } from './ring.ts';

/** To be called with the request locked. @param note why the facts no longer hold; null for a deadline. */
export async function endByClock(
  records: Records,
  request: Request,
  state: 'expired' | 'lapsed',
  note: string | null,
  at: Date,
): Promise<Request> {
  const decision = {
    act: state === 'expired' ? 'expire' : 'lapse',
    person: null,
    groups: [],
    saw: null,
    note,
    decidedAt: at,
    refusal: null,
  } as const;
  const [, moved] = await Promise.all([
    records.insertDecision(request, decision),
    records.moveRequest(request, state),
    records.enqueue(announcing(request)),
  ]);
  return moved;
}
