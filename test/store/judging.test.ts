import * as fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isSatisfied } from '../../src/domain/policy.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import {
  asReplica,
  type Columns,
  ENDS,
  plantAttempt,
  plantDecision,
  plantOutcome,
  plantRequest,
  plantRequestIn,
  suspendLaw,
} from './planting.ts';

/** What Postgres works out from several rows, and refuses to a superuser too. */
let database: TestDatabase;
let sql: Client;
beforeAll(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
});
afterAll(() => database.stop());

const OPEN = ['pending', 'approved', 'sending', 'accepted', 'unknown'];
const OVER = ['cancelled', 'refused', 'rejected', 'withdrawn', 'expired', 'lapsed'];
const STATES = [...OPEN, ...OVER];
const become = (request: string, state: string) =>
  sql.query('update requests set state = $2 where id = $1', [request, state]);

describe('an approval', () => {
  it.each<[string, Columns, string]>([
    ['of another digest', { saw: 'cd'.repeat(32) }, 'is not what was asked'],
    ['at the deadline', { decided_at: new Date('2026-11-19T20:00:00Z') }, 'deadline of the request is over'],
    ['by somebody of another group', { groups: ['sales'] }, 'does not name a group of this person'],
  ])('%s does not count', async (_what, columns, complaint) => {
    const request = await plantRequest(sql);
    await expect(plantDecision(sql, request, columns)).rejects.toThrow(complaint);
    await expect(asReplica(sql, () => plantDecision(sql, request, columns))).rejects.toThrow(complaint);
  });

  it('is on record as a refused try, whatever it was', async () => {
    const request = await plantRequestIn(sql, 'cancelled');
    const late = { saw: 'cd'.repeat(32), groups: [], refusal: 'already_decided' };
    await expect(plantDecision(sql, request, late)).resolves.toBeUndefined();
  });
});

describe('a decision that counts', () => {
  const acts = { approve: {}, ...ENDS };
  const taken = new Set(['approve pending', 'rejected pending', 'withdrawn pending', 'expired pending']);

  it.each(STATES)('is taken by a request that is %s only where the law has it', async (state) => {
    for (const [name, columns] of Object.entries(acts)) {
      const request = await plantRequestIn(sql, state);
      const isTaken =
        taken.has(`${name} ${state}`) || (name === 'lapsed' && ['pending', 'approved'].includes(state));
      const complaint = await plantDecision(sql, request, { person_user: 'U_LENA', ...columns }).catch(
        String,
      );
      expect(complaint ?? 'taken', name).toMatch(isTaken ? 'taken' : /takes no|one_ends_the_request/);
    }
  });

  it('is no rejection of one’s own request', async () => {
    const own = { ...ENDS['rejected'], person_user: 'U_MARIA' };
    await expect(plantDecision(sql, await plantRequest(sql), own)).rejects.toThrow(
      'decisions_nobody_rejects_their_own',
    );
  });

  it('is no expiry before the deadline', async () => {
    const early = { ...ENDS['expired'], decided_at: new Date('2026-11-19T19:59:59Z') };
    await expect(plantDecision(sql, await plantRequest(sql), early)).rejects.toThrow(
      'deadline of the request is not over',
    );
  });
});

describe('an attempt', () => {
  const TWO = '{"policy": "p1", "needs": [{"group": "finance", "count": 1}, {"group": "risk", "count": 1}]}';

  it.each(STATES.filter((state) => state !== 'approved'))(
    'is refused while the request is %s',
    async (state) => {
      const request = await plantRequestIn(sql, state);
      await expect(plantAttempt(sql, request, { n: 1 })).rejects.toThrow(
        `a request that is ${state} is not sent`,
      );
      await expect(asReplica(sql, () => plantAttempt(sql, request))).rejects.toThrow('is not sent');
    },
  );

  it('is refused without the approvals of the rule, even if the request says that it is approved', async () => {
    const forged = await createTestDatabase();
    await forged.sql.query('alter table requests disable trigger requests_follow_the_law');
    const request = await plantRequest(forged.sql, { rule: TWO, state: 'approved' });
    await expect(plantAttempt(forged.sql, request)).rejects.toThrow('the request lacks approvals');
    await forged.stop();
  });

  it('is refused after a decision that ended the request', async () => {
    const request = await plantRequestIn(sql, 'approved');
    await plantDecision(sql, request, ENDS['lapsed']);
    await expect(plantAttempt(sql, request)).rejects.toThrow('a decision ended the request');
  });
});

describe('a state', () => {
  const follows = new Set(
    `pending>approved pending>rejected pending>withdrawn pending>expired pending>lapsed approved>lapsed
     approved>sending sending>approved sending>unknown sending>accepted sending>cancelled sending>refused
     unknown>approved unknown>accepted unknown>cancelled unknown>refused accepted>cancelled accepted>refused`.split(
      /\s+/,
    ),
  );

  it.each(STATES)('does not follow %s without a row that says so', async (state) => {
    const request = await plantRequestIn(sql, state);
    for (const next of STATES.filter((other) => other !== state)) {
      await expect(become(request, next), next).rejects.toThrow(
        `a request that is ${state} can't become ${next} now`,
      );
      await expect(
        asReplica(sql, () => become(request, next)),
        next,
      ).rejects.toThrow("can't become");
    }
  });

  it.each(STATES)(
    'follows %s where the law has it, when every row is there that could say so',
    async (state) => {
      for (const next of STATES.filter((other) => other !== state)) {
        const request = await plantRequestIn(sql, state);
        await plantEverythingThatSays(request, next);
        const complaint = await become(request, next).then(() => 'followed', String);
        expect(complaint, next).toMatch(follows.has(`${state}>${next}`) ? 'followed' : "can't become");
      }
    },
  );

  it.each(STATES.filter((state) => state !== 'pending'))('is not %s at the beginning', async (state) => {
    await expect(plantRequest(sql, { state })).rejects.toThrow(
      `a request begins as pending, not as ${state}`,
    );
  });
});

describe('enough approvals', () => {
  let lawless: TestDatabase;
  beforeAll(async () => {
    lawless = await createTestDatabase();
    await suspendLaw(lawless.sql);
  });
  afterAll(() => lawless.stop());
  beforeEach(() => lawless.sql.query('begin'));

  const group = fc.constantFrom('finance', 'risk', 'board');
  const need = fc.record({ group, count: fc.integer({ min: 1, max: 3 }) });
  const needs = fc.uniqueArray(need, { minLength: 1, maxLength: 3, selector: (one) => one.group });
  const people = fc.array(fc.subarray(['finance', 'risk', 'board', 'sales'], { minLength: 1 }), {
    maxLength: 6,
  });

  it('are for Postgres what they are for the app, whatever the rule and the people', async () => {
    await fc.assert(
      fc.asyncProperty(needs, people, async (rule, approvers) => {
        const request = await plantRequest(lawless.sql, {
          rule: JSON.stringify({ policy: 'p', needs: rule }),
        });
        for (const [n, groups] of approvers.entries())
          await plantDecision(lawless.sql, request, { person_user: `U_${n}`, groups });
        const { rows } = await lawless.sql.query('select has_enough_approvals($1) as enough', [request]);
        expect(rows).toEqual([{ enough: isSatisfied(rule, approvers) }]);
      }),
      { numRuns: 200 },
    );
  });
});

/** Rows that could lead to the state, planted where the law allows it or not. */
async function plantEverythingThatSays(request: string, next: string): Promise<void> {
  const lawless = async (work: () => Promise<unknown>) => {
    await suspendLaw(sql);
    await work().catch(() => undefined);
    for (const table of ['requests', 'decisions', 'attempts'])
      await sql.query(`alter table ${table} enable always trigger ${table}_follow_the_law`);
  };
  await lawless(() => plantDecision(sql, request, ENDS[next] ?? { person_user: 'U_LENA' }));
  await lawless(() => plantAttempt(sql, request));
  const { rows } = await sql.query<{ id: string }>('select id from attempts where request_id = $1', [
    request,
  ]);
  if (next === 'sending' || next in ENDS) return;
  const type = next === 'approved' ? 'not_sent' : next;
  for (const { id } of rows) await plantOutcome(sql, id, { type, source: 'look_up' }).catch(() => undefined);
}
