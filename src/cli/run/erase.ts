/** What `countersign erase` does. */
import { z } from 'zod';
import { createSeal } from '../../record/keys.ts';
import { type Erased, eraseText, planErasure, type Subject } from '../../store/erase.ts';
import { nameOf } from '../subject.ts';
import { readRecordSecret, withRecordDatabase } from './recordDatabase.ts';

const Options = z.object({ by: z.string(), why: z.string(), dryRun: z.boolean().default(false) });

export async function erase(subject: Subject, given: unknown): Promise<void> {
  const { by, why, dryRun } = Options.parse(given);
  const erased = await withRecordDatabase('owner', async (pool) =>
    dryRun
      ? planErasure(pool, subject)
      : eraseText(pool, createSeal(await readRecordSecret()), { subject, by, why }, new Date()),
  );
  if (!erased.done) throw new Error(erased.because);
  process.stdout.write(tell(nameOf(subject), erased, dryRun));
}

function tell(name: string, { parts, messages }: Extract<Erased, { done: true }>, dryRun: boolean): string {
  const entries = parts.flatMap((part) => part.entries);
  const where = parts.length === 1 ? entries.join(', ') : `of its ${parts.length} lines`;
  const what = `the text of ${entries.length} entries of ${name} (${where})`;
  const places = messages.map(({ kind, channel, ts }) => `  ${channel} ${ts} (${kind})\n`).join('');
  return [
    dryRun ? `This would erase ${what}.\n` : `Erased ${what}, and recorded that.\n`,
    'Copies stay in backups, in exports made before, and in Slack, where Countersign erases nothing.\n',
    places === '' ? '' : `Its messages in Slack (channel, ts):\n${places}`,
  ].join('');
}
