/** `/cancel show`: one request with everything that happened to it. */
import { shortDigest } from '../src/domain/digest.ts';
import { readNumber } from '../src/domain/request.ts';
import { code, sentence } from '../src/slack/inert.ts';
import { mention, providerTitles, type ShowTime, stateText, titleOf } from '../src/slack/look.ts';
import { threadEntry } from '../src/slack/thread.ts';
import { entriesOf, timeOf } from '../src/usecases/announce.ts';
import type { Story } from '../src/usecases/story.ts';
import type { Subcommand } from './subcommand.ts';

export const show: Subcommand = {
  usage: '/cancel show <number>',
  help: 'one request and what happened to it',
  async answer({ rest }, { usecases, showTime }) {
    const number = readNumber(rest);
    if (number === undefined) return 'Say which request: `/cancel show C-1042`.';
    const story = await usecases.showRequest(number);
    return story === undefined ? `There is no request C-${number}.` : storyText(story, showTime);
  },
};

function storyText(story: Story, showTime: ShowTime): string {
  const { request, decisions } = story;
  const refused = decisions.filter(({ refusal }) => refusal !== null).length;
  return [
    `*${titleOf(request)}*`,
    `${stateText(story)}  ·  ${providerTitles[request.provider]} payment ${code(request.payment)}`,
    `Asked by ${mention(request.requester)} at ${showTime(request.requestedAt)}: ${sentence(request.reason)}`,
    ...entriesOf(story).map((entry) => `${showTime(timeOf(entry))}  ${threadEntry(story, entry).text}`),
    ...(refused === 0 ? [] : [`Acts that did not count: ${refused}`]),
    `Digest \`${shortDigest(request.digest)}\``,
  ].join('\n');
}
