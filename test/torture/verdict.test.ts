import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantAttempt, plantDecision, plantOutcome, plantRequest } from '../store/planting.ts';
import { disarm } from './disarm.ts';
import { judge } from './model.ts';
import { readRecord } from './record.ts';
import type { Gesture, Told } from './witness.ts';

const nothing = async () => {};

/** A model that can't fail proves nothing: here the law is really broken, by somebody whom no trigger stops. */
describe('the verdict on a record', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await disarm(database);
  });
  afterAll(() => database.stop());

  const asked: Gesture = { person: 'U_MARIA', act: 'ask', account: 'shop-pl', payment: '' };
  const approved: Gesture = { ...asked, person: 'U_PAVEL', act: 'approve' };

  /** One request after what `plant` did to it, as a world saw it in which Maria asked and Pavel approved. */
  async function breaksOf(
    state: string,
    plant: (request: string) => Promise<unknown>,
    seen: { effects?: number; gestures?: readonly Gesture[]; told?: Partial<Told> } = {},
  ): Promise<string[]> {
    const id = await plantRequest(database.sql, { state });
    await plant(id);
    const everything = await readRecord(database.sql);
    const [request] = everything.requests.filter((one) => one.id === id);
    if (request === undefined) throw new Error('the request is gone');
    const { account, payment, number } = request;
    const gestures = (seen.gestures ?? [asked, approved]).map((one) => ({ ...one, account, payment }));
    const { told } = seen;
    const breaks = judge(
      { ...everything, requests: [request] },
      {
        effects: () => seen.effects ?? 0,
        gestures,
        told: told
          ? [{ name: `C-${number}`, person: 'U_PAVEL', acts: ['approve'], counted: true, ...told }]
          : [],
      },
    );
    return breaks.map(({ kind, says }) => `${kind}: ${says}`);
  }

  const approval =
    (columns = {}) =>
    (request: string) =>
      plantDecision(database.sql, request, columns);
  const attempt = async (request: string) => plantAttempt(database.sql, request);
  /** Approved, sent and answered, after what came before. */
  const sent =
    (before: (request: string) => Promise<unknown> = approval()) =>
    async (request: string) => {
      await before(request);
      await plantOutcome(database.sql, await attempt(request));
    };

  it('is clean for a request that was approved and sent once', async () => {
    expect(await breaksOf('cancelled', sent(), { effects: 1, told: {} })).toEqual([]);
  });

  it.each([
    [
      'two effects',
      'cancelled',
      sent(),
      { effects: 2 },
      'double_effect: the provider counts 2 cancellations',
    ],
    [
      'two attempts',
      'cancelled',
      async (request: string) => {
        await sent()(request);
        await plantAttempt(database.sql, request, { n: 2 });
      },
      { effects: 1 },
      'double_effect: it was sent twice',
    ],
    [
      'no approval',
      'cancelled',
      sent(nothing),
      { effects: 1 },
      'it was sent without the approvals that it needs',
    ],
    [
      'an approval after the attempt',
      'sending',
      async (request: string) => {
        await attempt(request);
        await plantDecision(database.sql, request);
      },
      {},
      'it was sent without the approvals that it needs',
    ],
    [
      'an approval by somebody of another group',
      'cancelled',
      sent(approval({ groups: ['support'] })),
      { effects: 1 },
      'it was sent without the approvals that it needs',
    ],
    [
      'an approval by the requester',
      'approved',
      approval({ person_user: 'U_MARIA' }),
      {},
      'the requester approved',
    ],
    [
      'an approval of something else',
      'approved',
      approval({ saw: 'cd'.repeat(32) }),
      {},
      'an approval is of something else',
    ],
    [
      'two approvals by one person',
      'approved',
      async (request: string) => {
        await plantDecision(database.sql, request);
        await plantDecision(database.sql, request);
      },
      {},
      'one person counts twice',
    ],
    [
      'an approval after the deadline',
      'approved',
      approval({ decided_at: new Date('2026-11-20T12:00:00Z') }),
      {},
      'a late act counts',
    ],
    [
      'an end before the attempt',
      'rejected',
      async (request: string) => {
        await plantDecision(database.sql, request, { act: 'reject' });
        await sent()(request);
      },
      {},
      'it was sent after it had ended',
    ],
    [
      'a decision that nobody made',
      'approved',
      approval(),
      { gestures: [asked] },
      'U_PAVEL is on record for approve and never did it',
    ],
    [
      'a request that nobody made',
      'pending',
      nothing,
      { gestures: [] },
      'U_MARIA is on record as requester and never asked',
    ],
    [
      'a state that the rows do not lead to',
      'approved',
      nothing,
      {},
      'the state is approved, and the rows say pending',
    ],
    [
      'an end that the provider knows nothing of',
      'cancelled',
      sent(),
      {},
      'cancelled, and the provider counts 0 cancellations',
    ],
    [
      'a refusal of what the provider did',
      'pending',
      nothing,
      { effects: 1 },
      'the provider cancelled what was never sent',
    ],
    [
      'a decision that was told and is gone',
      'pending',
      nothing,
      { told: {} },
      'lost_decision: U_PAVEL was told of approve, which is not on record',
    ],
  ])('names %s', async (_what, state, plant, seen, says) => {
    expect((await breaksOf(state, plant, seen)).join('\n')).toContain(says);
  });
});
