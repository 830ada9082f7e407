/** What `countersign policy explain` does. */
import { z } from 'zod';
import { variables } from '../../config/environment.ts';
import { loadSettings } from '../../config/load.ts';
import { TimeOfDay } from '../../config/times.ts';
import { ticketKinds } from '../../domain/provider.ts';
import { askWho, type Who } from './askWho.ts';
import { explain, type Question } from './explain.ts';
import { readOptions } from './options.ts';

const Options = z.object({
  part: z.boolean().default(false),
  at: TimeOfDay.optional(),
  ticket: z.enum(ticketKinds, `must be one of ${ticketKinds.join(', ')}`).optional(),
});

/** Too few people could approve. */
const NOBODY = 1;
/** Whether enough people could approve can't be told. */
const NOT_ASKED = 2;

export async function explainPolicy(
  account: string,
  amount: string,
  currency: string,
  given: unknown,
): Promise<void> {
  const { part, at, ticket } = readOptions(Options, given);
  const question: Question = { account, amount, currency: currency.toUpperCase(), part, at, ticket };
  const settings = await loadSettings();
  const { tier, lines } = explain(settings, question, new Date());
  process.stdout.write(`${lines.join('\n')}\n`);
  const who = await askWho(settings, tier.needs, variables());
  process.stdout.write(`${who.lines.join('\n')}\n`);
  process.exitCode = statusOf(who);
}

function statusOf({ lacking }: Who): number {
  if (lacking === undefined) return NOT_ASKED;
  return lacking.length === 0 ? 0 : NOBODY;
}
