/** Pages of lists: requests, and bulks among them. */
import { z } from 'zod';
import type { Cursor, List, Row } from '../usecases/paging.ts';
import { selectBulkCourses } from './bulkCourses.ts';
import { selectCourses } from './decisions.ts';
import { describe, type Listed } from './listed.ts';
import { type Queryable, selectAll } from './pool.ts';
import { REQUEST_COLUMNS, RequestRow } from './requests.ts';

const Found = z.object({ of: z.enum(['request', 'bulk']), id: z.string() });

/** In the order of the list, also when it is read back. */
export async function selectPage(
  db: Queryable,
  list: List,
  cursor: Cursor,
  limit: number,
): Promise<readonly Row[]> {
  const listed = describe(list);
  const found = await selectAll(db, Found, toSql(listed, cursor), [
    cursor.to === 'start' ? null : cursor.from,
    ...listed.values,
    limit,
  ]);
  const rows = await readRows(db, found);
  return cursor.to === 'back' ? rows.toReversed() : rows;
}

/** What stands behind the cursor, of each kind as much as a page may hold; and of both together the first. */
function toSql({ requests, bulks, values, keyAt, descends }: Listed, cursor: Cursor): string {
  const goesDown = descends !== (cursor.to === 'back');
  const inOrder = (key: readonly string[]) =>
    key.map((column) => `${column} ${goesDown ? 'desc' : 'asc'}`).join(', ');
  const limit = `limit $${values.length + 2}`;
  const read = (of: 'request' | 'bulk', id: string, { from, where, key }: Listed['requests']) => {
    const begins =
      cursor.to === 'start' ? '$1::bigint is null' : `(${key.join(', ')}) ${goesDown ? '<' : '>'} ${keyAt}`;
    const columns = key.map((column, n) => `${column} as key${n}`).join(', ');
    return `(select '${of}' as of, ${id} as id, ${columns} from ${from}
      where ${begins} and ${where} order by ${inOrder(key)} ${limit})`;
  };
  const kinds = [
    read('request', 'r.id', requests),
    ...(bulks === undefined ? [] : [read('bulk', 'b.id', bulks)]),
  ];
  const keys = requests.key.map((_column, n) => `key${n}`);
  return `select of, id from (${kinds.join(' union all ')}) rows order by ${inOrder(keys)} ${limit}`;
}

async function readRows(db: Queryable, found: readonly z.infer<typeof Found>[]): Promise<readonly Row[]> {
  const idsOf = (wanted: 'request' | 'bulk') => found.flatMap(({ of, id }) => (of === wanted ? [id] : []));
  const requests = await selectAll(
    db,
    RequestRow,
    `select ${REQUEST_COLUMNS} from requests where id = any($1)`,
    [idsOf('request')],
  );
  const courses: readonly Row[] = [
    ...(await selectCourses(db, requests)),
    ...(await selectBulkCourses(db, idsOf('bulk'))),
  ];
  const byId = new Map(courses.map((row) => ['bulk' in row ? row.bulk.id : row.request.id, row]));
  return found.flatMap(({ id }) => byId.get(id) ?? []);
}
