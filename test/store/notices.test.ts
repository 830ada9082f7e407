import { afterAll, beforeAll, expect, it } from 'vitest';
import { hasAttempt } from '../../src/store/notices.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { plantAttempt, plantDecision, plantOutcome, plantRequest, suspendLaw } from './planting.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await suspendLaw(database.sql);
});
afterAll(() => database.stop());

const REFUND = { ticket: '1' };

it.each([
  ['whose call has no outcome yet', null, REFUND, true],
  ['that was cancelled', 'cancelled', REFUND, true],
  ['that the provider took in', 'accepted', REFUND, true],
  ['that nobody knows of', 'unknown', REFUND, true],
  ['that the provider refused', 'refused', REFUND, false],
  ['that surely was not sent', 'not_sent', REFUND, false],
  ['of another kind', 'accepted', { ticket: '2' }, false],
])('an attempt %s explains a refund at the provider, or does not', async (what, type, details, explains) => {
  const payment = `payment ${what}`;
  const request = await plantRequest(database.sql, { payment, details: JSON.stringify(details) });
  const attempt = await plantAttempt(database.sql, request);
  if (type !== null) await plantOutcome(database.sql, attempt, { type });
  expect(await hasAttempt(database.sql, 'shop-pl', payment, REFUND)).toBe(explains);
});

it('an attempt that a person found not to have cancelled anything explains nothing', async () => {
  const request = await plantRequest(database.sql, { payment: 'found', details: JSON.stringify(REFUND) });
  const attempt = await plantAttempt(database.sql, request);
  await plantOutcome(database.sql, attempt, { type: 'unknown' });
  await plantDecision(database.sql, request, { act: 'find_refused', note: 'Nothing there.' });
  await plantOutcome(database.sql, attempt, { source: 'person', type: 'refused' });
  expect(await hasAttempt(database.sql, 'shop-pl', 'found', REFUND)).toBe(false);
});

it('a request about which nothing was sent explains nothing', async () => {
  await plantRequest(database.sql, { payment: 'only-asked', details: JSON.stringify(REFUND) });
  expect(await hasAttempt(database.sql, 'shop-pl', 'only-asked', REFUND)).toBe(false);
});
