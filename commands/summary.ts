/** `/cancel summary`: the figures of a day, for whoever asks. */
import { z } from 'zod';
import { summaryMessage } from '../src/slack/summary.ts';
import type { Subcommand } from './subcommand.ts';

const Day = z.union([
  z.literal('').transform(() => 0),
  z.literal('today').transform(() => 0),
  z.literal('yesterday').transform(() => -1),
  z.iso.date(),
]);

export const summary: Subcommand = {
  usage: '/cancel summary [yesterday|2026-11-19]',
  help: 'the figures of a day, today so far when none is named',
  async answer({ rest }, { usecases, showTime }) {
    const day = Day.safeParse(rest);
    if (!day.success) return 'Name a day as `2026-11-19`, or say `today` or `yesterday`.';
    return summaryMessage(await usecases.showSummary(day.data), showTime).text;
  },
};
