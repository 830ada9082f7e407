/** What a summary says of what waits on somebody. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addSeconds } from '../../src/domain/clock.ts';
import type { Figures } from '../../src/domain/summary.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  plantAttempt,
  plantFreeze,
  plantLift,
  plantOutcome,
  plantRequest,
  suspendLaw,
} from '../store/planting.ts';
import { plantBulk, plantBulkAct } from '../store/plantingBulks.ts';
import { startReporter } from './reporter.ts';

const NOON = new Date('2026-11-19T12:00:00Z');
const NINE = new Date('2026-11-20T08:00:00Z');
const at = (seconds: number) => addSeconds(NOON, seconds);

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
  await suspendLaw(database.sql);
});
afterEach(() => database.stop());

async function figures(): Promise<Figures> {
  const tracks = [{ kind: 'day', weekday: null }] as const;
  const reporter = await startReporter(database, { time: '09:00', zone: 'Europe/Warsaw', tracks });
  await reporter.tick(NINE);
  await reporter.stop();
  const [first] = reporter.posted;
  if (first === undefined) throw new Error('nothing was posted');
  return first.figures;
}

describe('what waits', () => {
  it('has the lines of a bulk as one, with their money by currency', async () => {
    const lines = [
      { amount_minor: 100 },
      { amount_minor: 200 },
      { amount_minor: 7, currency: 'EUR' },
      { amount_minor: null, currency: null },
    ];
    await plantBulk(database.sql, lines);
    await plantRequest(database.sql, { requested_at: at(60) });
    expect((await figures()).waiting).toEqual([
      {
        why: 'pending',
        count: 5,
        more: 0,
        items: [
          {
            name: 'B-1001',
            account: 'shop-pl',
            lines: 4,
            money: [
              { minor: 7n, currency: 'EUR' },
              { minor: 300n, currency: 'PLN' },
            ],
            withoutAmount: 1,
            since: NOON,
            deadline: at(480 * 60),
          },
          expect.objectContaining({ name: 'C-1005', lines: 1, since: at(60) }),
        ],
      },
    ]);
  });

  it('is told as it is, whatever the day', async () => {
    const request = await plantRequest(database.sql, {
      requested_at: new Date('2026-11-20T07:00:00Z'),
      state: 'unknown',
    });
    await plantOutcome(database.sql, await plantAttempt(database.sql, request), {
      type: 'unknown',
      learnt_at: new Date('2026-11-20T07:30:00Z'),
    });
    const { waiting, carriedOut } = await figures();
    expect(waiting).toMatchObject([{ why: 'unknown', items: [{ since: new Date('2026-11-20T07:30:00Z') }] }]);
    expect(carriedOut).toBe(0);
  });
});

describe('what is held', () => {
  it('are freezes that two people did not lift', async () => {
    const { sql } = database;
    const lifted = await plantFreeze(sql);
    await plantLift(sql, lifted);
    await plantLift(sql, lifted, { person_user: 'U_LENA' });
    await plantFreeze(sql, { scope: 'account', account: 'shop-tr' });
    await plantLift(sql, 2);
    await plantFreeze(sql, { scope: 'person', frozen_users: ['U_TOM', 'U_TIM'], frozen_at: at(60) });
    await plantFreeze(sql, { number: null, refusal: 'not_an_approver', groups: [] });
    expect((await figures()).freezes).toEqual({
      items: [
        { number: 2, scope: { type: 'account', account: 'shop-tr' }, frozenAt: NOON },
        { number: 3, scope: { type: 'person', users: ['U_TOM', 'U_TIM'] }, frozenAt: at(60) },
      ],
      more: 0,
    });
  });

  it('are bulks that halted last and have lines left to be sent', async () => {
    const { sql } = database;
    const approved = { state: 'approved' };
    const pause = {
      act: 'pause',
      person_user: null,
      person_team: null,
      groups: [],
      saw: null,
      why: 'trouble',
    };
    const halted = await plantBulk(sql, [approved, approved, { state: 'refused' }]);
    await plantBulkAct(sql, halted.id);
    await plantBulkAct(sql, halted.id, { ...pause, acted_at: at(600) });
    await plantBulkAct(sql, halted.id, { act: 'go_on', refusal: 'own_request', person_user: 'U_MARIA' });
    const goingOn = await plantBulk(sql, [approved]);
    await plantBulkAct(sql, goingOn.id, pause);
    await plantBulkAct(sql, goingOn.id, { act: 'go_on', person_user: 'U_LENA' });
    const over = await plantBulk(sql, [{ state: 'cancelled' }]);
    await plantBulkAct(sql, over.id, pause);
    expect((await figures()).halted).toEqual({
      items: [{ name: 'B-1001', account: 'shop-pl', lines: 2, haltedAt: at(600) }],
      more: 0,
    });
  });
});

describe('a provider that tells nothing', () => {
  const evidence =
    '{"standing": "cannot_tell", "says": "Away.", "amount": null, "madeAt": null, "facts": {}}';

  it('is named with what was asked for without its word, and with what it leaves unsettled', async () => {
    const { sql } = database;
    await plantRequest(sql, { evidence, requested_at: at(60) });
    await plantRequest(sql, { evidence, requested_at: at(-3 * 86_400) });
    await plantRequest(sql, {});
    for (const [state, silent] of [
      ['unknown', at(-86_400)],
      ['accepted', null],
      ['cancelled', at(-86_400)],
    ] as const) {
      const request = await plantRequest(sql, { state, requested_at: at(-86_400) });
      await sql.query('insert into look_ups (request_id, made, silent_since) values ($1, 3, $2)', [
        request,
        silent,
      ]);
    }
    expect((await figures()).silent).toEqual([{ account: 'shop-pl', count: 2, since: at(-86_400) }]);
  });
});
