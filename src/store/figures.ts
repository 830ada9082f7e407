/** The figures of a period, all from one snapshot. */
import type { Pool } from 'pg';
import { addSeconds } from '../domain/clock.ts';
import { compare, datesToCompare } from '../domain/comparison.ts';
import type { Figures, Period } from '../domain/summary.ts';
import type { FiguresWanted } from '../usecases/summaries.ts';
import { countOpenAt, selectActivity } from './activity.ts';
import { selectHead } from './chain.ts';
import { withTransaction } from './transaction.ts';
import { selectUnsignedDays } from './signOffs.ts';
import { selectHaltedBulks, selectSilentAccounts, selectStandingFreezes, selectWaiting } from './standing.ts';
import { selectBefore, selectEarlier } from './summaries.ts';

export async function selectFigures(
  pool: Pool,
  period: Period,
  { channel, now, acceptedSeconds, mute }: FiguresWanted,
): Promise<Figures> {
  return withTransaction(pool, async (db) => {
    await db.query('set transaction isolation level repeatable read, read only');
    const before = await selectBefore(db, channel, period);
    const head = await selectHead(db);
    const activity = await selectActivity(db, period, before?.seq ?? null);
    const compared = compare(
      period,
      activity,
      await selectEarlier(db, channel, period.kind, datesToCompare(period)),
    );
    return {
      ...period,
      ...activity,
      compared,
      madeAt: now,
      head: head === undefined ? null : { seq: Number(head.seq), hash: head.hash.toString('hex') },
      carriedIn: before?.carriedOut ?? (await countOpenAt(db, period.since)),
      carriedOut: await countOpenAt(db, period.until),
      waiting: await selectWaiting(db, now, addSeconds(now, -acceptedSeconds)),
      freezes: await selectStandingFreezes(db),
      halted: await selectHaltedBulks(db),
      silent: await selectSilentAccounts(db, period, mute),
      unsigned: await selectUnsignedDays(db, channel, period.last),
    };
  });
}
