import type { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { asReplica, plantFreeze, plantLift, plantSignOff, plantSummary } from './planting.ts';

/** What Postgres itself refuses of summaries and their sign-offs, to a superuser as to Countersign. */
let database: TestDatabase;
let sql: Client;
beforeEach(async () => {
  database = await createTestDatabase();
  ({ sql } = database);
  await plantSummary(sql, '2026-11-18');
});
afterEach(() => database.stop());

describe('a sign-off', () => {
  it('counts once for a summary, and may be tried in vain at any time', async () => {
    await plantSignOff(sql, '2026-11-18', { refusal: 'not_a_reviewer', groups: [] });
    await plantSignOff(sql, '2026-11-18');
    await plantSignOff(sql, '2026-11-18', { refusal: 'already_signed_off' });
    await expect(plantSignOff(sql, '2026-11-18', { person_user: 'U_PAVEL' })).rejects.toThrow(
      'sign_offs_one_counts',
    );
  });

  it('does not count without a group', async () => {
    await expect(plantSignOff(sql, '2026-11-18', { groups: [] })).rejects.toThrow(
      'sign_offs_are_by_a_reviewer',
    );
  });

  it('is of a summary that was made', async () => {
    await expect(plantSignOff(sql, '2026-11-19')).rejects.toThrow('sign_offs_channel_local_date_fkey');
  });

  it('does not count by somebody who is frozen, until that is lifted', async () => {
    const freeze = await plantFreeze(sql, { scope: 'person', frozen_users: ['U_LENA'] });
    const refused = 'under the freeze F-1 no sign-off counts';
    await expect(plantSignOff(sql, '2026-11-18')).rejects.toThrow(refused);
    await expect(asReplica(sql, () => plantSignOff(sql, '2026-11-18'))).rejects.toThrow(refused);
    await plantSignOff(sql, '2026-11-18', { refusal: 'frozen' });
    await plantLift(sql, freeze);
    await plantLift(sql, freeze, { person_user: 'U_TOM' });
    await plantSignOff(sql, '2026-11-18');
  });

  it.each(['update sign_offs set person_user = $$U_EVE$$', 'delete from sign_offs', 'truncate sign_offs'])(
    'stays as it is: %s is refused',
    async (change) => {
      await plantSignOff(sql, '2026-11-18');
      await expect(sql.query(change)).rejects.toThrow('sign_offs is append-only');
    },
  );
});

describe('a summary', () => {
  it('is not made twice of a day, nor twice from where the one before ended', async () => {
    await expect(plantSummary(sql, '2026-11-18')).rejects.toThrow('summaries_pkey');
    const since = new Date('2026-11-17T23:00:00Z');
    await expect(plantSummary(sql, '2026-11-19', { since })).rejects.toThrow('summaries_follow_one_another');
    await plantSummary(sql, '2026-11-19', { since, channel: 'C_OTHER' });
    await plantSummary(sql, '2026-11-19');
  });
});
