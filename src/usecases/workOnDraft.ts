/**
 * A draft's payments are looked up one after the other, at the account's pace. It goes on from where it was whenever the
 * job comes back, in whatever process; the requester sees how far it is.
 */
import type { Draft, DraftLine, DraftView } from './draft.ts';
import { providerOf } from './lookUpAgain.ts';
import type { MakeBulk } from './makeBulk.ts';
import type { World } from './ports.ts';

/** As in `dispatchBulk.ts`. */
const SLICE_MS = 10_000;
/** Slack limits edits. */
const SHOW_EVERY_MS = 3_000;

export type WorkOnDraft = (id: string) => Promise<void>;

export function createWorkOnDraft(world: World, makeBulk: MakeBulk): WorkOnDraft {
  const { store, board, providers, takeTurn, now } = world;

  async function show(view: DraftView): Promise<Draft['message']> {
    const { id, message } = view.draft;
    if (message !== null && (await board.editDraft(message, view))) return message;
    // If the answer is lost it comes twice, as every direct message may.
    const posted = await board.postDraft(view);
    if (posted !== undefined) await store.saveDraftMessage(id, posted);
    return posted ?? null;
  }

  /** False when the time is over before all are looked up. */
  async function lookUp(draft: Draft, lines: readonly DraftLine[], until: number): Promise<boolean> {
    const provider = providerOf(providers, draft);
    const asked = lines.filter(({ answer }) => answer !== null).length;
    let message = draft.message;
    let shownAt = -Infinity;
    for (const [index, { place, target, key }] of lines.filter(({ answer }) => answer === null).entries()) {
      if (performance.now() - shownAt > SHOW_EVERY_MS) {
        shownAt = performance.now();
        const view = { type: 'looking', done: asked + index, of: lines.length } as const;
        message = await show({ draft: { ...draft, message }, ...view });
      }
      if (performance.now() > until) return false;
      await takeTurn(draft.account);
      const { payment, details } = target;
      const evidence = await provider.lookUp({ payment, details, key });
      await store.saveAnswer(draft.id, place, { evidence, at: now() });
    }
    return true;
  }

  async function finish(draft: Draft): Promise<void> {
    const made = await makeBulk(draft, await store.selectDraftLines(draft.id), { faulty: false });
    if (made.type === 'turned_away') {
      await show({ draft, ...made });
      return store.deleteDraft(draft.id);
    }
    // What was made is told by the job that comes with it.
    if (made.type !== 'faulty') return;
    const view: DraftView = { draft, ...made };
    const message = await show(view);
    await store.markAsked(draft.id, now());
    if (message !== null) await board.shareFaults(message, view);
    // Nothing is left to ask for.
    if (made.others === 0) await store.deleteDraft(draft.id);
  }

  async function work(id: string): Promise<void> {
    const draft = await store.selectOptionalDraft(id);
    if (draft === undefined) return;
    if (draft.bulk !== null) {
      await show({ draft, type: 'made', bulk: await store.selectBulk(draft.bulk) });
      return store.deleteDraft(id);
    }
    if (draft.askedAt !== null) return;
    const lines = await store.selectDraftLines(id);
    const isComplete = await lookUp(draft, lines, performance.now() + SLICE_MS);
    if (!isComplete) return store.enqueue({ name: 'draft', draft: id });
    await finish((await store.selectOptionalDraft(id)) ?? draft);
  }

  return (id) => store.alone(`draft ${id}`, () => work(id));
}
