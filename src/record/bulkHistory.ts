/** What counted for bulks, and where in the chain: a line is decided on with its bulk, and not sent after that was stopped. */
import { breaches } from './breaches.ts';
import type { Data } from './life.ts';

/** Where an entry stands, and when it was made. */
interface Place {
  readonly seq: number;
  readonly at: string;
}
export type Counted = Place & Pick<Data<'bulk_act'>, 'act' | 'person' | 'groups'>;

/** By the bulk's id. Of one that is not in it nothing is known, and nothing is held against its lines. */
export type BulkHistory = Map<string, Counted[]>;

/** Why a line can't have been decided on like this; undefined for what is no line. */
export function judgeOnLine(
  history: BulkHistory,
  bulk: string | undefined,
  { seq, at }: Place,
  { act, person, groups }: Pick<Data<'decision'>, 'act' | 'person' | 'groups'>,
): string | undefined {
  const known = history.get(bulk ?? '');
  const isTheirs = (one: Counted) =>
    one.seq < seq &&
    one.at === at &&
    one.act === act &&
    one.person?.user === person?.user &&
    one.groups.join() === groups.join();
  return known === undefined || known.some(isTheirs) ? undefined : breaches.notWithItsBulk;
}

/** Whether a line's bulk was stopped before this place. */
export function wasStopped(history: BulkHistory, bulk: string | undefined, before: number): boolean {
  return history.get(bulk ?? '')?.some(({ seq, act }) => act === 'stop' && seq < before) === true;
}
