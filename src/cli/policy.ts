/** `countersign policy explain`: which tier applies to a cancellation, and who could approve it now. */
import { Command } from 'commander';
import { ticketKinds } from '../domain/provider.ts';
import { examples } from './examples.ts';

const explainCommand = new Command('explain')
  .description(
    'say which tier applies and who could approve now; exit status 1 when nobody could, 2 when Slack did not say',
  )
  .argument('<account>', 'as in the settings')
  .argument('<amount>', 'of the whole payment, such as 480.00, or "unknown"')
  .argument('<currency>', 'such as PLN')
  .option('--part', 'for a part of the payment')
  .option('--at <time>', "at this time by the clock of each tier's own zone; now when absent")
  .option('--ticket <kind>', `${ticketKinds.join(', ')}; the first that the provider takes when absent`)
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
  .action(async (account: string, amount: string, currency: string, given: unknown) =>
    (await import('./run/policy.ts')).explainPolicy(account, amount, currency, given),
  );

export const policyCommand = new Command('policy')
  .description('what the policy of the settings means')
  .addHelpText(
    'after',
    examples(['countersign policy explain shop-pl 480.00 PLN', 'which tier applies, and who could approve']),
  )
  .addCommand(explainCommand);
