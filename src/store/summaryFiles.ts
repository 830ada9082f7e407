/** Queries on `summary_files`: how far the files of a summary are. */
import { z } from 'zod';
import type { Job } from '../usecases/job.ts';
import { kinds } from '../domain/summary.ts';
import type { SummaryKey } from '../usecases/summaries.ts';
import {
  type FileStanding,
  fileStates,
  type SummaryFile,
  type SummaryFileRecords,
  summaryFiles,
} from '../usecases/summaryFiles.ts';
import { selectFortnight } from './fortnight.ts';
import { type Queryable, selectAll } from './pool.ts';
import { selectDetail } from './summaryDetail.ts';

const StandingRow = z
  .object({
    file: z.enum(summaryFiles),
    state: z.enum(fileStates),
    slack_id: z.string().nullable(),
    address: z.string().nullable(),
    alt_text: z.string().nullable(),
    tries: z.number(),
    looks: z.number(),
  })
  .transform(({ slack_id, alt_text, ...row }): FileStanding => ({
    ...row,
    slackId: slack_id,
    altText: alt_text,
  }));

export function createSummaryFileRecords(db: Queryable): SummaryFileRecords {
  return {
    wantFiles: (key, files) => wantFiles(db, key, files),
    selectFiles: (key) => selectFiles(db, key),
    saveFile: (key, standing) => saveFile(db, key, standing),
    selectFortnight: (figures) => selectFortnight(db, figures),
    selectDetail: (channel, figures) => selectDetail(db, channel, figures),
  };
}

async function wantFiles(
  db: Queryable,
  { channel, kind, date }: SummaryKey,
  files: readonly SummaryFile[],
): Promise<void> {
  await db.query(
    `insert into summary_files (channel, kind, local_date, file)
     select $1, $2, $3, file from unnest($4::text[]) file on conflict do nothing`,
    [channel, kind, date, files],
  );
}

async function selectFiles(
  db: Queryable,
  { channel, kind, date }: SummaryKey,
): Promise<readonly FileStanding[]> {
  return selectAll(
    db,
    StandingRow,
    `select file, state, slack_id, address, alt_text, tries, looks from summary_files
     where channel = $1 and kind = $2 and local_date = $3 order by file desc`,
    [channel, kind, date],
  );
}

async function saveFile(
  db: Queryable,
  { channel, kind, date }: SummaryKey,
  { file, state, slackId, address, altText, tries, looks }: FileStanding,
): Promise<void> {
  await db.query(
    `update summary_files set state = $5, slack_id = $6, address = $7, alt_text = $8, tries = $9, looks = $10,
       touched_at = now()
     where channel = $1 and kind = $2 and local_date = $3 and file = $4`,
    [channel, kind, date, file, state, slackId, address, altText, tries, looks],
  );
}

const NeglectedRow = z
  .object({ kind: z.enum(kinds), date: z.string() })
  .transform((row): Job => ({ name: 'summary-files', ...row }));

/** Those that nothing was done to for longer than any wait takes; after a day nobody waits for them any more. */
export async function selectNeglectedFiles(db: Queryable): Promise<readonly Job[]> {
  return selectAll(
    db,
    NeglectedRow,
    `select distinct kind, local_date::text as date from summary_files
     where (state in ('wanted', 'sharing') or state = 'shared' and file = 'picture')
       and touched_at between now() - interval '1 day' and now() - interval '2 minutes' limit 10`,
  );
}
