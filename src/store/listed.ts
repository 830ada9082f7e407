/** What each list holds, as SQL. Each is read along an index, from the row that a page begins behind. */
import { openStates, type State, states, unsettledStates } from '../domain/request.ts';
import type { List } from '../usecases/paging.ts';

/** Rows of one kind: `r` is a request, `b` a bulk and `p` its place. */
interface Rows {
  readonly from: string;
  readonly where: string;
  /** What the list is ordered by. */
  readonly key: readonly string[];
}

/** `$1` is where a page begins, and what the list needs follows from `$2` on. */
export interface Listed {
  readonly requests: Rows;
  /** Undefined where lines stand for themselves. */
  readonly bulks?: Rows;
  readonly values: readonly unknown[];
  /** The key of the row at `$1`, whether it is still in the list or not. */
  readonly keyAt: string;
  readonly descends: boolean;
}

// As constants, or no partial index would do.
function asConstants(some: readonly State[]): string {
  return some.map((state) => `'${state}'`).join(', ');
}
const OPEN = asConstants(openStates);
const UNSETTLED = asConstants(unsettledStates);
const ENDED = asConstants(states.filter((state) => !openStates.some((open) => open === state)));

const NEWEST_FIRST = { keyAt: '$1::bigint', descends: true };
const REQUESTS = { from: 'requests r', key: ['r.number'] };
const PLACED = 'bulks b join bulk_places p on p.bulk_id = b.id';

/** Bulks of which a line is in one of these states: they are few, however many there were. */
function withLinesIn(some: string): Pick<Rows, 'from' | 'key'> {
  return {
    from: `(select distinct bulk from requests where bulk is not null and state in (${some})) o,
      lateral (select * from bulks where id = o.bulk offset 0) b,
      lateral (select * from bulk_places where bulk_id = o.bulk offset 0) p`,
    key: ['p.place'],
  };
}

/** `$3` are somebody's groups. */
function isForAGroup(of: 'r' | 'b'): string {
  return `exists (select from jsonb_array_elements(${of}.rule->'needs') need where need->>'group' = any($3))`;
}
/** `$2` are the user ids of the same person. */
const CONCERNED = `(r.requester_user = any($2) or ${isForAGroup('r')})`;

const CALLS = '(case when l.ended_at is null then 1 else 0 end)';
const WITH_LOOK_UPS = 'requests r left join look_ups l on l.request_id = r.id';

/** What may have ended a request, read from the newest on; what did is in the view request_spans. */
const ENDINGS = `(
  (select d.request_id, d.entry, d.decided_at as ended_at from decisions d
   where d.refusal is null and d.act in ('reject', 'withdraw', 'expire', 'lapse') and d.decided_at >= $4
   order by d.decided_at desc)
  union all
  (select o.request_id, o.entry, o.learnt_at from outcomes o
   where o.type in ('cancelled', 'refused') and o.learnt_at >= $4
   order by o.learnt_at desc)
) e join requests r on r.id = e.request_id`;
// Asked row by row, for as many as a page needs: without "offset", all of both tables would be joined for it.
const IS_THE_END =
  'exists (select from request_spans s where s.id = e.request_id and s.entry = e.entry offset 0)';

export function describe(list: List): Listed {
  switch (list.of) {
    case 'open':
      return {
        ...NEWEST_FIRST,
        requests: { ...REQUESTS, where: `r.state in (${OPEN}) and r.bulk is null` },
        bulks: { ...withLinesIn(OPEN), where: 'true' },
        values: [],
      };
    case 'pending':
      return {
        ...NEWEST_FIRST,
        requests: { ...REQUESTS, where: `r.state = 'pending' and r.bulk is null` },
        bulks: { ...withLinesIn(`'pending'`), where: 'true' },
        values: [],
      };
    case 'unknown':
      return {
        ...NEWEST_FIRST,
        requests: { ...REQUESTS, where: `r.state in (${UNSETTLED})` },
        values: [],
      };
    case 'mine':
      return {
        ...NEWEST_FIRST,
        requests: { ...REQUESTS, where: 'r.requester_user = $2 and r.bulk is null' },
        bulks: { from: PLACED, key: ['p.place'], where: 'p.requester_user = $2' },
        values: [list.person.user],
      };
    case 'named':
      return {
        ...NEWEST_FIRST,
        requests: { ...REQUESTS, where: '(r.payment = any($2) or r.ticket = $3 or r.number = $4)' },
        bulks: { from: PLACED, key: ['p.place'], where: 'b.number = $5' },
        values: [list.payments, list.ticket, list.number, list.bulk],
      };
    case 'asked':
      return {
        ...NEWEST_FIRST,
        requests: {
          ...REQUESTS,
          where: `r.state in (${OPEN}) and r.requester_user = any($2) and r.bulk is null`,
        },
        bulks: { ...withLinesIn(OPEN), where: 'b.requester_user = any($2)' },
        values: [list.users],
      };
    case 'waiting':
      return {
        requests: {
          from: 'requests r',
          where: `r.state = 'pending' and r.bulk is null and r.requester_user <> all($2) and ${isForAGroup('r')}
            and not exists (select from decisions d where d.request_id = r.id and d.person_user = any($2)
              and d.act = 'approve' and d.refusal is null)`,
          key: ['r.deadline', 'r.number'],
        },
        bulks: {
          ...withLinesIn(`'pending', 'approved', 'sending'`),
          where: `b.requester_user <> all($2) and ${isForAGroup('b')}`,
          key: ['b.deadline', 'p.place'],
        },
        values: [list.users, list.groups],
        keyAt: `(select r.deadline, r.number from requests r where r.number = $1)`,
        descends: false,
      };
    case 'unsettled':
      return {
        requests: {
          from: WITH_LOOK_UPS,
          where: `r.state in (${UNSETTLED}) and ${CONCERNED}`,
          key: [CALLS, 'r.number'],
        },
        values: [list.users, list.groups],
        keyAt: `(select ${CALLS}, r.number from ${WITH_LOOK_UPS} where r.number = $1)`,
        descends: false,
      };
    case 'ended':
      return {
        requests: {
          from: ENDINGS,
          where: `r.state in (${ENDED}) and r.bulk is null and ${CONCERNED} and ${IS_THE_END}`,
          key: ['e.ended_at', 'r.number'],
        },
        values: [list.users, list.groups, list.since],
        keyAt: '(select ended_at, number from request_spans where number = $1)',
        descends: true,
      };
  }
}
