/** What requests are judged by beside their own entries. It grows with what stands before them in the chain. */
import type { BulkHistory } from './bulkHistory.ts';
import { createHouseHistory, type HouseHistory } from './houseHistory.ts';

export interface History extends HouseHistory {
  readonly bulks: BulkHistory;
}

export function createHistory(): History {
  return { ...createHouseHistory(), bulks: new Map() };
}
