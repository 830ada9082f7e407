/** Somebody wants to ask again what an earlier request asked, before a form is filled in for it. */
import { canBeAskedAgain, type Request, targetOf } from '../domain/request.ts';
import type { World } from './ports.ts';

type AskAgain =
  | {
      readonly type: 'may_ask';
      readonly earlier: Request;
      /** What was asked, by the names of the form's fields; undefined where its account is gone. */
      readonly fields: Readonly<Record<string, string>> | undefined;
    }
  /** Someone asked for the same payment since, and that is not over. */
  | { readonly type: 'already_open'; readonly request: Request }
  /** It is not over, or it was cancelled. */
  | { readonly type: 'needless'; readonly request: Request };

export type TryToAskAgain = (id: string) => Promise<AskAgain>;

export function createTryToAskAgain({ store, providers }: Pick<World, 'store' | 'providers'>): TryToAskAgain {
  return async (id) => {
    const earlier = await store.selectRequest(id);
    if (!canBeAskedAgain(earlier.state)) return { type: 'needless', request: earlier };
    const open = await store.selectOpenRequest(earlier.account, earlier.payment);
    if (open !== undefined) return { type: 'already_open', request: open };
    return { type: 'may_ask', earlier, fields: providers.get(earlier.account)?.fillIn(targetOf(earlier)) };
  };
}
