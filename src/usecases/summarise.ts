/** The summary of a local day: posted once to the finance channel, and shown to anyone who asks. */
import type { Figures } from '../domain/summary.ts';
import { createDeliver } from './deliver.ts';
import type { World } from './ports.ts';

export type PostSummary = (date: string) => Promise<void>;

export function createPostSummary({
  store,
  board,
  summary,
}: Pick<World, 'store' | 'board' | 'summary'>): PostSummary {
  const deliver = createDeliver({ store, board });
  return (date) => {
    const name = `summary ${summary.channel} ${date}`;
    return store.alone(name, async () => {
      const figures = await store.selectUnpostedSummary(summary.channel, date);
      if (figures === undefined) return;
      const head = await store.selectHead();
      await deliver({
        name,
        where: 'finance',
        post: (id) => board.postSummary(figures, head, id),
        remember: (records, { ts }) => records.saveSummaryPosted(summary.channel, date, ts),
      });
    });
  };
}

/** @param date a local day such as `2026-11-19`, or days from today: 0 is today so far, -1 is yesterday. */
export type ShowSummary = (date: string | number) => Promise<Figures>;

export function createShowSummary({
  store,
  summary,
  now,
}: Pick<World, 'store' | 'summary' | 'now'>): ShowSummary {
  return async (date) =>
    store.selectFigures(
      typeof date === 'string' ? date : await store.selectLocalDay(now(), summary.zone, date),
      summary.zone,
    );
}
