/** What `countersign verify` does. */
import { z } from 'zod';
import { variables } from '../../config/environment.ts';
import { loadConfig } from '../../config/load.ts';
import { createKeyring, type Keyring, SECRET } from '../../record/keys.ts';
import { isWhole, sayReport } from '../../record/report.ts';
import { type Report, verify as verifyRecord } from '../../record/verify.ts';
import { createClient } from '../../slack/client.ts';
import { readPostedHeads } from '../../slack/postedHeads.ts';
import { withRecordSource } from '../../store/recordSource.ts';
import { readRecordSecret, withRecordDatabase } from './recordDatabase.ts';

const Options = z.object({ slack: z.boolean().default(false), json: z.boolean().default(false) });

/** Whether the record is whole can't be told. */
const NOT_CHECKED = 2;

export async function verify(given: unknown): Promise<void> {
  const { slack, json } = Options.parse(given);
  const report = await check(slack).catch((error: unknown) => {
    const why = error instanceof AggregateError ? error.errors.join(', ') : error;
    process.stderr.write(
      `The record could not be checked: ${why instanceof Error ? why.message : String(why)}\n`,
    );
  });
  if (report === undefined) {
    process.exitCode = NOT_CHECKED;
    return;
  }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : `${sayReport(report).join('\n')}\n`);
  if (!isWhole(report)) process.exitCode = 1;
}

async function check(withSlack: boolean): Promise<Report> {
  const keyring = await readKeys();
  const posted = withSlack ? await openPostedHeads() : undefined;
  return withRecordDatabase('app', (pool) =>
    withRecordSource(pool, (source) => verifyRecord(source, keyring, posted)),
  );
}

async function readKeys(): Promise<Keyring> {
  const { COUNTERSIGN_RECORD_OLD_KEYS: old = '' } = variables();
  const oldSecrets = old.split(',').filter((one) => one !== '');
  if (!oldSecrets.every((secret) => SECRET.test(secret)))
    throw new Error('each of COUNTERSIGN_RECORD_OLD_KEYS must be 64 hex digits.');
  return createKeyring([await readRecordSecret(), ...oldSecrets]);
}

async function openPostedHeads() {
  const { slack, settings } = await loadConfig();
  const client = createClient(slack.botToken, slack.apiUrl ?? '', 3);
  return readPostedHeads(client, settings.channels.finance);
}
