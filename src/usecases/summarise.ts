/** Summaries: made when they are due, posted once to the finance channel, and shown to anyone who asks. */
import { type Figures, type Kind, total } from '../domain/summary.ts';
import { createDeliver, rememberDelivered } from './deliver.ts';
import type { World } from './ports.ts';
import type { SummaryFile } from './summaryFiles.ts';
import type { FiguresWanted, Summary, SummaryKey, SummaryReads, Track } from './summaries.ts';

function wantedOf({ providers, summary, now }: Pick<World, 'providers' | 'summary' | 'now'>): FiguresWanted {
  const { channel, acceptedSeconds } = summary;
  const mute = Array.from(providers).flatMap(([account, { isMute }]) => (isMute === true ? [account] : []));
  return { channel, now: now(), acceptedSeconds, mute };
}

export type MakeDueSummary = (track: Track) => Promise<void>;

/**
 * While Slack is away nothing is made: what could not be posted would come late and out of date, and several of them at
 * once. Once it is back, one summary covers all days that were missed.
 */
export function createMakeDueSummary(
  world: Pick<World, 'store' | 'board' | 'providers' | 'summary' | 'now'>,
): MakeDueSummary {
  const { store, board, summary, now } = world;
  return async (track) => {
    const { channel, reviewers } = summary;
    const period = await store.selectDuePeriod(channel, track, summary, now());
    if (period === undefined) return;
    await board.checkReachable();
    const figures = await store.selectFigures(period, wantedOf(world));
    await store.transaction(async (records) => {
      if (await records.insertSummary(channel, figures, reviewers.length > 0))
        await records.enqueue({ name: 'summarise', kind: period.kind, date: period.last });
    });
  };
}

export type PostSummary = (kind: Kind, date: string) => Promise<void>;

/** Posts a summary, or shows on its message who signed it off since. May run any number of times. */
export function createPostSummary({
  store,
  board,
  summary: { channel },
}: Pick<World, 'store' | 'board' | 'summary'>): PostSummary {
  const deliver = createDeliver({ store, board });
  return (kind, date) => {
    const key: SummaryKey = { channel, kind, date };
    const name = summaryName(key);
    return store.alone(name, async () => {
      const summary = await store.selectSummary(key);
      if (summary === undefined) return;
      if (summary.ts === null) {
        await deliver({
          name,
          where: 'finance',
          post: (id) => board.postSummary(summary, id),
          remember: ({ ts }) =>
            rememberDelivered(store, name, async (records) => {
              await records.saveSummaryPosted(key, ts);
              await records.wantFiles(key, filesOf(summary.figures));
              await records.enqueue({ name: 'summary-files', kind, date });
            }),
        });
      } else if (summary.signOff !== null && !summary.showsSignOff) {
        // Where the message is gone there is nothing to show it on; it is on record.
        await board.editSummary({ channel, ts: summary.ts }, summary);
        await store.saveSignOffShown(channel, date);
      }
    });
  };
}

/** Of its post, and of whoever edits it. */
export function summaryName({ channel, kind, date }: SummaryKey): string {
  return ['summary', channel, ...(kind === 'day' ? [] : [kind]), date].join(' ');
}

/** A picture of fourteen days says nothing of a month; and where there was no request, there is none to list. */
function filesOf({ kind, carriedIn, opened }: Figures): readonly SummaryFile[] {
  return [
    ...(kind === 'month' ? [] : ['picture' as const]),
    ...(carriedIn + total(opened) === 0 ? [] : ['detail' as const]),
  ];
}

/** @param date a local day such as `2026-11-19`, or days from today: 0 is today so far, -1 is yesterday. */
export type ShowSummary = (date: string | number) => Promise<Summary>;

/** As it was made for the channel; a day that has none is counted now. */
export function createShowSummary(
  world: Pick<World, 'providers' | 'summary' | 'now'> & { readonly store: SummaryReads },
): ShowSummary {
  const { store, summary, now } = world;
  const { channel, zone } = summary;
  async function count(date: string): Promise<Figures> {
    const wanted = wantedOf(world);
    // It is due whenever somebody asks.
    return store.selectFigures({ ...(await store.selectDay(date, zone)), dueAt: wanted.now }, wanted);
  }
  return async (asked) => {
    const date = typeof asked === 'string' ? asked : await store.selectLocalDay(now(), zone, asked);
    return (
      (await store.selectSummary({ channel, kind: 'day', date })) ?? neverMade(channel, await count(date))
    );
  };
}

function neverMade(channel: string, figures: Figures): Summary {
  return {
    channel,
    figures,
    ts: null,
    asksSignOff: false,
    signOff: null,
    picture: null,
    showsSignOff: false,
  };
}
