/** `countersign erase`: a person's text goes out of the record, and the record says so. */
import { Command, InvalidArgumentError } from 'commander';
import { examples } from './examples.ts';
import { z } from 'zod';
import { hasCardNumber } from '../domain/cardNumber.ts';
import { readNumber } from '../domain/request.ts';
import { CARD_NUMBER_TEXT } from '../language/cardNumber.ts';
import { createSeal } from '../record/keys.ts';
import { type Erased, eraseText, planErasure } from '../store/erase.ts';
import { readRecordSecret, withRecordDatabase } from './recordDatabase.ts';

const Options = z.object({ by: z.string(), why: z.string(), dryRun: z.boolean().default(false) });

export const eraseCommand = new Command('erase')
  .description("erase the text of a request that is over, as the tables' owner; the chain records it")
  .argument('<request>', 'such as C-1042', readRequest)
  .requiredOption('--by <name>', 'who erases; stays in the record', readText)
  .requiredOption('--why <reason>', 'stays in the record, so it must not repeat what is erased', readText)
  .option('--dry-run', 'say what would be erased, and change nothing')
  .addHelpText(
    'after',
    examples(
      ['countersign erase C-1042 --by "Dana Privacy" --why "request 88" --dry-run', 'what would go'],
      ['countersign erase C-1042 --by "Dana Privacy" --why "request 88"', 'erase it'],
    ),
  )
  .action(async (number: number, given: unknown) => {
    const { by, why, dryRun } = Options.parse(given);
    const erased = await withRecordDatabase('owner', async (pool) =>
      dryRun
        ? planErasure(pool, number)
        : eraseText(pool, createSeal(await readRecordSecret()), { number, by, why }, new Date()),
    );
    if (!erased.done) throw new Error(erased.because);
    process.stdout.write(tell(`C-${number}`, erased, dryRun));
  });

function tell(name: string, { entries, messages }: Extract<Erased, { done: true }>, dryRun: boolean): string {
  const what = `the text of ${entries.length} entries of ${name} (${entries.join(', ')})`;
  const places = messages.map(({ kind, channel, ts }) => `  ${channel} ${ts} (${kind})\n`).join('');
  return [
    dryRun ? `This would erase ${what}.\n` : `Erased ${what}, and recorded that.\n`,
    'Copies stay in backups, in exports made before, and in Slack, where Countersign erases nothing.\n',
    places === '' ? '' : `Its messages in Slack (channel, ts):\n${places}`,
  ].join('');
}

function readRequest(text: string): number {
  const number = readNumber(text);
  if (number === undefined) throw new InvalidArgumentError('It is no request such as C-1042.');
  return number;
}

function readText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  if (hasCardNumber(text)) throw new InvalidArgumentError(CARD_NUMBER_TEXT);
  return text.trim();
}
