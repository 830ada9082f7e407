/** The queries on summaries, behind the use cases' port. */
import type { Pool } from 'pg';
import type { Summaries, SummaryReads } from '../usecases/summaries.ts';
import { selectDay, selectDuePeriod, selectLocalDay } from './calendar.ts';
import { selectFigures } from './figures.ts';
import type { Ledger } from './ledger.ts';
import type { Queryable } from './pool.ts';
import * as signOffs from './signOffs.ts';
import * as summaries from './summaries.ts';

/** What it takes to show one. */
export function createSummaryReads(pool: Pool): SummaryReads {
  return {
    ...createReads(pool),
    selectFigures: (period, wanted) => selectFigures(pool, period, wanted),
  };
}

function createReads(db: Queryable) {
  return {
    selectLocalDay: (now, zone, offsetDays) => selectLocalDay(db, now, zone, offsetDays),
    selectDay: (day, zone) => selectDay(db, day, zone),
    selectSummary: (key) => summaries.selectSummary(db, key),
  } satisfies Partial<Summaries>;
}

export function createSummaryRecords(db: Queryable, ledger: Ledger): Summaries {
  return {
    ...createReads(db),
    selectDuePeriod: async (channel, track, calendar, now) =>
      selectDuePeriod(db, track, calendar, now, await summaries.selectLastSummary(db, channel, track.kind)),
    insertSummary: (channel, figures, asksSignOff) =>
      summaries.insertSummary(db, ledger, channel, figures, asksSignOff),
    saveSummaryPosted: (key, ts) => summaries.saveSummaryPosted(db, key, ts),
    lockSummary: (channel, date) => summaries.lockSummary(db, channel, date),
    insertSignOff: (tried) => signOffs.insertSignOff(db, ledger, tried),
    saveSignOffShown: (channel, date) => signOffs.saveSignOffShown(db, channel, date),
  };
}
