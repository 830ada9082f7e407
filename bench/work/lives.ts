/** Whole lives of requests: somebody of the team asks, Pavel approves the card as soon as it is there, and the provider is called. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { House, Running } from './house.ts';
import { approveForm, askForm } from './people.ts';
import { Card } from './slack.ts';

export interface Lives {
  /**
   * So many, of which so many are under way at any time. Resolves when every outcome is recorded, to the milliseconds
   * from each click that decided to the first byte of the cancellation at the provider.
   * @param processes each gets as much as the others; who approves does it at another one than who asked.
   * @param think what happens between the card and the click.
   */
  many(
    processes: readonly Running[],
    count: number,
    atOnce: number,
    think?: () => Promise<void>,
  ): Promise<readonly number[]>;
}

/** Each request says what else its requester asked for. */
const ASKERS = Array.from({ length: 20 }, (_one, n) => `U0SUPPORT${n}`);

const RecordedRow = z.object({ count: z.number() });

export function createLives(house: House): Lives {
  const cards = createArrivals<Card>();
  const calls = createArrivals<bigint>();
  house.outside.hear(z.object({ card: Card }), ({ card }) => cards.arrive(card.payment, card));
  house.outside.hear(z.object({ cancelled: z.string(), at: z.string() }), ({ cancelled, at }) =>
    calls.arrive(cancelled, BigInt(at)),
  );
  let begun = 0;

  async function live(processes: readonly Running[], think: () => Promise<void>): Promise<number> {
    const turn = (begun += 1);
    const payment = `T4U_life${turn}`;
    await processes[turn % processes.length]?.people.send(askForm(payment, ASKERS[turn % ASKERS.length]));
    const card = await cards.next(payment);
    await think();
    const letter = approveForm(card);
    const clickedAt = process.hrtime.bigint();
    await processes[(turn + 1) % processes.length]?.people.send(letter);
    return Number((await calls.next(payment)) - clickedAt) / 1e6;
  }

  async function recorded(): Promise<number> {
    const { rows } = await house.sql.query('select count(*)::int as count from outcomes');
    return RecordedRow.parse(rows[0]).count;
  }

  return {
    async many(processes, count, atOnce, think = async () => undefined) {
      const before = await recorded();
      const took: number[] = [];
      let left = count;
      async function oneAfterTheOther(): Promise<void> {
        while (left > 0) {
          left -= 1;
          took.push(await live(processes, think));
        }
      }
      await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
      while ((await recorded()) < before + count) await sleep(2);
      return took;
    },
  };
}

/** What arrives once under a name, and is waited for. */
function createArrivals<T>() {
  const waiting = new Map<string, PromiseWithResolvers<T>>();
  const of = (name: string) => {
    const known = waiting.get(name) ?? Promise.withResolvers<T>();
    waiting.set(name, known);
    return known;
  };
  return {
    arrive: (name: string, what: T) => of(name).resolve(what),
    async next(name: string): Promise<T> {
      const what = await of(name).promise;
      waiting.delete(name);
      return what;
    },
  };
}
