/** The message in the thread that calls a person to look at the provider, when nothing more is to be learnt by asking. */
import { waitsForAPerson } from '../domain/find.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { findingButton } from './buttons.ts';
import type { Message, Setting } from './card.ts';
import { sentence, words } from './inert.ts';
import { providerTitles } from './look.ts';

/** Once somebody has looked, it calls nobody and has no button any more. */
export function callMessage(story: Story, { groups, showTime }: Setting): Message {
  const { request, lookUps } = story;
  const provider = providerTitles[request.provider];
  const waits = waitsForAPerson(request.state, lookUps.endedAt);
  const ended = `❓ ${provider} was asked for as long as it could have had an answer, and it is still not known what became of this.`;
  const call = waits ? ` ${callForFinding(story, groups)}` : '';
  const { last } = lookUps;
  const said = last === null ? '' : ` It said last, at ${showTime(last.at)}:`;
  return {
    text: `${ended}${call}${last === null ? '' : `${said} ${sentence(last.says)}`}`,
    blocks: [
      section(`${ended}${call}${said}`),
      ...(last === null || last.says === '' ? [] : [words(last.says)]),
      ...(waits ? [findingButton(story, 'call')] : []),
    ],
  };
}

/** Everybody who may say what they find there: those who could have approved, and not whoever asked. */
function callForFinding({ request }: Story, groups: Setting['groups']): string {
  const people = new Set(request.rule.needs.flatMap(({ group }) => groups[group] ?? []));
  people.delete(request.requester.user);
  if (people.size === 0) return 'Nobody is left in the groups that may look at the provider and settle it.';
  const called = [...people].slice(0, 20).map((user) => `<@${user}>`);
  return `${called.join(' ')} please look at the provider and record what you found. Nothing is sent again.`;
}
