/** What requests are judged by beside their own entries. It grows with what stands before them in the chain. */
import type { BulkHistory } from './bulkHistory.ts';
import { createFreezeHistory, type FreezeHistory } from './freezeHistory.ts';

export interface History extends FreezeHistory {
  readonly bulks: BulkHistory;
}

export function createHistory(): History {
  return { ...createFreezeHistory(), bulks: new Map() };
}
