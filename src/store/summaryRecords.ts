/** The queries on summaries, behind the use cases' port. */
import type { Summaries } from '../usecases/summaries.ts';
import { selectDay, selectDuePeriod, selectLocalDay } from './calendar.ts';
import type { Ledger } from './ledger.ts';
import type { Queryable } from './pool.ts';
import * as signOffs from './signOffs.ts';
import * as summaries from './summaries.ts';

export function createSummaryRecords(db: Queryable, ledger: Ledger): Summaries {
  return {
    selectLocalDay: (now, zone, offsetDays) => selectLocalDay(db, now, zone, offsetDays),
    selectDay: (day, calendar) => selectDay(db, day, calendar),
    selectDuePeriod: async (channel, track, calendar, now) =>
      selectDuePeriod(db, track, calendar, now, await summaries.selectLastSummary(db, channel, track.kind)),
    insertSummary: (channel, figures, asksSignOff) =>
      summaries.insertSummary(db, ledger, channel, figures, asksSignOff),
    selectSummary: (key) => summaries.selectSummary(db, key),
    saveSummaryPosted: (key, ts) => summaries.saveSummaryPosted(db, key, ts),
    lockSummary: (channel, date) => summaries.lockSummary(db, channel, date),
    insertSignOff: (tried) => signOffs.insertSignOff(db, ledger, tried),
    saveSignOffShown: (channel, date) => signOffs.saveSignOffShown(db, channel, date),
  };
}
