/** `countersign manifest`: what to enter at Slack, for the transport of your choice. */
import { Command } from 'commander';
import { examples } from './examples.ts';

export const manifestCommand = new Command('manifest')
  .description('print the manifest of the Slack app, for Socket Mode unless said otherwise')
  .option(
    '--http <address>',
    'for HTTP mode: where Slack reaches your proxy, such as https://countersign.example.com',
  )
  .addHelpText(
    'after',
    examples(
      ['countersign manifest', 'for Socket Mode'],
      ['countersign manifest --http https://countersign.example.com', 'for HTTP mode'],
    ),
  )
  .action(async (given: unknown) => (await import('./run/manifest.ts')).manifest(given));
