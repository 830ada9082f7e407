/** `countersign erase`: a person's text goes out of the record, and the record says so. */
import { Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { hasCardNumber } from '../domain/cardNumber.ts';
import { CARD_NUMBER_TEXT } from '../language/cardNumber.ts';
import { createSeal } from '../record/keys.ts';
import { type Erased, eraseText, planErasure, type Subject } from '../store/erase.ts';
import { examples } from './examples.ts';
import { readRecordSecret, withRecordDatabase } from './recordDatabase.ts';

const Options = z.object({ by: z.string(), why: z.string(), dryRun: z.boolean().default(false) });

export const eraseCommand = new Command('erase')
  .description("erase the text of what is over, as the tables' owner; the chain records it")
  .argument(
    '<what>',
    'a request such as C-1042, a bulk such as B-1001, a freeze such as F-3, or entry:41 for a freeze that did not count',
    readSubject,
  )
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
  .action(async (subject: Subject, given: unknown) => {
    const { by, why, dryRun } = Options.parse(given);
    const erased = await withRecordDatabase('owner', async (pool) =>
      dryRun
        ? planErasure(pool, subject)
        : eraseText(pool, createSeal(await readRecordSecret()), { subject, by, why }, new Date()),
    );
    if (!erased.done) throw new Error(erased.because);
    process.stdout.write(tell(nameOf(subject), erased, dryRun));
  });

function tell(name: string, { parts, messages }: Extract<Erased, { done: true }>, dryRun: boolean): string {
  const entries = parts.flatMap((part) => part.entries);
  const where = parts.length === 1 ? entries.join(', ') : `of its ${parts.length} lines`;
  const what = `the text of ${entries.length} entries of ${name} (${where})`;
  const places = messages.map(({ kind, channel, ts }) => `  ${channel} ${ts} (${kind})\n`).join('');
  return [
    dryRun ? `This would erase ${what}.\n` : `Erased ${what}, and recorded that.\n`,
    'Copies stay in backups, in exports made before, and in Slack, where Countersign erases nothing.\n',
    places === '' ? '' : `Its messages in Slack (channel, ts):\n${places}`,
  ].join('');
}

const NAMES = [
  ['request', 'C-', /^(?:c-?)?(\d{1,12})$/i],
  ['bulk', 'B-', /^b-?(\d{1,12})$/i],
  ['freeze', 'F-', /^f-?(\d{1,9})$/i],
  ['refused_freeze', 'entry:', /^entry:(\d{1,12})$/i],
] as const;

function readSubject(text: string): Subject {
  for (const [type, , pattern] of NAMES) {
    const digits = pattern.exec(text)?.[1];
    if (digits !== undefined) return { type, number: Number(digits) };
  }
  throw new InvalidArgumentError('It is no request such as C-1042, no bulk and no freeze.');
}

function nameOf({ type, number }: Subject): string {
  const prefix = NAMES.find(([one]) => one === type)?.[1] ?? '';
  return `${prefix}${number}`;
}

function readText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  if (hasCardNumber(text)) throw new InvalidArgumentError(CARD_NUMBER_TEXT);
  return text.trim();
}
