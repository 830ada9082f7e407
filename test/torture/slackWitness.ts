/** What Slack shows and told of the requests, read as a person would read it. */
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import type { FakeSlack } from '../fakes/slack/server.ts';
import { nameOf, type Told } from './model.ts';
import type { Everything, RequestRow } from './record.ts';

/** How a card words each state. */
const wording: Readonly<Record<string, string>> = {
  pending: 'Waiting for approval',
  approved: 'Approved, about to be sent',
  sending: 'Being sent',
  accepted: 'Accepted by the provider',
  unknown: 'Outcome unknown',
  cancelled: 'Cancelled',
  refused: 'Refused by the provider',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  expired: 'Expired',
  lapsed: 'Lapsed',
};

/** While people may decide, or say what became of it. */
const withButtons = new Set(['pending', 'accepted', 'unknown']);

const verbs = { approved: 'approve', rejected: 'reject', withdrew: 'withdraw' } as const;

/** What the threads and the private answers told people of decisions. */
export function readTold({ workspace }: FakeSlack): Told[] {
  const { messages } = workspace.conversations;
  const names = new Map(messages.map(({ ts, text }) => [ts, /^(C-\d+)\b/.exec(text)?.[1]]));
  return messages.flatMap((message) => {
    const name = names.get(message.thread_ts ?? '');
    const [, person, verb] = /<@(\w+)> (approved|rejected|withdrew)\b/.exec(message.text) ?? [];
    if (name !== undefined && person !== undefined && isVerb(verb) && message.ephemeralTo === undefined)
      return [{ name, person, acts: [verbs[verb]], counted: true }];
    return refusalIn(message);
  });
}

function isVerb(text: string | undefined): text is keyof typeof verbs {
  return text !== undefined && text in verbs;
}

/** Private sentences that only a refused decision leads to; most don't say whether it was an approval. */
const refusals = [
  [/^You approved (C-\d+) already/, ['approve']],
  [/^You asked for (C-\d+) yourself/, ['approve', 'reject']],
  [/^You can't decide on (C-\d+):/, ['approve', 'reject']],
  [/who asked for (C-\d+), can withdraw it/, ['withdraw']],
] as const;

function refusalIn({ text, ephemeralTo }: Message): Told[] {
  if (ephemeralTo === undefined) return [];
  return refusals.flatMap(([sentence, acts]) => {
    const name = sentence.exec(text)?.[1];
    return name === undefined ? [] : [{ name, person: ephemeralTo, acts, counted: false }];
  });
}

/** Why the request's headline or card does not show its state; undefined when both do. */
export function misshown(slack: FakeSlack, request: RequestRow, record: Everything): string | undefined {
  const wanted = wording[request.state] ?? request.state;
  for (const kind of ['headline', 'card']) {
    const at = record.messages.find((message) => message.request === request.id && message.kind === kind);
    if (at === undefined) return `it has no ${kind}`;
    const shown = slack.workspace.conversations.messages.find(
      ({ channel, ts }) => channel === at.channel && ts === at.ts,
    );
    if (shown === undefined) return `its ${kind} is gone`;
    const words = readWords(shown);
    if (!words.includes(wanted) || !words.includes(nameOf(request)))
      return `its ${kind} does not say “${wanted}”`;
    const hasButtons = /^(Approve|Record what you found)$/m.test(words);
    if (kind === 'card' && hasButtons !== withButtons.has(request.state))
      return `its card ${hasButtons ? 'still has' : 'lacks'} buttons`;
  }
  return undefined;
}
