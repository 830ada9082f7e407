/** What the verifier says of bulks that somebody with the key could have written. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ARecord } from './aRecord.ts';
import { exportTo, verify } from './verifying.ts';

const MARIA = { team: 'T_HOME', user: 'U_MARIA' };
const LENA = { team: 'T_HOME', user: 'U_LENA' };
const HALT = { act: 'pause', person: null, groups: [] as string[], saw: null, why: 'trouble' } as const;

/** Two payments in one, approved, halted, and let go on. */
function aBulk(): { record: ARecord; bulk: string } {
  const record = new ARecord();
  const bulk = record.askInBulk([{}, { reason: 'Paid three times' }]);
  record.actOnBulk(bulk, { person: MARIA, refusal: 'own_request' });
  record.actOnBulk(bulk);
  record.actOnBulk(bulk, HALT);
  record.actOnBulk(bulk, { act: 'go_on' });
  return { record, bulk };
}

async function told(record: ARecord): Promise<string> {
  return (await verify(await exportTo(record.snapshot()))).told;
}

describe('the verifier', () => {
  it('takes a bulk and its lines for good, and finds them in the table', async () => {
    const folder = await exportTo(aBulk().record.snapshot());
    const { code, told: says } = await verify(folder);
    expect(says).toContain('All of it holds.');
    expect(code).toBe(0);
    const table = await readFile(join(folder, 'bulks.csv'), 'utf8');
    expect(table.split('\r\n')).toHaveLength(7);
    expect(table).toContain(',B-1001,shop-pl,');
    expect(table).toContain(',approve,no,own_request,');
    expect(table).toContain(',pause,yes,,trouble,');
  });

  it.each<[string, (record: ARecord, bulk: string) => unknown, string]>([
    [
      'a self-approval of a bulk',
      (record, bulk) => record.actOnBulk(bulk, { person: MARIA }),
      'approve counts, and is by the requester',
    ],
    [
      'an approval with the requester’s other account',
      (record, bulk) => record.actOnBulk(bulk, { person: { ...LENA, alias: MARIA.user } }),
      'it names as another account what is none',
    ],
    [
      'a "go on" by the requester',
      (record, bulk) => record.actOnBulk(bulk, { act: 'go_on', person: MARIA }),
      'go_on counts, and is by the requester',
    ],
    [
      'a second approval',
      (record, bulk) => record.actOnBulk(bulk),
      'an approval counts by somebody who had approved before',
    ],
    [
      'an approval of something else',
      (record, bulk) => record.actOnBulk(bulk, { saw: 'ab'.repeat(32) }),
      'approve counts by somebody who saw another digest',
    ],
    [
      'a withdrawal by another',
      (record, bulk) => record.actOnBulk(bulk, { act: 'withdraw' }),
      'withdraw counts, and is not by the requester',
    ],
    [
      'a halt by a person',
      (record, bulk) => record.actOnBulk(bulk, { act: 'pause' }),
      'by nobody or by a person',
    ],
    ['an act on a bulk in a request', (record) => record.actOnBulk(record.ask()), 'bulk_act is out of place'],
    ['a decision on a bulk', (record, bulk) => record.decide(bulk), 'decision is out of place'],
    [
      'a line that its bulk does not list',
      (record, bulk) => record.ask({ bulk }),
      'it is a line of a bulk that does not list it',
    ],
    [
      'a line of no bulk',
      (record) => record.ask({ bulk: '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d0b1' }),
      'it is a line of a bulk that was not made before it',
    ],
    [
      'a bulk that lists more than there is',
      (record) =>
        record.askInBulk([{}], (frozen) => ({ ...frozen, lines: [...frozen.lines, 'ab'.repeat(32)] })),
      '1 lines that it lists are not here',
    ],
    [
      'a bulk that lists a line twice',
      (record) =>
        record.askInBulk([{}], (frozen) => ({ ...frozen, lines: [...frozen.lines, ...frozen.lines] })),
      'it lists a line twice',
    ],
    [
      'a line by a looser rule',
      (record) => record.askInBulk([{ needs: [{ group: 'anybody', count: 1 }] }]),
      'it is a line of a bulk that was asked otherwise',
    ],
    [
      'a line of another account',
      (record) => record.askInBulk([{ account: 'shop-tr' }]),
      'it is a line of a bulk that was asked otherwise',
    ],
  ])('finds %s', async (_what, forge, says) => {
    const { record, bulk } = aBulk();
    forge(record, bulk);
    expect(await told(record)).toContain(says);
  });

  it('finds a table from which a row of a bulk was left out', async () => {
    const { record } = aBulk();
    const { rows } = record;
    const folder = await exportTo({
      ...record.snapshot(),
      async *readEntries() {
        yield rows.map((row) => (row.seq === 5 ? { ...row, opening: null } : row));
      },
    });
    expect((await verify(folder)).told).toContain('bulks.csv: the chain has 5 rows to show there');
  });
});
