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
  isAnnounced: z.boolean(),
});

const DecisionRow = z.object({
  request: z.string(),
  act: z.enum(['approve', 'reject', 'withdraw', 'expire', 'lapse']),
  person: z.string().nullable(),
  groups: z.array(z.string()),
  saw: z.string().nullable(),
  at: z.coerce.date(),
  refusal: z.string().nullable(),
  /** The transaction that wrote it: one that began to write later has a higher number, whatever the clocks say. */
  by: z.coerce.number(),
});

const AttemptRow = z.object({ id: z.coerce.string(), request: z.string(), by: z.coerce.number() });
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
  messages: z.array(MessageRow),
});

export type Everything = z.infer<typeof Everything>;
export type RequestRow = z.infer<typeof RequestRow>;
export type DecisionRow = z.infer<typeof DecisionRow>;

const list = (columns: string, from: string) =>
  `(select coalesce(jsonb_agg(one), '[]') from (select ${columns} from ${from}) one)`;

export async function readRecord(pool: Pick<Pool, 'query'>): Promise<Everything> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `select
       ${list(
         `id, number, account, payment, requester_user as requester, digest, deadline, rule->'needs' as needs, state,
          announced >= version as "isAnnounced"`,
         'requests order by number',
       )} as requests,
       ${list(
         `request_id as request, act, person_user as person, groups, saw, decided_at as at, refusal,
          xmin::text as by`,
         'decisions order by id',
       )} as decisions,
       ${list('id, request_id as request, xmin::text as by', 'attempts order by id')} as attempts,
       ${list('attempt_id as attempt, type', 'outcomes order by id')} as outcomes,
       ${list('request_id as request, kind, channel, ts', "messages where kind in ('headline', 'card')")} as messages`,
  );
  return Everything.parse(rows[0]);
}
