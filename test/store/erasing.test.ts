import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantEntry } from './planting.ts';
import { openRecordHouse, type RecordHouse } from '../export/aHouse.ts';

/** What PostgreSQL itself lets an erasure change, and nothing else, whoever tries. */
describe('an erasure', () => {
  let house: RecordHouse;
  let app: Client;
  beforeAll(async () => {
    house = await openRecordHouse();
    await house.cancel('Another payer', 'Fine');
    await house.ask('Open still');
    app = new Client({ connectionString: house.database.url });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await house.stop();
  });

  /** C-1001 is over, and nothing of it was erased. */
  const OF = '(select id from requests where number = 1001)';
  const erase = {
    requests: `update requests set reason = 'erased', salt = '', evidence = evidence || '{"says": "erased", "facts": {}}' where id = ${OF}`,
    decisions: `update decisions set note = null, salt = '' where request_id = ${OF} and salt <> ''`,
    outcomes: `update outcomes set says = 'erased', salt = '' where request_id = ${OF}`,
  };

  async function plantErasure(number: string, erased: unknown): Promise<void> {
    const { sql } = house.database;
    const { rows } = await sql.query<{ id: string }>('select id from requests where number = $1', [number]);
    await plantEntry(sql, rows[0]?.id ?? '', { data: { erased }, type: 'erasure' });
  }

  async function recordErasure(entries: string): Promise<void> {
    await plantErasure('1001', JSON.parse(entries));
  }

  /** As the superuser, after the erasure of these entries was recorded. */
  async function after(entries: string | null, statement: string): Promise<string> {
    const { sql } = house.database;
    await sql.query('begin');
    try {
      if (entries !== null) await recordErasure(entries);
      const { rowCount } = await sql.query(statement);
      return `${rowCount} changed`;
    } catch (error) {
      return String(error);
    } finally {
      await sql.query('rollback');
    }
  }

  it.each(Object.entries(erase))('lets text of %s go that an erasure names', async (_table, statement) => {
    expect(await after('[1,2,4]', statement)).toBe('1 changed');
  });

  it.each(Object.entries(erase))(
    'refuses to let text of %s go without a record',
    async (_table, statement) => {
      expect(await after(null, statement)).toMatch(/frozen|append-only/);
      expect(await after('[3,5]', statement)).toMatch(/frozen|append-only/);
    },
  );

  it.each(Object.entries(erase))("refuses the app's role to change text of %s", async (_table, statement) => {
    await expect(app.query(statement)).rejects.toThrow('permission denied');
  });

  it.each(Object.entries(erase))(
    "refuses the app's role also where it was granted that: %s",
    async (table, statement) => {
      const { sql } = house.database;
      const { rows } = await app.query<{ me: string }>('select quote_ident(current_user) as me');
      const me = rows[0]?.me ?? '';
      await sql.query('begin');
      try {
        await recordErasure('[1,2,4]');
        await sql.query(`grant update on ${table} to ${me}`);
        await sql.query(`set local role ${me}`);
        await expect(sql.query(statement)).rejects.toThrow(/frozen|append-only/);
      } finally {
        await sql.query('rollback');
      }
    },
  );

  it.each([
    ['another reason', `update requests set reason = 'nicer' where id = ${OF}`],
    ['the reason, and not its salt', `update requests set reason = 'erased' where id = ${OF}`],
    ['the salt, and not the text', `update requests set salt = '' where id = ${OF}`],
    ['the amount as well', erase.requests.replace('salt =', 'amount_minor = 1, salt =')],
    ['the state as well', erase.requests.replace('salt =', "state = 'pending', salt =")],
    ['the standing as well', erase.requests.replace('"says"', '"standing": "taken", "says"')],
    ['the requester as well', erase.requests.replace('salt =', "requester_user = 'U_TOM', salt =")],
    ['another note', `update decisions set note = 'nicer', salt = '' where request_id = ${OF}`],
    ['the note, and not its salt', `update decisions set note = null where request_id = ${OF}`],
    ['who decided', erase.decisions.replace('salt =', "person_user = 'U_LENA', salt =")],
    ['whether it counted', erase.decisions.replace('salt =', "refusal = 'expired', salt =")],
    ['what became of it', erase.outcomes.replace('salt =', "type = 'refused', salt =")],
    ['other words of the provider', erase.outcomes.replace("'erased'", "'Cancelled.'")],
    ['an attempt', `update attempts set started_at = now() where request_id = ${OF}`],
    ['a decision away', `delete from decisions where request_id = ${OF}`],
    ['an outcome away', `delete from outcomes where request_id = ${OF}`],
    ['all outcomes away', 'truncate outcomes'],
  ])('refuses to change, under cover of an erasure, %s', async (_what, statement) => {
    expect(await after('[1,2,4]', statement)).toMatch(/frozen|append-only|duplicate key|can't become/);
  });

  it('refuses to erase what is open', async () => {
    const open = '(select id from requests where number = 1002)';
    const { sql } = house.database;
    await sql.query('begin');
    await plantErasure('1002', [1]);
    await expect(sql.query(erase.requests.replace(OF, open))).rejects.toThrow('a request is frozen');
    await sql.query('rollback');
  });

  it('still has what it had', async () => {
    const { rows } = await house.database.sql.query(`select reason from requests where id = ${OF}`);
    expect(rows).toEqual([{ reason: 'Another payer' }]);
  });
});
