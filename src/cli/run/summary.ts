/** What `countersign summary` does. */
import { z } from 'zod';
import { createProvider } from '../../../providers/index.ts';
import { loadSettings } from '../../config/load.ts';
import { toSummary } from '../../config/summarySettings.ts';
import { tiesOut } from '../../domain/summary.ts';
import { inZone } from '../../slack/look.ts';
import { summaryMessage } from '../../slack/summary.ts';
import { toJson } from '../../store/rows.ts';
import { createSummaryReads } from '../../store/summaryRecords.ts';
import { createShowSummary } from '../../usecases/summarise.ts';
import { callNobody } from './callNobody.ts';
import { withRecordDatabase } from './recordDatabase.ts';

const Day = z.iso.date().optional();
const Options = z.object({ json: z.boolean().default(false) });

/** The figures do not add up. */
const WRONG = 1;

export async function showSummary(date: string | undefined, given: unknown): Promise<void> {
  const { json } = Options.parse(given);
  if (!Day.safeParse(date).success) throw new Error('It is no date such as 2026-11-19.');
  const settings = await loadSettings();
  const providers = new Map(
    Object.entries(settings.accounts).map(([account, details]) => [
      account,
      createProvider(details, callNobody),
    ]),
  );
  const summary = await withRecordDatabase('app', (pool) => {
    const show = createShowSummary({
      store: createSummaryReads(pool),
      providers,
      summary: toSummary(settings),
      now: () => new Date(),
    });
    return show(date ?? 0);
  });
  const { text } = summaryMessage(summary, inZone(settings.summary.zone));
  process.stdout.write(`${json ? toJson(summary) : withoutMarkup(text)}\n`);
  if (!tiesOut(summary.figures)) process.exitCode = WRONG;
}

/** A terminal shows neither bold nor code, and needs nothing escaped. */
function withoutMarkup(mrkdwn: string): string {
  return mrkdwn
    .replaceAll(/[*`]/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
