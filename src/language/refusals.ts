/** Why what somebody did does not count. */
import type { Refusal } from '../domain/decide.ts';

/** What the sentences name, ready to be shown. */
interface Refused {
  readonly name: string;
  readonly state: string;
  readonly deadline: string;
  /** The deadline came with the end of the provider's window. */
  readonly isClosed: boolean;
  readonly isUnsettled: boolean;
  readonly requester: string;
  readonly groups: string;
  /** A clause of `notLiveReasons`. */
  readonly why: string | undefined;
  /** The clause of the freeze that stands against it, where that is the reason. */
  readonly frozen: string | undefined;
}

export function refusalText(refusal: Refusal, refused: Refused): string {
  const { name, state, deadline, requester, groups, why, frozen } = refused;
  switch (refusal) {
    case 'already_decided':
      return `${name} is not waiting for a decision any more (${state}), so nothing was changed.`;
    case 'expired':
      return refused.isClosed
        ? `${name} expired at ${deadline}: since then the payment can't be cancelled any more, so refund it instead.`
        : `${name} expired at ${deadline}, so your decision does not count.`;
    case 'own_request':
      return refused.isUnsettled
        ? `You asked for ${name} yourself, so someone else has to say what became of it.`
        : `You asked for ${name} yourself, so someone else has to decide on it; you can withdraw it.`;
    case 'not_live':
      return `You can't decide on ${name}: only full, active members of this workspace can, and ${why ?? 'you are not known to be one'}.`;
    case 'not_an_approver':
      return `You can't decide on ${name}: you are in none of the groups that may (${groups}).`;
    case 'already_approved':
      return `You approved ${name} already; one person counts once, so someone else has to approve too.`;
    case 'request_changed':
      return `What you saw of ${name} is out of date, so what you decided does not count; please use the newest card.`;
    case 'not_confirmed':
      return `Your approval of ${name} does not count, because you did not confirm what its form asks; please approve again.`;
    case 'not_the_requester':
      return `Only ${requester}, who asked for ${name}, can withdraw it; you can reject it.`;
    case 'already_settled':
      return `${name} needs nobody to look at the provider (${state}), so nothing was changed.`;
    case 'form_expired':
      return `What you found of ${name} does not count, because there was news, or your form was open for more than an hour; please look at the provider again.`;
    case 'frozen':
      return `What you decided on ${name} does not count, because ${frozen ?? 'it is frozen'}; two approvers can lift that.`;
  }
}

/** Why somebody is no live, full member of the workspace, as a clause. */
export const notLiveReasons = {
  notAsked: 'Slack could not be asked about you',
  groupsNotAsked: 'Slack could not be asked which groups you are in; please try again in a minute',
  noAnswer: 'Slack gave no usable answer about you',
  deactivated: 'your account is deactivated',
  noPerson: 'you are not a person',
  guest: 'you are a guest',
  notJoined: 'you have not joined yet',
  stranger: 'you are from another organisation',
} as const;
