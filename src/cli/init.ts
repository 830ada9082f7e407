/** `countersign init`: the settings and the environment file, asked for in a terminal or said by flags. */
import { Command } from 'commander';
import { examples } from './examples.ts';
import { ENV_FILE, SETTINGS_FILE } from '../config/envFile.ts';

export const initCommand = new Command('init')
  .description(
    'write countersign.yaml and the environment file; asks in a terminal; exit status 1 when something is left open',
  )
  .option('--config <file>', 'the settings', SETTINGS_FILE)
  .option('--env <file>', 'the environment file, for its owner alone', ENV_FILE)
  .option('--http <address>', 'HTTP mode: where your proxy takes calls; Socket Mode when absent')
  .option('--approvals-channel <id>', 'where requests are posted')
  .option('--finance-channel <id>', 'where the daily summary goes')
  .option('--approver <id>', 'a member or a user group that may approve; may be repeated', collect, [])
  .option('--approvals <number>', 'how many of them a request needs; 1 when absent')
  .option('--time <time>', 'of the daily summary; 09:00 when absent')
  .option('--zone <zone>', "of the daily summary, such as Europe/Warsaw; this machine's when absent")
  .option('--account <name:provider>', 'such as shop-pl:sibs; may be repeated', collect, [])
  .option(
    '--set <account.key=value>',
    'a setting of an account that is no secret; may be repeated',
    collect,
    [],
  )
  .option('--force', 'replace files that are there, and keep the old ones beside')
  .option(
    '--no-input',
    'ask nothing; secrets come from the environment, by the names in the environment file',
  )
  .addHelpText(
    'after',
    examples(
      ['countersign init', 'asks for everything'],
      [
        'countersign init --no-input --approvals-channel C0123456789 --finance-channel C0123456790 --approver U0123456701 --account shop-pl:sibs --set shop-pl.url=https://api.sibsgateway.com/api/v1 --set shop-pl.terminal_id=101778',
        'asks nothing',
      ],
    ),
  )
  .action(async (given: unknown) => (await import('./run/init.ts')).init(given));

function collect(one: string, others: readonly string[]): readonly string[] {
  return [...others, one];
}
