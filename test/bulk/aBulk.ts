/** Bulks as tests make them: Maria's list, looked up and asked for. */
import type { Bulk } from '../../src/domain/bulk.ts';
import { createKeyring } from '../../src/record/keys.ts';
import { isWhole, sayReport } from '../../src/record/report.ts';
import { type Report, verify } from '../../src/record/verify.ts';
import { createPool } from '../../src/store/pool.ts';
import { withRecordSource } from '../../src/store/recordSource.ts';
import type { TestDatabase } from '../fakes/database.ts';
import { MARIA, type Process, SECRET } from '../fakes/processes.ts';

/** `tx1`, `tx2`, ... */
export function payments(count: number, prefix = 'tx'): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}

/** What Maria pastes becomes a draft. */
export async function draftOf({ usecases }: Process, list: readonly string[]): Promise<string> {
  const checked = usecases.checkList({ account: 'shop-pl', list: list.join('\n'), reason: 'Paid twice' });
  if (!checked.ok) throw new Error(JSON.stringify(checked));
  const begun = await usecases.beginDraft(checked.list, MARIA);
  if (!begun.ok) throw new Error(JSON.stringify(begun));
  return begun.draft;
}

export async function askInBulk(process: Process, list: readonly string[]): Promise<Bulk> {
  const id = await draftOf(process, list);
  await process.usecases.workOnDraft(id);
  const draft = await process.store.selectOptionalDraft(id);
  if (draft?.bulk == null) throw new Error('no bulk was made');
  await process.usecases.workOnDraft(id);
  return process.store.selectBulk(draft.bulk);
}

/** What `countersign verify` finds. */
export async function reportOn({ url }: Pick<TestDatabase, 'url'>): Promise<Report> {
  const pool = createPool(url, () => undefined);
  try {
    return await withRecordSource(pool, (source) => verify(source, createKeyring([SECRET])));
  } finally {
    await pool.end();
  }
}

export async function expectWhole(database: Pick<TestDatabase, 'url'>): Promise<void> {
  const report = await reportOn(database);
  if (!isWhole(report)) throw new Error(sayReport(report).join('\n'));
}
