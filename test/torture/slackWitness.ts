/** What Slack shows and told of requests, bulks and freezes, read as a person would read it. */
import type { Message } from '../fakes/slack/conversations.ts';
import { readWords } from '../fakes/slack/person.ts';
import type { FakeSlack } from '../fakes/slack/server.ts';
import { bulkName, freezeName, nameOf } from './breaks.ts';
import { approversBefore, type BulkState, standingAt, stateOfBulk, stops } from './law.ts';
import type { BulkRow, DecisionRow, Everything, FreezeRow, RequestRow } from './record.ts';
import type { Told } from './witness.ts';

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

const verbs = {
  approved: 'approve',
  rejected: 'reject',
  withdrew: 'withdraw',
  stopped: 'stop',
  looked: 'go_on',
} as const;

/** What the threads and the private answers told people of decisions. */
export function readTold({ workspace }: FakeSlack): Told[] {
  const { messages } = workspace.conversations;
  const names = new Map(messages.map(({ ts, text }) => [ts, /^([BC]-\d+)\b/.exec(text)?.[1]]));
  return messages.flatMap((message) => {
    const name = names.get(message.thread_ts ?? '');
    const [, person, verb] =
      /<@(\w+)> (approved|rejected|withdrew|stopped|looked)\b/.exec(message.text) ?? [];
    if (name !== undefined && person !== undefined && isVerb(verb) && message.ephemeralTo === undefined)
      return [{ name, person, acts: [verbs[verb]], counted: true }];
    return [...refusalIn(message), ...freezeIn(message)];
  });
}

/** The message of a freeze says who made it, and who agreed to lift it. */
function freezeIn({ text }: Message): Told[] {
  const [, frozen, person, agreed = ''] =
    /\*(F-\d+): .* is frozen\.\* <@(\w+)> did that .*\n.* Agreed: \d of 2(.*)\./.exec(text) ?? [];
  if (frozen !== undefined && person !== undefined)
    return [{ name: frozen, person, acts: ['freeze'], counted: true }, ...liftsIn(frozen, agreed)];
  const [, lifted, both = ''] = /\*(F-\d+) is lifted\.\* (.*) agreed\./.exec(text) ?? [];
  return lifted === undefined ? [] : liftsIn(lifted, both);
}

function liftsIn(name: string, people: string): Told[] {
  return Array.from(people.matchAll(/<@(\w+)>/g), ([, person = '']) => ({
    name,
    person,
    acts: ['lift'],
    counted: true,
  }));
}

function isVerb(text: string | undefined): text is keyof typeof verbs {
  return text !== undefined && text in verbs;
}

/** Private sentences that only a refused decision leads to; most don't say what it was. */
const refusals = [
  [/^You approved ([BC]-\d+) already/, ['approve']],
  [/^You asked for ([BC]-\d+) yourself/, ['approve', 'reject', 'go_on']],
  [/^You can't decide on ([BC]-\d+):/, ['approve', 'reject', 'go_on', 'stop']],
  [/^What you decided on ([BC]-\d+) does not count/, ['approve', 'reject', 'go_on', 'stop']],
  [/who asked for ([BC]-\d+), can withdraw it/, ['withdraw']],
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
  const freeze = freezeOver(request, request.requester, record.decisions.filter(isOn(request)), record);
  const wanted = frozenWording(request.state, freeze) ?? wording[request.state] ?? request.state;
  const buttons = /^(Approve|Record what you found)$/m;
  return misshownMessages(slack, record, request.id, {
    wanted,
    name: nameOf(request),
    hasButtons: (words) => buttons.test(words) === withButtons.has(request.state),
  });
}

/** The same of a bulk; a halted one calls for somebody who lets it go on. */
export function misshownBulk(slack: FakeSlack, bulk: BulkRow, record: Everything): string | undefined {
  const state = stateOfBulk(bulk, record);
  const freeze = freezeOver(
    bulk,
    bulk.requester,
    record.acts.filter((act) => act.bulk === bulk.id),
    record,
  );
  const frozen = state === 'sending' ? frozenWording('approved', freeze) : frozenWording(state, freeze);
  const misshownOne = misshownMessages(slack, record, bulk.id, {
    wanted: frozen ?? bulkWording[state],
    name: bulkName(bulk),
    hasButtons: (words) => /^Approve$/m.test(words) === (state === 'pending'),
  });
  const headline = record.messages.find(({ request, kind }) => request === bulk.id && kind === 'headline');
  const isCalledFor = slack.workspace.conversations.messages.some(
    (message) => message.thread_ts === headline?.ts && /^Go on$/m.test(readWords(message)),
  );
  return (
    misshownOne ??
    (isCalledFor === (state === 'paused') ? undefined : 'its thread calls nobody who may let it go on')
  );
}

const bulkWording: Readonly<Record<BulkState, string>> = {
  pending: 'Waiting for approval',
  sending: 'Being sent',
  paused: 'Halted',
  ended: 'Done',
};

function isOn({ id }: RequestRow): (decision: DecisionRow) => boolean {
  return ({ request }) => request === id;
}

function freezeOver(
  { account }: { readonly account: string },
  requester: string,
  decisions: Parameters<typeof approversBefore>[0],
  record: Everything,
): FreezeRow | undefined {
  const people = [requester, ...approversBefore(decisions, Infinity)];
  return standingAt(record, Infinity).find((freeze) => stops(freeze, account, people));
}

function frozenWording(state: string, freeze: FreezeRow | undefined): string | undefined {
  if (freeze === undefined || !['pending', 'approved'].includes(state)) return undefined;
  return `Frozen by ${freezeName(freeze.number)}, ${state === 'pending' ? 'and waiting' : 'so it is approved'}`;
}

function misshownMessages(
  slack: FakeSlack,
  record: Everything,
  of: string,
  shown: { readonly wanted: string; readonly name: string; readonly hasButtons: (words: string) => boolean },
): string | undefined {
  for (const kind of ['headline', 'card']) {
    const at = record.messages.find((message) => message.request === of && message.kind === kind);
    if (at === undefined) return `it has no ${kind}`;
    const message = slack.workspace.conversations.messages.find(
      ({ channel, ts }) => channel === at.channel && ts === at.ts,
    );
    if (message === undefined) return `its ${kind} is gone`;
    const words = readWords(message);
    if (!words.includes(shown.wanted) || !words.includes(shown.name))
      return `its ${kind} does not say “${shown.wanted}”`;
    if (kind === 'card' && !shown.hasButtons(words)) return `its card has the wrong buttons`;
  }
  return undefined;
}
