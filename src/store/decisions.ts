/** Queries on `decisions`, and the story of a request. */
import { z } from 'zod';
import { commitmentTo } from '../domain/commitment.ts';
import { refusals } from '../domain/decide.ts';
import type { Request } from '../domain/request.ts';
import type { Event } from '../record/entry.ts';
import type { Course, Decision, Earlier, NewDecision, Story } from '../usecases/story.ts';
import { FindingsJson, findingsOf, LookUpsJson, lookUpsOf, NEVER_ASKED } from './attempts.ts';
import { countBefore, FollowersJson, followersOf } from './following.ts';
import { STANDING, StandingJson } from './freezes.ts';
import type { Ledger } from './ledger.ts';
import { type Queryable, selectOne } from './pool.ts';
import { asFrozen, REQUEST_COLUMNS, RequestRow } from './requests.ts';
import { DateJson, describePerson, newSalt } from './rows.ts';

const DecisionJson = z
  .object({
    id: z.number().transform(String),
    request_id: z.string(),
    act: z.enum([
      'approve',
      'reject',
      'withdraw',
      'expire',
      'lapse',
      'find',
      'find_cancelled',
      'find_refused',
    ]),
    person_team: z.string().nullable(),
    person_user: z.string().nullable(),
    groups: z.array(z.string()),
    saw: z.string().nullable(),
    note: z.string().nullable(),
    decided_at: DateJson,
    refusal: z.enum(refusals).nullable(),
  })
  .transform(({ request_id, person_team, person_user, decided_at, ...row }) => ({
    request: request_id,
    decision: {
      ...row,
      person: person_team === null || person_user === null ? null : { team: person_team, user: person_user },
      decidedAt: decided_at,
    } satisfies Decision,
  }));

export async function insertDecision(
  db: Queryable,
  ledger: Ledger,
  request: Request,
  decision: NewDecision,
): Promise<void> {
  const { act, person, groups, saw, note, decidedAt, refusal } = decision;
  const salt = note === null ? '' : newSalt();
  await db.query(
    `insert into decisions
       (request_id, requester_user, act, person_team, person_user, alias_user, groups, saw, note, decided_at, refusal, salt, entry)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      request.id,
      request.requester.user,
      act,
      person?.team ?? null,
      person?.user ?? null,
      person?.alias ?? null,
      groups,
      saw,
      note,
      decidedAt,
      refusal,
      salt,
      ledger.foreseen(request.id),
    ],
  );
  await ledger.enter(request.id, decidedAt, eventOf(decision, salt));
}

/** A decision as the chain has it: its note is a commitment. */
export function eventOf(
  { act, person, groups, saw, refusal, note }: Omit<NewDecision, 'decidedAt'>,
  salt: string,
): Event {
  const data = {
    act,
    person: person && describePerson(person),
    groups: [...groups],
    saw,
    refusal,
    note: note === null ? null : commitmentTo(salt, note),
  };
  return { type: 'decision', data };
}

/** @throws when there is no such request */
export async function selectStory(db: Queryable, id: string): Promise<Story> {
  const { course, more } = await selectOneStory(db, id);
  const { follows } = course.request;
  return { ...course, ...more, earlier: follows === null ? null : await selectEarlier(db, follows) };
}

async function selectEarlier(db: Queryable, id: string): Promise<Earlier> {
  const [{ course }, before] = await Promise.all([selectOneStory(db, id), countBefore(db, id)]);
  return { ...course, before };
}

/** In one statement: all of it as it was at one moment. */
async function selectOneStory(db: Queryable, id: string) {
  return selectOne(
    db,
    StoryRow,
    `select ${REQUEST_COLUMNS}, announced, ${partsOf('= $1')}, ${followersOf('= $1')} as followers
     from requests where id = $1`,
    [id],
  );
}

/** In the order of the requests. */
export async function selectCourses(db: Queryable, requests: readonly Request[]): Promise<readonly Course[]> {
  if (requests.length === 0) return [];
  const parts = await selectOne(db, PartsRow, `select ${partsOf('= any($1)')}`, [
    requests.map(({ id }) => id),
  ]);
  return requests.map(coursesOf(parts));
}

/** What belongs to requests. */
const PartsRow = z.object({
  decisions: z.array(DecisionJson),
  findings: FindingsJson,
  look_ups: LookUpsJson,
  standing: StandingJson,
});

/** @param are which requests. Of one it is asked as of one: for any number PostgreSQL would make a new plan each time. */
const partsOf = (are: '= $1' | '= any($1)'): string => `
  (select coalesce(json_agg(d order by d.id), '[]') from (
     select id, request_id, act, person_team, person_user, groups, saw, note, decided_at, refusal
     from decisions where request_id ${are}) d) as decisions,
  ${findingsOf(are)} as findings, ${lookUpsOf(are)} as look_ups, ${STANDING} as standing`;

const StoryRow = z.unknown().transform((row) => ({
  course: coursesOf(PartsRow.parse(row))(asFrozen(RequestRow.parse(row))),
  more: MoreRow.parse(row),
}));
const MoreRow = z.object({ followers: FollowersJson, announced: z.number() });

/** Puts beside each request what belongs to it. */
function coursesOf(parts: z.output<typeof PartsRow>): (request: Request) => Course {
  const decided = Map.groupBy(parts.decisions, ({ request }) => request);
  const found = Map.groupBy(parts.findings, ({ request }) => request);
  const asked = new Map(parts.look_ups.map(({ request, lookUps }) => [request, lookUps]));
  return (request) => {
    const decisions = (decided.get(request.id) ?? []).map(({ decision }) => decision);
    return {
      request,
      decisions,
      approvals: decisions.flatMap(({ act, refusal, person, groups }) =>
        act === 'approve' && refusal === null && person !== null ? [{ person, groups }] : [],
      ),
      standing: parts.standing,
      findings: (found.get(request.id) ?? []).map(({ finding }) => finding),
      lookUps: asked.get(request.id) ?? NEVER_ASKED,
    };
  };
}
