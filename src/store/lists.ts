/** Pages of lists of requests. Each is read along an index, from the request that it begins behind. */
import { openStates, states, unsettledStates } from '../domain/request.ts';
import type { List, Cursor } from '../usecases/paging.ts';
import type { Course } from '../usecases/story.ts';
import { selectCourses } from './decisions.ts';
import { type Queryable, selectAll } from './pool.ts';
import { RequestRow } from './requests.ts';

/** A list as SQL: its rows are `r`, `$1` is where a page begins, and what the list needs follows from `$2` on. */
interface Listed {
  readonly from: string;
  readonly where: string;
  readonly values: readonly unknown[];
  /** The order, and the same of the request `$1`, whether it is still in the list or not. */
  readonly key: readonly string[];
  readonly keyAt: string;
  readonly descends: boolean;
}

// As constants, or no partial index would do.
const [OPEN, UNSETTLED, ENDED] = [
  openStates,
  unsettledStates,
  states.filter((state) => !openStates.some((open) => open === state)),
].map((some) => some.map((state) => `'${state}'`).join(', '));

const NEWEST_FIRST = { from: 'requests r', key: ['r.number'], keyAt: '$1::bigint', descends: true };

/** Lines of bulks are shown with their bulk, unless somebody has to look after one. */
const BY_ITSELF = `(r.bulk is null or r.state in (${UNSETTLED}))`;

/** `$2` are somebody's user ids, `$3` their groups. */
const FOR_A_GROUP = `exists (select from jsonb_array_elements(r.rule->'needs') need where need->>'group' = any($3))`;
const CONCERNED = `(r.requester_user = any($2) or ${FOR_A_GROUP})`;

const CALLS = '(case when l.ended_at is null then 1 else 0 end)';
const WITH_LOOK_UPS = 'requests r left join look_ups l on l.request_id = r.id';

/** As in the view request_spans: the first decision or outcome that ends a request; here read from the newest on. */
const ENDINGS = `(
  select d.request_id, d.decided_at as ended_at from decisions d
  where d.refusal is null and d.act in ('reject', 'withdraw', 'expire', 'lapse') and d.decided_at >= $4
  union all
  select o.request_id, o.learnt_at from outcomes o
  where o.type in ('cancelled', 'refused') and o.learnt_at >= $4
    and not exists (select from outcomes e
      where e.request_id = o.request_id and e.type in ('cancelled', 'refused') and e.id < o.id)
    and not exists (select from decisions e
      where e.request_id = o.request_id and e.refusal is null and e.act in ('reject', 'withdraw', 'expire', 'lapse'))
) e join requests r on r.id = e.request_id`;

function describe(list: List): Listed {
  switch (list.of) {
    case 'open':
      return { ...NEWEST_FIRST, where: `r.state in (${OPEN}) and ${BY_ITSELF}`, values: [] };
    case 'pending':
      return { ...NEWEST_FIRST, where: `r.state = 'pending' and r.bulk is null`, values: [] };
    case 'unknown':
      return { ...NEWEST_FIRST, where: `r.state in (${UNSETTLED})`, values: [] };
    case 'mine':
      return { ...NEWEST_FIRST, where: `r.requester_user = $2 and ${BY_ITSELF}`, values: [list.person.user] };
    case 'named':
      return {
        ...NEWEST_FIRST,
        where: '(r.payment = any($2) or r.ticket = $3 or r.number = $4)',
        values: [list.payments, list.ticket, list.number],
      };
    case 'asked':
      return {
        ...NEWEST_FIRST,
        where: `r.state in (${OPEN}) and r.requester_user = any($2) and r.bulk is null`,
        values: [list.users],
      };
    case 'waiting':
      return {
        from: 'requests r',
        where: `r.state = 'pending' and r.bulk is null and r.requester_user <> all($2) and ${FOR_A_GROUP}
          and not exists (select from decisions d where d.request_id = r.id and d.person_user = any($2)
            and d.act = 'approve' and d.refusal is null)`,
        values: [list.users, list.groups],
        key: ['r.deadline', 'r.number'],
        keyAt: '(select deadline, number from requests where number = $1)',
        descends: false,
      };
    case 'unsettled':
      return {
        from: WITH_LOOK_UPS,
        where: `r.state in (${UNSETTLED}) and ${CONCERNED}`,
        values: [list.users, list.groups],
        key: [CALLS, 'r.number'],
        keyAt: `(select ${CALLS}, r.number from ${WITH_LOOK_UPS} where r.number = $1)`,
        descends: false,
      };
    case 'ended':
      return {
        from: ENDINGS,
        where: `r.state in (${ENDED}) and r.bulk is null and ${CONCERNED}`,
        values: [list.users, list.groups, list.since],
        key: ['e.ended_at', 'r.number'],
        keyAt: '(select ended_at, number from request_spans where number = $1)',
        descends: true,
      };
  }
}

/** In the order of the list, also when it is read back. */
export async function selectPage(
  db: Queryable,
  list: List,
  cursor: Cursor,
  limit: number,
): Promise<readonly Course[]> {
  const { from, where, values, key, keyAt, descends } = describe(list);
  const isBack = cursor.to === 'back';
  const goesDown = descends !== isBack;
  const order = key.map((column) => `${column} ${goesDown ? 'desc' : 'asc'}`).join(', ');
  const begins =
    cursor.to === 'start' ? '$1::bigint is null' : `(${key.join(', ')}) ${goesDown ? '<' : '>'} ${keyAt}`;
  const requests = await selectAll(
    db,
    RequestRow,
    `select r.* from ${from} where ${begins} and ${where} order by ${order} limit $${values.length + 2}`,
    [cursor.to === 'start' ? null : cursor.from, ...values, limit],
  );
  return selectCourses(db, isBack ? requests.toReversed() : requests);
}
