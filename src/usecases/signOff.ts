/** Somebody says that they reviewed a day's summary. */
import type { Person } from '../domain/person.ts';
import { judgeSignOff, type SignOff, type SignOffRefusal } from '../domain/signOff.ts';
import type { Figures } from '../domain/summary.ts';
import type { World } from './ports.ts';

type SignedOff =
  | { readonly counts: true; readonly figures: Figures }
  | {
      readonly counts: false;
      readonly figures: Figures;
      readonly refusal: SignOffRefusal;
      /** Why the person is no live member, where that is the reason. */
      readonly why: string | undefined;
      /** The sign-off that the summary has. */
      readonly signOff: SignOff | null;
      /** The groups whose members may. */
      readonly reviewers: readonly string[];
    };

/** @param of the channel of a summary and its last day */
export type SignOffSummary = (
  of: { readonly channel: string; readonly date: string },
  person: Person,
) => Promise<SignedOff>;

/** What does not count is recorded all the same. */
export function createSignOffSummary({
  store,
  people,
  summary: { reviewers },
  now,
}: Pick<World, 'store' | 'people' | 'summary' | 'now'>): SignOffSummary {
  return async ({ channel, date }, person) => {
    const membership = await people.membershipOf(person, { among: reviewers });

    return store.transaction(async (records) => {
      await records.lockFreezes();
      const summary = await records.lockSummary(channel, date);
      const standing = await records.selectFreezes();
      const refusal = judgeSignOff(summary, { person, membership }, reviewers, standing);
      const { figures, signOff } = summary;
      await records.insertSignOff({
        channel,
        date: figures.last,
        person,
        groups: membership.live ? membership.groups : [],
        signedAt: now(),
        refusal: refusal ?? null,
      });
      if (refusal !== undefined) {
        const why = membership.live ? undefined : membership.why;
        return { counts: false, figures, refusal, why, signOff, reviewers };
      }
      await records.enqueue({ name: 'summarise', kind: 'day', date: figures.last });
      return { counts: true, figures };
    });
  };
}
