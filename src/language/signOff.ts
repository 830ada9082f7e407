/** Signing a day's summary off. */
import type { SignOffRefusal } from '../domain/signOff.ts';

export const signOffLabels = {
  sign: 'Reviewed',
  title: 'Sign this summary off?',
  confirm: 'Reviewed',
  deny: 'Not yet',
} as const;

export const SIGN_OFF_EFFECT =
  "It is recorded that you reviewed this summary, and shown here. You can't take this back.";

export function signedOffText({ person, at }: { readonly person: string; readonly at: string }): string {
  return `✅ Reviewed by ${person} at ${at}`;
}

/** Told to whoever signed it off. */
export function thanksText(title: string): string {
  return `✅ It is recorded that you reviewed "${title}".`;
}

export function signOffRefusalText(
  refusal: SignOffRefusal,
  told: {
    /** The summary's title. */
    readonly title: string;
    readonly groups: readonly string[];
    /** A clause of `notLiveReasons`. */
    readonly why: string | undefined;
    /** From `signedOffText`, where somebody did before. */
    readonly signedOff: string | null;
  },
): string {
  const { title, groups, why, signedOff } = told;
  switch (refusal) {
    case 'not_live':
      return `You can't review this: only full, active members of this workspace can, and ${why ?? 'you are not known to be one'}.`;
    case 'not_a_reviewer':
      return `You can't review this: you are in none of the groups that may (${groups.join(', ')}).`;
    case 'frozen':
      return "You can't review this: you are frozen, and two approvers have to lift that first.";
    case 'already_signed_off':
      return [`Nothing was changed for "${title}".`, ...(signedOff === null ? [] : [`${signedOff}.`])].join(
        ' ',
      );
  }
}
