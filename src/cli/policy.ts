/** `countersign policy explain`: which tier applies to a cancellation, and who could approve it now. */
import { Command, InvalidArgumentError } from 'commander';
import { examples } from './examples.ts';
import { z } from 'zod';
import { variables } from '../config/environment.ts';
import { loadSettings } from '../config/load.ts';
import { TimeOfDay } from '../config/times.ts';
import { ticketKinds } from '../domain/provider.ts';
import { askWho, type Who } from './askWho.ts';
import { explain, type Question } from './explain.ts';

const Options = z.object({
  part: z.boolean().default(false),
  at: TimeOfDay.optional(),
  ticket: z.enum(ticketKinds).optional(),
});

/** Too few people could approve. */
const NOBODY = 1;
/** Whether enough people could approve can't be told. */
const NOT_ASKED = 2;

const explainCommand = new Command('explain')
  .description(
    'say which tier applies and who could approve now; exit status 1 when nobody could, 2 when Slack did not say',
  )
  .argument('<account>', 'as in the settings')
  .argument('<amount>', 'of the whole payment, such as 480.00, or "unknown"')
  .argument('<currency>', 'such as PLN')
  .option('--part', 'for a part of the payment')
  .option('--at <time>', "at this time by the clock of each tier's own zone; now when absent", readTime)
  .option(
    '--ticket <kind>',
    `${ticketKinds.join(', ')}; the first that the provider takes when absent`,
    readKind,
  )
  .addHelpText(
    'after',
    examples(
      ['countersign policy explain shop-pl 480.00 PLN', 'now'],
      [
        'countersign policy explain shop-pl unknown PLN --at 21:30',
        'an amount that nobody knows, in the evening',
      ],
    ),
  )
  .action(async (account: string, amount: string, currency: string, given: unknown) => {
    const { part, at, ticket } = Options.parse(given);
    const question: Question = { account, amount, currency: currency.toUpperCase(), part, at, ticket };
    const settings = await loadSettings();
    const { tier, lines } = explain(settings, question, new Date());
    process.stdout.write(`${lines.join('\n')}\n`);
    const who = await askWho(settings, tier.needs, variables());
    process.stdout.write(`${who.lines.join('\n')}\n`);
    process.exitCode = statusOf(who);
  });

export const policyCommand = new Command('policy')
  .description('what the policy of the settings means')
  .addHelpText(
    'after',
    examples(['countersign policy explain shop-pl 480.00 PLN', 'which tier applies, and who could approve']),
  )
  .addCommand(explainCommand);

function statusOf({ lacking }: Who): number {
  if (lacking === undefined) return NOT_ASKED;
  return lacking.length === 0 ? 0 : NOBODY;
}

function readTime(text: string): string {
  if (!TimeOfDay.safeParse(text).success) throw new InvalidArgumentError('It is no time such as 21:30.');
  return text;
}

function readKind(text: string): string {
  if (!ticketKinds.some((kind) => kind === text))
    throw new InvalidArgumentError(`It is none of ${ticketKinds.join(', ')}.`);
  return text;
}
