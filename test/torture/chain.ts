/** What `countersign verify` finds wrong with the record, as sentences. */
import { createKeyring } from '../../src/record/keys.ts';
import { sayFault } from '../../src/record/report.ts';
import { verify } from '../../src/record/verify.ts';
import { createPool } from '../../src/store/pool.ts';
import { withRecordSource } from '../../src/store/recordSource.ts';
import { type Addresses, RECORD_SECRET } from './world.ts';

export async function verifyChain({ url }: Addresses): Promise<readonly string[]> {
  const pool = createPool(url, () => undefined);
  try {
    const keyring = createKeyring([RECORD_SECRET]);
    const { faults } = await withRecordSource(pool, (source) => verify(source, keyring));
    return faults.map(sayFault);
  } finally {
    await pool.end();
  }
}
