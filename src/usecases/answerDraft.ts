/** The requester says what to do about a list of which some lines can't be cancelled: ask for the others, or leave it. */
import { addSeconds } from '../domain/clock.ts';
import { isSamePerson, type Person } from '../domain/person.ts';
import type { Draft, DraftView } from './draft.ts';
import type { MakeBulk } from './makeBulk.ts';
import type { Place } from './posting.ts';
import type { World } from './ports.ts';

/** What a provider said longer ago is no evidence to ask with. */
const ANSWER_WITHIN_SECONDS = 3600;

export type AnswerDraft = (
  id: string,
  wish: 'ask' | 'leave',
  person: Person,
) => Promise<'done' | 'gone' | 'not_yours'>;

export function createAnswerDraft(world: World, makeBulk: MakeBulk): AnswerDraft {
  const { store, board, now } = world;

  async function close(
    draft: Draft,
    view: Exclude<DraftView, { type: 'looking' | 'faulty' }>,
  ): Promise<void> {
    const isClosed = await store.transaction(async (records) => {
      // A bulk may have been made of it a moment ago.
      const locked = await records.lockDraft(draft.id);
      if (locked === undefined || locked.bulk !== null) return false;
      await records.deleteDraft(draft.id);
      return true;
    });
    if (isClosed && draft.message !== null) await board.editDraft(draft.message, view);
  }

  async function ask(draft: Draft & { readonly askedAt: Date }): Promise<void> {
    if (now() > addSeconds(draft.askedAt, ANSWER_WITHIN_SECONDS))
      return close(draft, { draft, type: 'too_old' });
    const made = await makeBulk(draft, await store.selectDraftLines(draft.id), { faulty: true });
    if (made.type === 'turned_away') return close(draft, { draft, ...made });
    // Others were faster with all that was left.
    if (made.type === 'faulty') return showAgain(draft.message, { draft, ...made });
  }

  async function showAgain(at: Place | null, view: DraftView): Promise<void> {
    if (at !== null) await board.editDraft(at, view);
  }

  return async (id, wish, person) => {
    const draft = await store.selectOptionalDraft(id);
    if (draft === undefined || draft.bulk !== null || draft.askedAt === null) return 'gone';
    if (!isSamePerson(draft.requester, person)) return 'not_yours';
    if (wish === 'leave') await close(draft, { draft, type: 'left' });
    else await ask({ ...draft, askedAt: draft.askedAt });
    return 'done';
  };
}
