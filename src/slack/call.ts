/** The message in the thread that calls a person to look at the provider, when nothing more is to be learnt by asking. */
import { waitsForAPerson } from '../domain/find.ts';
import { callToLookText, itSaidLastText, stillUnknownText } from '../language/find.ts';
import { providerTitles } from '../language/titles.ts';
import type { Story } from '../usecases/story.ts';
import { section } from './blocks.ts';
import { findingButton } from './buttons.ts';
import type { Message, Setting } from './card.ts';
import { sentence, words } from './inert.ts';

/** Once somebody has looked, it calls nobody and has no button any more. */
export function callMessage(story: Story, { groups, showTime }: Setting): Message {
  const { request, lookUps } = story;
  const provider = providerTitles[request.provider];
  const waits = waitsForAPerson(request.state, lookUps.endedAt);
  const ended = stillUnknownText(provider);
  const call = waits ? ` ${callForFinding(story, groups)}` : '';
  const { last } = lookUps;
  const said = last === null ? '' : ` ${itSaidLastText(showTime(last.at))}`;
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
  return callToLookText([...people].slice(0, 20).map((user) => `<@${user}>`));
}
