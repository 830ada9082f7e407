/**
 * How long Slack waits for the acknowledgement, through the real HTTP receiver, beside a bare Bolt app with the same
 * receiver and the same signed requests. Each burst of so many at once is followed by quiet, and the two take turns.
 * Alone, who measures has a core apart: what the app does once it has answered would else keep the answer from being read.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Bench, Row } from '../row.ts';
import { keepTo } from './cores.ts';
import { type House, openHouse, type Running } from './house.ts';
import { approveButton, askForm, type Letter, slashCommand } from './people.ts';
import { percentile } from '../percentile.ts';
import { Card } from './slack.ts';

interface Bursts {
  readonly inFlight: number;
  readonly rounds: number;
  readonly quietMs: number;
}

/** It takes many until a p99 says something. */
const ALONE: readonly Bursts[] = [{ inFlight: 1, rounds: 120, quietMs: 50 }];
const TOGETHER: readonly Bursts[] = [
  { inFlight: 50, rounds: 8, quietMs: 120 },
  { inFlight: 200, rounds: 6, quietMs: 200 },
];
const LONGER = 3;
const WARM_UP = [200, 50, 200, 50, 200, 50];

interface Kind {
  readonly name: string;
  readonly letter: () => Letter;
}

export const ack: Bench = {
  name: 'ack',
  async *run(size) {
    const longer = (bursts: Bursts) => ({
      ...bursts,
      rounds: bursts.rounds * (size === 'full' ? LONGER : 1),
    });
    keepTo('others');
    try {
      yield* measureAll(ALONE.map(longer), () => keepTo('last'));
    } finally {
      keepTo('all');
    }
    yield* measureAll(TOGETHER.map(longer));
  },
};

/** @param ready called when all processes stand. */
async function* measureAll(all: readonly Bursts[], ready?: () => void): AsyncGenerator<Row> {
  const house = await openHouse();
  try {
    const ours = await house.startProcess();
    const bare = await house.startProcess('bareBolt.ts');
    ready?.();
    for (const kind of await kindsAt(house, ours)) {
      await warmUp(kind, house, [bare, ours]);
      for (const bursts of all) yield* measure(kind, bursts, house, { bare, ours });
    }
  } finally {
    await house.stop();
  }
}

async function kindsAt(house: House, { people }: Running): Promise<readonly Kind[]> {
  const { promise, resolve } = Promise.withResolvers<Card>();
  house.outside.hear(z.object({ card: Card }), ({ card }) => resolve(card));
  await people.send(askForm('T4U_ack'));
  const card = await promise;
  let count = 0;
  return [
    { name: 'slash command', letter: slashCommand },
    { name: 'button', letter: () => approveButton(card) },
    { name: 'form', letter: () => askForm(`T4U_ack${(count += 1)}`) },
  ];
}

async function* measure(
  { name, letter }: Kind,
  { inFlight, rounds, quietMs }: Bursts,
  house: House,
  { bare, ours }: { readonly bare: Running; readonly ours: Running },
): AsyncGenerator<Row> {
  const took = new Map<Running, number[]>([
    [bare, []],
    [ours, []],
  ]);
  for (let round = 0; round < rounds; round += 1)
    for (const running of round % 2 === 0 ? [bare, ours] : [ours, bare]) {
      took.get(running)?.push(...(await burst(running, Array.from({ length: inFlight }, letter))));
      // As long for the one as for the other: who was just called answers the next call faster.
      await Promise.all([sleep(quietMs), house.quiet(quietMs)]);
    }
  for (const [label, share, atMost] of [
    ['p50', 0.5, 1.3],
    ['p99', 0.99, 2],
  ] as const)
    yield {
      case: `ack of a ${name}, ${inFlight} in flight, ${label}`,
      unit: 'ms',
      floor: percentile(took.get(bare) ?? [], share),
      ours: percentile(took.get(ours) ?? [], share),
      target: { atMost },
    };
}

function burst({ people }: Running, letters: readonly Letter[]): Promise<number[]> {
  return Promise.all(letters.map((letter) => people.send(letter)));
}

/** Until both run compiled code, and all connections are there. */
async function warmUp({ letter }: Kind, house: House, running: readonly Running[]): Promise<void> {
  for (const one of running)
    for (const inFlight of WARM_UP) {
      await burst(one, Array.from({ length: inFlight }, letter));
      await house.quiet(100);
    }
}
