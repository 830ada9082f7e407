/** `/cancel summary`: the figures of a day, for whoever asks. */
import { z } from 'zod';
import { NAME_A_DAY, summaryUsage } from '../src/language/summary.ts';
import { summaryMessage } from '../src/slack/summary.ts';
import type { Subcommand } from './subcommand.ts';

const Day = z.union([
  z.literal('').transform(() => 0),
  z.literal('today').transform(() => 0),
  z.literal('yesterday').transform(() => -1),
  z.iso.date(),
]);

export const summary: Subcommand = {
  ...summaryUsage,
  async answer({ rest }, { usecases, showTime }) {
    const day = Day.safeParse(rest);
    if (!day.success) return NAME_A_DAY;
    return summaryMessage(await usecases.showSummary(day.data), showTime);
  },
};
