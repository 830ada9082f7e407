import { expect, it } from 'vitest';
import { createFaults } from '../../src/record/faults.ts';
import { type PostedHead, verifyPosted } from '../../src/record/heads.ts';
import { sayFault } from '../../src/record/report.ts';
import type { Source } from '../../src/record/source.ts';

const HASH = Buffer.alloc(32, 1);
const HEAD: PostedHead = { seq: 7n, hash: HASH, postedAt: new Date('2026-11-19T08:00:00Z') };

async function* noPages(): AsyncGenerator<never> {}

/** A chain of nine entries, so many of which are summaries. */
const sourceWith = (summaries: number): Source => ({
  readHouse: noPages,
  readPages: noPages,
  readHeads: noPages,
  selectDossiers: async () => [],
  selectHashes: async () => new Map([[7, HASH]]),
  countSummaries: async () => summaries,
});

async function faultsOf(summaries: number, shown: readonly PostedHead[]): Promise<string[]> {
  const faults = createFaults(5);
  async function* inSlack() {
    yield shown;
  }
  await verifyPosted(sourceWith(summaries), inSlack(), 9, faults);
  return faults.first.map(sayFault);
}

it('that summaries were made, and Slack shows no head of any, is a fault', async () => {
  expect(await faultsOf(2, [])).toEqual([
    'heads posted in Slack: none is there, though 2 summaries were made: they were deleted, or this is another channel',
  ]);
});

it('the first summary may be on its way', async () => {
  expect(await faultsOf(1, [])).toEqual([]);
});

it('where there is one, older ones may be gone: Slack keeps messages for as long as the workspace says', async () => {
  expect(await faultsOf(300, [HEAD])).toEqual([]);
});
