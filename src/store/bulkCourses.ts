/** Bulks as lists show them: how their lines stand, without those one by one. */
import { z } from 'zod';
import { totalsOf } from '../domain/totals.ts';
import { states } from '../domain/request.ts';
import type { BulkCourse } from '../usecases/bulkStory.ts';
import { selectActsOf, selectBulks } from './bulks.ts';
import { selectFreezes } from './freezes.ts';
import { type Queryable, selectAll } from './pool.ts';
import { Count } from './rows.ts';

/** Lines of a bulk that are in one state, of one currency. */
const LinesRow = z.object({
  bulk: z.string(),
  state: z.enum(states),
  currency: z.string().nullable(),
  count: Count,
  sum: z.string().transform(BigInt),
});
type Lines = z.infer<typeof LinesRow>;

const PlaceRow = z.object({ bulk_id: z.string(), place: Count, reason: z.string() });

/** In no order. */
export async function selectBulkCourses(
  db: Queryable,
  ids: readonly string[],
): Promise<readonly BulkCourse[]> {
  if (ids.length === 0) return [];
  const lines = await selectAll(
    db,
    LinesRow,
    `select bulk, state, currency, count(*) as count, coalesce(sum(amount_minor), 0)::text as sum
     from requests where bulk = any($1) group by bulk, state, currency`,
    [ids],
  );
  const places = await selectAll(
    db,
    PlaceRow,
    `select p.bulk_id, p.place, r.reason from bulk_places p join requests r on r.number = p.place
     where p.bulk_id = any($1)`,
    [ids],
  );
  const linesOf = Map.groupBy(lines, ({ bulk }) => bulk);
  const placeOf = new Map(places.map((row) => [row.bulk_id, row]));
  const acts = await selectActsOf(db, ids);
  const standing = await selectFreezes(db, null);
  return (await selectBulks(db, ids)).map((bulk) => {
    const { place = 0, reason = '' } = placeOf.get(bulk.id) ?? {};
    const own = linesOf.get(bulk.id) ?? [];
    return { bulk, place, reason, ...sumUp(own), acts: acts.get(bulk.id) ?? [], standing };
  });
}

function sumUp(lines: readonly Lines[]): Pick<BulkCourse, 'counts' | 'totals'> {
  const counts = new Map<Lines['state'], number>();
  for (const { state, count } of lines) counts.set(state, (counts.get(state) ?? 0) + count);
  const { money } = totalsOf(
    lines.flatMap(({ currency, sum }) => (currency === null ? [] : [{ minor: sum, currency }])),
  );
  const without = lines.filter(({ currency }) => currency === null);
  return { counts, totals: { money, withoutAmount: without.reduce((sum, { count }) => sum + count, 0) } };
}
