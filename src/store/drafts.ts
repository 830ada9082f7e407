/** Queries on `bulk_drafts` and `bulk_draft_lines`, and what a list is checked against. */
import { z } from 'zod';
import type { Request } from '../domain/request.ts';
import type { Draft, DraftLine } from '../usecases/draft.ts';
import type { Place } from '../usecases/posting.ts';
import { type Queryable, selectAll, selectOptional } from './pool.ts';
import { OPEN, REQUEST_COLUMNS, RequestRow } from './requests.ts';
import { columnsOf, EvidenceJson, toJson } from './rows.ts';

const DraftRow = z
  .object({
    id: z.string(),
    account: z.string(),
    reason: z.string(),
    ticket: z.string().nullable(),
    requester_team: z.string(),
    requester_user: z.string(),
    begun_at: z.date(),
    asked_at: z.date().nullable(),
    bulk: z.string().nullable(),
    channel: z.string().nullable(),
    ts: z.string().nullable(),
  })
  .transform(({ requester_team, requester_user, begun_at, asked_at, channel, ts, ...row }): Draft => ({
    ...row,
    requester: { team: requester_team, user: requester_user },
    begunAt: begun_at,
    askedAt: asked_at,
    message: channel === null || ts === null ? null : { channel, ts },
  }));

const DRAFT_COLUMNS = columnsOf(DraftRow);

const TargetJson = z.object({
  payment: z.string(),
  details: z.record(z.string(), z.string()),
  part: z.string().nullable(),
});

const DraftLineRow = z
  .object({
    place: z.number(),
    target: TargetJson,
    key: z.string(),
    evidence: EvidenceJson.nullable(),
    evidence_at: z.date().nullable(),
  })
  .transform(({ evidence, evidence_at: at, ...row }): DraftLine => ({
    ...row,
    answer: evidence === null || at === null ? null : { evidence, at },
  }));

export async function insertDraft(db: Queryable, draft: Draft, lines: readonly DraftLine[]): Promise<void> {
  const { id, account, reason, ticket, requester, begunAt } = draft;
  await db.query(
    `insert into bulk_drafts (id, account, reason, ticket, requester_team, requester_user, begun_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [id, account, reason, ticket, requester.team, requester.user, begunAt],
  );
  await db.query(
    `insert into bulk_draft_lines (draft_id, place, target, key)
     select $1, place, target, key from jsonb_to_recordset($2::jsonb) as line (place int, target jsonb, key text)`,
    [id, toJson(lines)],
  );
}

export async function lockDraft(db: Queryable, id: string): Promise<Draft | undefined> {
  return selectOptional(db, DraftRow, `select ${DRAFT_COLUMNS} from bulk_drafts where id = $1 for update`, [
    id,
  ]);
}

export async function selectOptionalDraft(db: Queryable, id: string): Promise<Draft | undefined> {
  return selectOptional(db, DraftRow, `select ${DRAFT_COLUMNS} from bulk_drafts where id = $1`, [id]);
}

export async function selectDraftLines(db: Queryable, id: string): Promise<readonly DraftLine[]> {
  return selectAll(
    db,
    DraftLineRow,
    'select place, target, key, evidence, evidence_at from bulk_draft_lines where draft_id = $1 order by place',
    [id],
  );
}

export async function saveAnswer(
  db: Queryable,
  draft: string,
  place: number,
  { evidence, at }: NonNullable<DraftLine['answer']>,
): Promise<void> {
  await db.query(
    'update bulk_draft_lines set evidence = $3, evidence_at = $4 where draft_id = $1 and place = $2',
    [draft, place, toJson(evidence), at],
  );
}

export async function saveDraftMessage(db: Queryable, id: string, { channel, ts }: Place): Promise<void> {
  await db.query('update bulk_drafts set channel = $2, ts = $3 where id = $1', [id, channel, ts]);
}

export async function markAsked(db: Queryable, id: string, at: Date): Promise<void> {
  await db.query('update bulk_drafts set asked_at = $2 where id = $1', [id, at]);
}

export async function saveMade(db: Queryable, id: string, bulk: string): Promise<void> {
  await db.query('update bulk_drafts set bulk = $2 where id = $1', [id, bulk]);
}

const OldRow = z.object({ id: z.string() });

/** Those whose requester never said what to do about them. */
export async function selectOldDrafts(db: Queryable, before: Date): Promise<readonly string[]> {
  const rows = await selectAll(
    db,
    OldRow,
    'select id from bulk_drafts where asked_at < $1 and bulk is null limit 100',
    [before],
  );
  return rows.map(({ id }) => id);
}

export async function deleteDraft(db: Queryable, id: string): Promise<void> {
  await db.query('delete from bulk_drafts where id = $1', [id]);
}

export async function selectOpenRequests(
  db: Queryable,
  account: string,
  payments: readonly string[],
): Promise<readonly Request[]> {
  return selectAll(
    db,
    RequestRow,
    `select ${REQUEST_COLUMNS} from requests where account = $1 and payment = any ($2) and state in (${OPEN})`,
    [account, payments],
  );
}

const SumRow = z.object({ payment: z.string(), sum: z.string().transform(BigInt) });

export async function sumCancelledOf(
  db: Queryable,
  account: string,
  payments: readonly string[],
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await selectAll(
    db,
    SumRow,
    `select payment, coalesce(sum(amount_minor), 0)::text as sum from requests
     where account = $1 and payment = any ($2) and state in ('cancelled', 'accepted', 'unknown')
     group by payment`,
    [account, payments],
  );
  return new Map(rows.map(({ payment, sum }) => [payment, sum]));
}
