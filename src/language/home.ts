/** The Home: what Slack shows one person in the app's own tab. */
import type { HandAct } from '../domain/bulkAct.ts';
import type { Act } from '../domain/decide.ts';
import type { Find } from '../domain/find.ts';

export const homeLabels = {
  ask: 'Ask for a cancellation',
  details: 'Details',
  more: 'More',
  back: 'Back',
} as const;

/** @param title of the section that a button turns the pages of. */
export function pageHint({ label, title }: { readonly label: string; readonly title: string }): string {
  return `${label}: ${title}`;
}

export const sectionTitles = {
  waiting: 'Waiting for you',
  unsettled: 'Outcome not known yet',
  asked: 'Your open requests',
  ended: 'Ended in the last seven days',
} as const;

export const emptySections = {
  waiting: 'Nothing waits for you.',
  unsettled: 'Of all that was sent, the outcome is known.',
  asked: 'You have no open request.',
  ended: 'Nothing has ended.',
} as const;

/** Until when somebody has to decide, and for whom they do it. */
export function decideForText(request: { readonly deadline: string; readonly requester: string }): string {
  return `Decide before ${request.deadline}; ${request.requester} asks.`;
}

export function askedAtText(request: { readonly at: string; readonly requester: string }): string {
  return `Asked by ${request.requester} at ${request.at}.`;
}

/** How current a Home is. */
export function asOfText(at: string): string {
  return `As of ${at}. It follows every change for an hour after you opened it; open it again to see it as it stands.`;
}

/** For those to whom nothing is shown. @param why a clause of `notLiveReasons`. */
export function closedHomeText(why: string): string {
  return `Only full, active members of this workspace can see requests here, and ${why}. If that is a surprise, open this tab again in a minute.`;
}

/** What somebody did outside of its thread, which tells it to all others. @param missing the groups that still have to approve. */
export function doneText(
  act: Act['type'] | Find['type'],
  {
    name,
    provider,
    missing,
  }: { readonly name: string; readonly provider: string; readonly missing: readonly string[] },
): string | undefined {
  switch (act) {
    case 'approve':
      return missing.length === 0
        ? `You approved ${name}; now it is sent to ${provider}.`
        : `You approved ${name}; it still needs somebody of ${missing.join(' and of ')}.`;
    case 'reject':
      return `You rejected ${name}; nothing was sent.`;
    case 'find_cancelled':
      return `You recorded that the payment of ${name} was cancelled.`;
    case 'find_refused':
      return `You recorded that the payment of ${name} was not cancelled; nothing is sent again.`;
    case 'withdraw':
    case 'find':
      return undefined;
  }
}

/** The same of a bulk. */
export function bulkDoneText(
  act: HandAct,
  { name, missing }: { readonly name: string; readonly missing: readonly string[] },
): string {
  switch (act) {
    case 'approve':
      return missing.length === 0
        ? `You approved ${name}; now its payments are sent, one after the other.`
        : `You approved ${name}; it still needs somebody of ${missing.join(' and of ')}.`;
    case 'reject':
      return `You rejected ${name}; nothing was sent.`;
    case 'withdraw':
      return `You withdrew ${name}; nothing was sent.`;
    case 'go_on':
      return `You let ${name} go on.`;
    case 'stop':
      return `You stopped ${name}; what was not sent yet will not be sent any more.`;
  }
}
