/** What people, the clock and the monitoring make Countersign do, on a record of years. */
import { addSeconds, DAY_SECONDS } from '../../src/domain/clock.ts';
import type { Figures } from '../../src/domain/summary.ts';
import { detailCsv } from '../../src/slack/summaryDetail.ts';
import { selectGauges } from '../../src/store/gauges.ts';
import { START } from '../../src/usecases/paging.ts';
import { ask, MARIA, PAVEL, type Process } from '../../test/fakes/processes.ts';
import type { Prepare } from '../rounds.ts';

/** A process on a record of years. */
export interface Grown extends Process {
  readonly requests: number;
  readonly now: Date;
}

const [CHANNEL, ZONE] = ['C_FINANCE', 'Europe/Warsaw'];

/** The number of the first request. */
const FIRST = 1001;

function read(work: () => Promise<unknown>): Prepare {
  return async () => work;
}

export function pathsOf({ requests, now, pool, store, usecases }: Grown): ReadonlyMap<string, Prepare> {
  const old = FIRST + Math.floor(requests / 3);
  let payments = 0;
  const askAnew = () => ask({ usecases }, `new-${(payments += 1)}`);

  /** Of yesterday. */
  async function selectFigures(): Promise<Figures> {
    const day = await store.selectDay(await store.selectLocalDay(now, ZONE, -1), ZONE);
    const wanted = { channel: CHANNEL, now, acceptedSeconds: DAY_SECONDS, mute: [] };
    return store.selectFigures({ ...day, dueAt: now }, wanted);
  }

  return new Map<string, Prepare>([
    ['list open', read(() => usecases.listRequests('open', MARIA, START))],
    ['list mine', read(() => usecases.listRequests('mine', MARIA, START))],
    ['list mine, years back', read(() => usecases.listRequests('mine', MARIA, { to: 'onwards', from: old }))],
    ['list unknown', read(() => usecases.listRequests('unknown', MARIA, START))],
    ['find a payment', read(() => usecases.findRequests(`payment-${old}`, START))],
    ['show', read(() => usecases.showNumber(old, MARIA))],
    [
      'Home',
      async () => {
        await usecases.openHome(PAVEL);
        return () => usecases.showHome(PAVEL.user);
      },
    ],
    [
      'evidence of earlier requests',
      async () => {
        const request = await askAnew();
        return () => store.selectContext(request, addSeconds(now, -DAY_SECONDS));
      },
    ],
    ['ask', async () => askAnew],
    [
      'approve',
      async () => {
        const { id, digest } = await askAnew();
        return () => usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
      },
    ],
    [
      'send',
      async () => {
        const { id, digest } = await askAnew();
        await usecases.decideOnRequest(id, { type: 'approve', saw: digest, note: null }, PAVEL);
        return () => usecases.dispatch(id);
      },
    ],
    ["the minute's tick", read(() => usecases.tick())],
    ['/metrics', read(() => selectGauges(pool))],
    ['the figures of a day', async () => selectFigures],
    [
      'the chart of a day',
      async () => {
        const figures = await selectFigures();
        return () => store.selectFortnight(figures);
      },
    ],
    [
      'the CSV of a day',
      async () => {
        const figures = await selectFigures();
        return async () => detailCsv((await store.selectDetail(CHANNEL, figures)).lines);
      },
    ],
  ]);
}
