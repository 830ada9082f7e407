/** Everything that the tables say of the requests, read as it stands at one moment. */
import type { Pool } from 'pg';
import { z } from 'zod';

const RequestRow = z.object({
  id: z.string(),
  number: z.coerce.number(),
  account: z.string(),
  payment: z.string(),
  requester: z.string(),
  digest: z.string(),
  deadline: z.coerce.date(),
  needs: z.array(z.object({ group: z.string(), count: z.number() })),
  state: z.string(),
  /** The bulk of which it is a line. */
  bulk: z.string().nullable(),
  isAnnounced: z.boolean(),
});

/** Where its entry stands in the chain, which is linked in the order of commits. */
const place = z.number();

const DecisionRow = z.object({
  request: z.string(),
  act: z.enum(['approve', 'reject', 'withdraw', 'expire', 'lapse']),
  person: z.string().nullable(),
  groups: z.array(z.string()),
  saw: z.string().nullable(),
  at: z.coerce.date(),
  refusal: z.string().nullable(),
  place,
});

const BulkRow = RequestRow.omit({ payment: true, state: true, bulk: true });
const ActRow = DecisionRow.omit({ request: true }).extend({
  bulk: z.string(),
  act: z.enum(['approve', 'reject', 'withdraw', 'pause', 'go_on', 'stop']),
});

const FreezeRow = z.object({
  number: z.number().nullable(),
  scope: z.enum(['all', 'account', 'person']),
  account: z.string().nullable(),
  users: z.array(z.string()),
  person: z.string(),
  refusal: z.string().nullable(),
  place,
});
const LiftRow = FreezeRow.pick({ person: true, refusal: true, place: true }).extend({ freeze: z.number() });

const AttemptRow = z.object({ id: z.coerce.string(), request: z.string(), place });
const OutcomeRow = z.object({
  attempt: z.coerce.string(),
  type: z.enum(['cancelled', 'accepted', 'refused', 'unknown', 'not_sent']),
});
/** Where Slack keeps the headline and the card that the app goes on editing. */
const MessageRow = z.object({ request: z.string(), kind: z.string(), channel: z.string(), ts: z.string() });

const Everything = z.object({
  requests: z.array(RequestRow),
  decisions: z.array(DecisionRow),
  attempts: z.array(AttemptRow),
  outcomes: z.array(OutcomeRow),
  bulks: z.array(BulkRow),
  acts: z.array(ActRow),
  freezes: z.array(FreezeRow),
  lifts: z.array(LiftRow),
  /** How many lists are being looked up, or were not told of to who asked. */
  drafts: z.number(),
  messages: z.array(MessageRow),
});

export type Everything = z.infer<typeof Everything>;
export type RequestRow = z.infer<typeof RequestRow>;
export type DecisionRow = z.infer<typeof DecisionRow>;
export type BulkRow = z.infer<typeof BulkRow>;
export type ActRow = z.infer<typeof ActRow>;
export type FreezeRow = z.infer<typeof FreezeRow>;

const list = (columns: string, from: string) =>
  `(select coalesce(jsonb_agg(one), '[]') from (select ${columns} from ${from}) one)`;

const placeIn = (of: string) =>
  `(select seq from chain where chain.request_id = ${of} and chain.n = entry) as place`;

export async function readRecord(pool: Pick<Pool, 'query'>): Promise<Everything> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select
       ${list(
         `id, number, account, payment, requester_user as requester, digest, deadline, rule->'needs' as needs, state,
          bulk, announced >= version as "isAnnounced"`,
         'requests order by number',
       )} as requests,
       ${list(
         `request_id as request, act, person_user as person, groups, saw, decided_at as at, refusal,
          ${placeIn('decisions.request_id')}`,
         'decisions order by id',
       )} as decisions,
       ${list(`id, request_id as request, ${placeIn('attempts.request_id')}`, 'attempts order by id')} as attempts,
       ${list('attempt_id as attempt, type', 'outcomes order by id')} as outcomes,
       ${list(
         `id, number, account, requester_user as requester, digest, deadline, rule->'needs' as needs,
          announced > (select count(*) from bulk_acts a where a.bulk_id = bulks.id and a.refusal is null)
            as "isAnnounced"`,
         'bulks order by number',
       )} as bulks,
       ${list(
         `bulk_id as bulk, act, person_user as person, groups, saw, acted_at as at, refusal, ${placeIn('bulk_id')}`,
         'bulk_acts order by id',
       )} as acts,
       ${list(
         `number, scope, account, frozen_users as users, person_user as person, refusal, ${placeIn('of_house')}`,
         'freezes order by entry',
       )} as freezes,
       ${list(
         `freeze_number as freeze, person_user as person, refusal, ${placeIn('of_house')}`,
         'lifts order by entry',
       )} as lifts,
       (select count(*) from bulk_drafts where asked_at is null or bulk is not null)::int as drafts,
       ${list('request_id as request, kind, channel, ts', "messages where kind in ('headline', 'card')")} as messages`,
  );
  return Everything.parse(rows[0]);
}
