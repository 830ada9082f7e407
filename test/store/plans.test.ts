/** Whatever people and the clock make Countersign do, no table that grows is read from end to end for it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathsOf } from '../../bench/growth/paths.ts';
import type { Prepare } from '../../bench/rounds.ts';
import { lists } from '../../src/usecases/queries.ts';
import { START } from '../../src/usecases/paging.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, LENA, MARIA, PAVEL, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { explainAll, selectSmallIndexes, watchPlans, type Watched } from './plans.ts';
import { plantYears } from './plantingYears.ts';

/**
 * They get a row for whatever happens. Of freezes, lifts, alarms and shortages there is a handful a year, of summaries
 * and sign-offs one a day; drafts, watchers and deliveries go again; turns are of channels and of people.
 */
const GROWING = [
  'requests',
  'decisions',
  'attempts',
  'outcomes',
  'look_ups',
  'messages',
  'home_news',
  'bulks',
  'bulk_acts',
  'bulk_places',
  'bulk_tries',
  'notices',
  'refused_asks',
  'chain',
  'heads',
];
const REQUESTS = 20_000;
const OLD = 8_000;

/** What else is done with a request. */
function others({ usecases, store, pool }: Process): ReadonlyMap<string, Prepare> {
  const pages = lists.map((list): [string, Prepare] => [
    `a later page of ${list}`,
    async () => () => usecases.listRequests(list, MARIA, { to: 'onwards', from: OLD }),
  ]);
  return new Map<string, Prepare>([
    ...pages,
    ['find a request', async () => () => usecases.findRequests(`C-${OLD}`, START)],
    ['find a ticket', async () => () => usecases.findRequests(`HELP-${OLD}`, START)],
    ['recognise a payment', async () => () => usecases.recognisePayment(`see payment-${OLD}, please`)],
    [
      'announce',
      async () => {
        const { id } = await ask({ usecases }, `announced-${randomUUID()}`);
        return () => usecases.announce(id);
      },
    ],
    [
      'the next line of a bulk',
      async () => {
        const { rows } = await pool.query<{ id: string }>(
          'select id from bulks order by number desc limit 1',
        );
        const id = rows[0]?.id ?? '';
        return () => Promise.all([store.selectSending(id, 5), store.selectBulkActs(id)]);
      },
    ],
    [
      'freeze and lift',
      async () => async () => {
        const frozen = await usecases.freezeDispatch(
          { scope: { type: 'account', account: 'shop-tr' }, reason: 'Odd.' },
          PAVEL,
        );
        if (frozen.counts)
          for (const person of [LENA, PAVEL]) await usecases.agreeToLift(frozen.freeze.id, person);
      },
    ],
  ]);
}

const PATHS = [
  'list open',
  'list mine',
  'list mine, years back',
  'list unknown',
  ...lists.map((list) => `a later page of ${list}`),
  'find a payment',
  'find a request',
  'find a ticket',
  'recognise a payment',
  'show',
  'Home',
  'evidence of earlier requests',
  'ask',
  'announce',
  'approve',
  'send',
  'the next line of a bulk',
  'freeze and lift',
  "the minute's tick",
  '/metrics',
  'the figures of a day',
  'the chart of a day',
  'the CSV of a day',
];

/** For the parameters at hand, or for any: PostgreSQL may take either for a statement that is prepared. */
describe.each(['force_custom_plan', 'force_generic_plan'])('by %s', (mode) => {
  let database: TestDatabase;
  let process: Process;
  let watched: Watched;
  let paths: ReadonlyMap<string, Prepare>;
  beforeAll(async () => {
    database = await createTestDatabase();
    const surroundings = new Surroundings();
    surroundings.reminding = { afterSeconds: 3600, escalateAfterSeconds: 7200, quiet: null };
    const { now } = surroundings;
    await plantYears(database.sql, {
      requests: REQUESTS,
      lately: 2_800,
      open: 60,
      bulkEvery: 10,
      until: now,
    });
    await explainAll(database.sql, mode);
    process = await startProcess(database.url, surroundings);
    watched = watchPlans(process.pool, await selectSmallIndexes(database.sql));
    paths = new Map([...pathsOf({ ...process, requests: REQUESTS, now }), ...others(process)]);
  }, 120_000);
  afterAll(async () => {
    await process.stop();
    await database.stop();
  });

  it.each(PATHS)('%s reads no table that grows from end to end', async (name) => {
    const work = await paths.get(name)?.();
    const before = watched.statements;
    watched.whole.length = 0;
    await work?.();
    expect(watched.statements).toBeGreaterThan(before);
    expect(watched.whole.filter(({ table }) => GROWING.includes(table))).toEqual([]);
  });

  it('sending reads, of all that is about no request, only the freezes', async () => {
    const work = await paths.get('send')?.();
    watched.indexes.clear();
    await work?.();
    expect(watched.indexes).toContain('chain_of_freezes');
  });

  it('none of them minds a column that a migration adds while its statements are prepared', async () => {
    for (const table of [...GROWING, 'freezes', 'lifts', 'watchers', 'homes', 'summaries'])
      await database.sql.query(`alter table ${table} add column added_by_a_later_version integer`);
    for (const name of PATHS) {
      const work = await paths.get(name)?.();
      await expect(work?.(), name).resolves.not.toThrow();
    }
  });
});
