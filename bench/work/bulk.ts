/** A bulk of a thousand payments: the click that decides on all of them, and the way to the last outcome. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Bench, Row } from '../row.ts';
import { type Bare, startBare } from './bare.ts';
import { commitsSoFar } from './commits.ts';
import { type House, openHouse, type Running } from './house.ts';
import { median } from '../percentile.ts';
import { approveForm, bulkForm } from './people.ts';
import { Card } from './slack.ts';

const LINES = 1_000;
const Count = z.object({ count: z.number() });

export const bulk: Bench = {
  name: 'bulk',
  async *run(size) {
    const house = await openHouse();
    try {
      const running = await house.startProcess();
      const bare = await startBare(house);
      const rounds: Round[] = [];
      for (let round = 0; round < (size === 'full' ? 4 : 1); round += 1)
        rounds.push(await runOne(house, running, bare, round));
      yield rowOf('bulk of 1,000: the click that decides', rounds, 'click');
      yield rowOf('bulk of 1,000: from the click to the last outcome', rounds, 'all');
      await bare.stop();
    } finally {
      await house.stop();
    }
  },
};

/** Milliseconds. */
type Beside = Pick<Row, 'floor' | 'ours'>;
type Round = Readonly<Record<'click' | 'all', Beside>>;

function rowOf(name: string, rounds: readonly Round[], part: keyof Round): Row {
  return {
    case: name,
    unit: 'ms',
    floor: median(rounds.map((round) => round[part].floor)),
    ours: median(rounds.map((round) => round[part].ours)),
    target: { atMost: 3 },
  };
}

async function runOne(house: House, { people }: Running, bare: Bare, round: number): Promise<Round> {
  const payments = Array.from({ length: LINES }, (_one, n) => `T4U_bulk${round}x${n}`);
  const { promise: posted, resolve } = Promise.withResolvers<Card>();
  house.outside.hear(z.object({ card: Card }), ({ card }) => {
    if (card.payment.startsWith(`T4U_bulk${round}x`)) resolve(card);
  });
  await people.send(bulkForm(payments));
  const card = await posted;
  await house.quiet(500);
  await house.analyze();

  const commitsBefore = await commitsSoFar(house.sql);
  const began = performance.now();
  await people.send(approveForm(card, 'approve_whole_bulk'));
  await untilAll(house, card.id, `state not in ('pending')`);
  const clickMs = performance.now() - began;
  await untilAll(house, card.id, `state = 'cancelled'`);
  const allMs = performance.now() - began;
  const commits = Math.round(((await commitsSoFar(house.sql)) - commitsBefore) / LINES);
  await house.quiet(500);

  const floorMs = await decideBare(house);
  // One after the other, as an account's pace wants it; what begins each is one more commit.
  const { tookMs } = await bare.run({ count: LINES, atOnce: 1, before: 1, after: commits - 2 });
  return { click: { floor: floorMs, ours: clickMs }, all: { floor: floorMs + tookMs, ours: allMs } };
}

async function untilAll({ sql }: House, bulkId: string, is: string): Promise<void> {
  const text = `select count(*)::int as count from requests where bulk = $1 and ${is}`;
  while (Count.parse((await sql.query(text, [bulkId])).rows[0]).count < LINES) await sleep(10);
}

/** As many rows written and moved in one transaction of hand-written SQL. */
async function decideBare({ sql }: House): Promise<number> {
  await sql.query(
    `with made as (insert into bare_requests (state) select 'pending' from generate_series(1, ${LINES}) returning id)
     select from made`,
  );
  const began = performance.now();
  await sql.query('begin');
  const { rows } = await sql.query<{ id: string }>(
    `select id from bare_requests where state = 'pending' order by id desc limit ${LINES} for update`,
  );
  const ids = rows.map(({ id }) => id);
  // A decision and an entry of the record.
  for (const body of ['d'.repeat(300), 'e'.repeat(700)])
    await sql.query('insert into bare_entries (request, body) select id, $2 from unnest($1::bigint[]) id', [
      ids,
      body,
    ]);
  await sql.query(`update bare_requests set state = 'approved' where id = any($1)`, [ids]);
  await sql.query('commit');
  return performance.now() - began;
}
