/** The rows of the record as SQL that gives them all in one form: that of the entries which they have in the chain. */
import { z } from 'zod';
import type { Canonical } from '../domain/canonical.ts';
import type { Row } from '../record/source.ts';

/** PostgreSQL made it, so it is JSON; whoever changed a row may have put anything into it. */
const Json = z.custom<Readonly<Record<string, Canonical>>>(
  (value) => typeof value === 'object' && value !== null,
);

export const RecordRow = z.object({
  table: z.enum([
    'requests',
    'decisions',
    'attempts',
    'outcomes',
    'bulks',
    'bulk_acts',
    'notices',
    'freezes',
    'lifts',
    'refused_asks',
    'summaries',
    'roll_ups',
    'sign_offs',
  ]),
  id: z.string(),
  request: z.string(),
  entry: z.int().nullable(),
  at: z.string(),
  data: Json,
  texts: Json,
  salt: z.string(),
  /** Of requests. */
  state: z.string().nullable(),
}) satisfies z.ZodType<Row>;

/** Nothing for a time that is none, such as infinity. */
function time(column: string): string {
  return `coalesce(to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '')`;
}

/** Whoever acted, and the account with which they did where it is another. */
const ACTOR =
  "json_strip_nulls(json_build_object('team', person_team, 'user', person_user, 'alias', alias_user))";

/** @param where a condition on `request_id` */
export function rowsOfRequests(where: string): string {
  return `
    select 'requests' as "table", 'C-' || number as id, request_id as request, entry, ${time('requested_at')} as at, salt, state,
      (jsonb_strip_nulls(jsonb_build_object('ticket', ticket, 'follows', follows, 'bulk', bulk)) || jsonb_build_object(
        'number', number, 'digest', digest, 'schema', 'countersign/request/2', 'id', id, 'account', account,
        'provider', provider, 'payment', payment, 'details', details, 'partial', partial,
        'amount', amount_minor || ' ' || currency,
        'requester', json_build_object('team', requester_team, 'user', requester_user),
        'requestedAt', ${time('requested_at')}, 'deadline', ${time('deadline')},
        'closesAt', case when closes_at is not null then ${time('closes_at')} end,
        'evidence', json_build_object(
          'standing', evidence->'standing', 'madeAt', evidence->'madeAt', 'at', ${time('evidence_at')},
          'amount', (evidence->'amount'->>'minor') || ' ' || (evidence->'amount'->>'currency')),
        'rule', rule, 'key', key))::json as data,
      json_build_object(
        'reason', reason,
        'said', json_build_object('facts', evidence->'facts', 'says', evidence->'says')) as texts
    from (select *, id as request_id from requests) requests where ${where}
    union all
    select 'decisions', id::text, request_id, entry, ${time('decided_at')}, salt, null,
      json_build_object(
        'act', act, 'groups', groups, 'saw', saw, 'refusal', refusal,
        'person', case when person_team is not null or person_user is not null
                  then ${ACTOR} end),
      json_build_object('note', note)
    from decisions where ${where}
    union all
    select 'attempts', id::text, request_id, entry, ${time('started_at')}, '', null,
      json_build_object('attempt', n), '{}'
    from attempts where ${where}
    union all
    select 'outcomes', id::text, request_id, entry, ${time('learnt_at')}, salt, null,
      json_build_object(
        'attempt', (select n from attempts a where a.id = attempt_id and a.request_id = outcomes.request_id),
        'source', source, 'outcome', type, 'code', code, 'reference', reference),
      json_build_object('says', says)
    from outcomes where ${where}
    union all
    select 'bulks', 'B-' || number, request_id, entry, ${time('requested_at')}, '', null,
      json_build_object(
        'number', number, 'digest', digest, 'schema', 'countersign/bulk/1', 'id', request_id, 'account', account,
        'requester', json_build_object('team', requester_team, 'user', requester_user),
        'requestedAt', ${time('requested_at')}, 'deadline', ${time('deadline')}, 'rule', rule,
        'lines', (select coalesce(json_agg(digest order by number), '[]') from requests where bulk = bulks.request_id)),
      '{}'
    from (select *, id as request_id from bulks) bulks where ${where}
    union all
    select 'bulk_acts', id::text, request_id, entry, ${time('acted_at')}, '', null,
      json_build_object(
        'act', act, 'groups', groups, 'saw', saw, 'why', why, 'refusal', refusal,
        'person', case when person_team is not null or person_user is not null
                  then ${ACTOR} end),
      '{}'
    from (select *, bulk_id as request_id from bulk_acts) bulk_acts where ${where}`;
}

const PERSON = "json_build_object('team', person_team, 'user', person_user)";

/** What is about no request. @param where a condition on `entry` */
export function rowsOfHouse(where: string): string {
  return `
    select 'notices' as "table", account || ' ' || id as id, of_house as request, entry, ${time('received_at')} as at,
      '' as salt, null as state, '{}'::json as texts,
      json_build_object('account', account, 'notice', id, 'payment', payment, 'reference', reference) as data
    from notices where alarming and (${where})
    union all
    select 'summaries', channel || ' ' || local_date, of_house, entry, ${time('made_at')}, '', null, '{}',
      json_build_object('channel', channel, 'date', local_date, 'figures', figures)
    from summaries where ${where}
    union all
    select 'roll_ups', channel || ' ' || kind || ' ' || local_date, of_house, entry, ${time('made_at')}, '', null, '{}',
      json_build_object('channel', channel, 'kind', kind, 'date', local_date, 'figures', figures)
    from roll_ups where ${where}
    union all
    select 'sign_offs', id::text, of_house, entry, ${time('signed_at')}, '', null, '{}',
      json_build_object('channel', channel, 'date', local_date, 'person', ${PERSON}, 'groups', groups, 'refusal', refusal)
    from sign_offs where ${where}
    union all
    select 'refused_asks', id::text, of_house, entry, ${time('refused_at')}, '', null, '{}',
      json_build_object(
        'account', account, 'payment', payment, 'why', why,
        'person', json_build_object('team', person_team, 'user', person_user))
    from refused_asks where entry is not null and (${where})
    union all ${rowsOfFreezes(where)}`;
}

/** @param where a condition on `entry` */
export function rowsOfFreezes(where: string): string {
  return `
    select 'freezes' as "table", coalesce('F-' || number, entry::text) as id, of_house as request, entry, ${time('frozen_at')} as at,
      salt, null as state, json_build_object('reason', reason) as texts,
      json_build_object(
        'freeze', number, 'scope', scope, 'account', account, 'users', frozen_users, 'person', ${PERSON},
        'groups', groups, 'refusal', refusal) as data
    from freezes where ${where}
    union all
    select 'lifts', id::text, of_house, entry, ${time('agreed_at')}, '', null, '{}',
      json_build_object('freeze', freeze_number, 'person', ${ACTOR}, 'groups', groups, 'refusal', refusal)
    from lifts where ${where}`;
}
