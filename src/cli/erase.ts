/** `countersign erase`: a person's text goes out of the record, and the record says so. */
import { Command, InvalidArgumentError } from 'commander';
import { hasCardNumber } from '../domain/cardNumber.ts';
import { CARD_NUMBER_TEXT } from '../language/cardNumber.ts';
import type { Subject } from '../store/erase.ts';
import { examples } from './examples.ts';
import { parseSubject } from './subject.ts';

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
  .action(async (subject: Subject, given: unknown) => (await import('./run/erase.ts')).erase(subject, given));

function readSubject(text: string): Subject {
  const subject = parseSubject(text);
  if (subject === undefined)
    throw new InvalidArgumentError('It is no request such as C-1042, no bulk and no freeze.');
  return subject;
}

function readText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It is empty.');
  if (hasCardNumber(text)) throw new InvalidArgumentError(CARD_NUMBER_TEXT);
  return text.trim();
}
