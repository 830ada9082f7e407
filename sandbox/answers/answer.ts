/** What a provider's documents say that it may answer to a cancellation, and what Countersign concludes from it. */
import type { Order, Outcome } from '../../src/domain/provider.ts';
import type { HttpReply } from '../../src/http.ts';

export interface DocumentedAnswer {
  /** In a few words, as the documents have it: `HTTP 200, status 1, ErrorCode 00`. */
  readonly answer: string;
  readonly reply: (order: Order) => HttpReply;
  readonly concludes: Outcome['type'];
}
