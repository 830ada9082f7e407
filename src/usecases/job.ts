/** What the queue is told to do. */
import type { Kind } from '../domain/summary.ts';

export type Job =
  | {
      readonly name: 'dispatch' | 'look-up' | 'announce';
      readonly request: string;
      readonly afterSeconds?: number;
    }
  | {
      readonly name: 'dispatch-bulk' | 'announce-bulk';
      readonly bulk: string;
      readonly afterSeconds?: number;
    }
  /** Of a bulk that is not recorded yet. */
  | { readonly name: 'draft'; readonly draft: string; readonly afterSeconds?: number }
  /** `date` is the last day of a summary that has to be posted, or to show who signed it off. */
  | { readonly name: 'summarise'; readonly kind: Kind; readonly date: string }
  /** Of that summary. */
  | { readonly name: 'summary-files'; readonly kind: Kind; readonly date: string }
  /** `notice` is the id of a web-hook's notice at the account. */
  | { readonly name: 'alarm'; readonly account: string; readonly notice: string }
  /** `user` is whose Home is to be shown. */
  | { readonly name: 'home'; readonly user: string; readonly afterSeconds?: number }
  /** The id of a freeze that has news. */
  | { readonly name: 'freeze'; readonly freeze: string };
