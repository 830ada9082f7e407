/** Bulks written as psql would write them. */
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { bulkDigestOf } from '../../src/domain/bulk.ts';
import { type Columns, DIGEST, plant, plantEntry, plantRequest } from './planting.ts';

export const NOON = new Date('2026-11-19T12:00:00Z');
const REQUESTER = { team: 'T_HOME', user: 'U_MARIA' };
const RULE = { policy: 'p1', needs: [{ group: 'finance', count: 1 }] };
const DEADLINE = new Date(NOON.getTime() + 480 * 60_000);

export interface PlantedBulk {
  readonly id: string;
  readonly lines: readonly string[];
}

/** With lines, in one transaction. @param lines what is different in each. */
export async function plantBulk(
  sql: Client,
  lines: readonly Columns[] = [{}, {}],
  columns: Columns = {},
): Promise<PlantedBulk> {
  const id = randomUUID();
  const frozen = {
    id,
    account: 'shop-pl',
    requester: REQUESTER,
    requestedAt: NOON,
    deadline: DEADLINE,
    rule: RULE,
    lines: lines.map(() => DIGEST),
  };
  await sql.query('begin');
  try {
    await plant(sql, 'bulks', {
      id,
      entry: await plantEntry(sql, id),
      account: frozen.account,
      requester_team: REQUESTER.team,
      requester_user: REQUESTER.user,
      requested_at: NOON,
      deadline: DEADLINE,
      rule: JSON.stringify(RULE),
      digest: bulkDigestOf(frozen),
      ...columns,
    });
    const planted: string[] = [];
    for (const line of lines) planted.push(await plantRequest(sql, { bulk: id, ...line }));
    await sql.query('commit');
    return { id, lines: planted };
  } catch (error) {
    await sql.query('rollback');
    throw error;
  }
}

/** An approval by Pavel that counts, unless the columns say otherwise. */
export async function plantBulkAct(sql: Client, bulk: string, columns: Columns = {}): Promise<void> {
  const { rows } = await sql.query<{ digest: string }>('select digest from bulks where id = $1', [bulk]);
  await plant(sql, 'bulk_acts', {
    bulk_id: bulk,
    entry: await plantEntry(sql, bulk),
    requester_user: 'U_MARIA',
    act: 'approve',
    person_team: 'T_HOME',
    person_user: 'U_PAVEL',
    groups: ['finance'],
    saw: rows[0]?.digest,
    acted_at: new Date(NOON.getTime() + 60_000),
    ...columns,
  });
}

/** What a halt has instead of a person. */
export const HALT: Columns = {
  act: 'pause',
  person_team: null,
  person_user: null,
  groups: [],
  saw: null,
  why: 'trouble',
};
