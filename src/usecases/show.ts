/** Has one message of a request stand in Slack as it should: by leaving it alone, editing it or posting it. */
import type { Request } from '../domain/request.ts';
import { createDeliver, deliveryName } from './deliver.ts';
import { Later } from './later.ts';
import type { World } from './ports.ts';
import type { Posted } from './story.ts';
import type { Place } from './posting.ts';

interface Shown {
  readonly kind: string;
  readonly where: 'approvals' | Place;
  readonly post: (delivery: string) => Promise<Place>;
  /** False when the message is gone. */
  readonly edit: (at: Place) => Promise<boolean>;
}

interface Stand {
  /** By kind. */
  readonly posted: Map<string, Posted>;
  /** Which messages were just seen in Slack; undefined when nobody looked. */
  readonly standing: ReadonlySet<string> | undefined;
}

/** How long an edit of a process that died may need until it arrives. */
const SETTLES_WITHIN_MS = 3_000;

export type Show = (shown: Shown) => Promise<Place>;

export function createShow(
  { store, board }: Pick<World, 'store' | 'board'>,
  { id, version }: Pick<Request, 'id' | 'version'>,
  { posted, standing }: Stand,
): Show {
  const deliver = createDeliver({ store, board });

  /** Another process showed it too, and nobody knows whose edit Slack took last. */
  async function comeBack(kind: string): Promise<never> {
    await store.doubtPosted(id, kind);
    throw new Later(`another process showed the ${kind} of ${id}, too`, 1);
  }

  async function tryTo(edit: () => Promise<boolean>, kind: string): Promise<boolean> {
    try {
      return await edit();
    } catch (error) {
      // Surely not edited, so there is nothing on its way.
      if (error instanceof Later) await store.endEdit(id, kind);
      throw error;
    }
  }

  /** Undefined when the message is not there, or not any more. */
  async function keep({ kind, edit }: Shown): Promise<Place | undefined> {
    const already = posted.get(kind);
    if (already === undefined || standing?.has(already.ts) === false) return undefined;
    if (already.version === version) return already;
    const left = SETTLES_WITHIN_MS - (already.editingForMs ?? Infinity);
    if (left > 0)
      throw new Later(`an edit of the ${kind} of ${id} may be on its way`, Math.ceil(left / 1000));
    if (!(await store.beginEdit(id, kind, already.edition))) return comeBack(kind);
    const edition = already.edition + 1;
    posted.set(kind, { ...already, edition });
    if (!(await tryTo(() => edit(already), kind))) return undefined;
    const wasAlone = await store.savePosted(id, { ...already, version }, edition);
    return wasAlone ? already : comeBack(kind);
  }

  /** What hangs on a headline that is gone: its buttons would never be taken away. */
  async function clearThread(): Promise<void> {
    for (const [kind, at] of posted) {
      if (kind !== 'card' && !kind.startsWith('thread:')) continue;
      await board.remove(at);
      posted.delete(kind);
    }
  }

  return async (shown) => {
    const { kind, where, post } = shown;
    const already = await keep(shown);
    if (already !== undefined) return already;
    if (kind === 'headline') await clearThread();
    const after = posted.get(kind)?.edition ?? 0;
    let wasAlone = false;
    let isCurrent = false;
    const name = deliveryName(id, kind);
    const place = await deliver({
      name,
      where,
      post,
      async remember(at, isNew) {
        isCurrent = isNew;
        wasAlone = await store.saveDelivered(name, id, { kind, version: isNew ? version : 0, ...at }, after);
      },
    });
    if (wasAlone && isCurrent) return place;
    const stored = (await store.selectPosted(id)).find((message) => message.kind === kind);
    if (wasAlone && stored !== undefined) {
      posted.set(kind, stored);
      return (await keep(shown)) ?? comeBack(kind);
    }
    if (stored?.ts !== place.ts) await board.remove(place);
    return comeBack(kind);
  };
}
