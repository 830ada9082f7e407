/** Slack takes the message of any summary, however much happened, and nothing in it pings, links or formats. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { inReadersZone, inZone } from '../../src/slack/look.ts';
import { summaryMessage } from '../../src/slack/summary.ts';
import { anySummary } from './anySummary.ts';
import { liveIn, shown, textsOf } from './aStory.ts';

/** What Slack takes in one message is documented nowhere; this is less than was ever refused. */
const ALL_TEXT_MAX = 11_000;

it.each([
  ['the reader’s own zone', inReadersZone],
  ['one zone', inZone('Europe/Warsaw')],
])('of any summary, with times in %s', (_what, showTime) => {
  fc.assert(
    fc.property(anySummary, (summary) => {
      const message = summaryMessage(summary, showTime);
      shown(message);
      expect(liveIn(message)).toEqual([]);
      expect(Array.from(message.text).length).toBeLessThanOrEqual(4_000);
      const all = textsOf(message.blocks).reduce((length, { text }) => length + Array.from(text).length, 0);
      expect(all).toBeLessThanOrEqual(ALL_TEXT_MAX);
      // What nobody may miss stands in both.
      const hash = summary.figures.head?.hash ?? '';
      expect([message.text.includes(hash), shown(message).split('---\n')[1]?.includes(hash)]).toEqual([
        true,
        true,
      ]);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});
