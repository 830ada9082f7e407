/** `/cancel show`: one request with everything that happened to it. */
import { shortDigest } from '../src/domain/digest.ts';
import { nameOf, readNumber } from '../src/domain/request.ts';
import {
  askedText,
  digestLine,
  noRequestText,
  paymentText,
  showUsage,
  uncountedText,
  WHICH_REQUEST,
} from '../src/language/show.ts';
import { providerTitles } from '../src/language/titles.ts';
import { code, sentence } from '../src/slack/inert.ts';
import { mention, type ShowTime, stateText, titleOf } from '../src/slack/look.ts';
import { threadEntry } from '../src/slack/thread.ts';
import { entriesOf, timeOf } from '../src/usecases/entries.ts';
import type { Story } from '../src/usecases/story.ts';
import type { Subcommand } from './subcommand.ts';

export const show: Subcommand = {
  ...showUsage,
  async answer({ rest }, { usecases, showTime }) {
    const number = readNumber(rest);
    if (number === undefined) return WHICH_REQUEST;
    const story = await usecases.showRequest(number);
    return story === undefined ? noRequestText(nameOf({ number })) : storyText(story, showTime);
  },
};

function storyText(story: Story, showTime: ShowTime): string {
  const { request, decisions } = story;
  const refused = decisions.filter(({ refusal }) => refusal !== null).length;
  const provider = providerTitles[request.provider];
  return [
    `*${titleOf(request)}*`,
    `${stateText(story)}  ·  ${paymentText({ provider, payment: code(request.payment) })}`,
    askedText({
      requester: mention(request.requester),
      at: showTime(request.requestedAt),
      reason: sentence(request.reason),
    }),
    ...entriesOf(story).map((entry) => `${showTime(timeOf(entry))}  ${threadEntry(story, entry).text}`),
    ...(refused === 0 ? [] : [uncountedText(refused)]),
    digestLine(code(shortDigest(request.digest))),
  ].join('\n');
}
