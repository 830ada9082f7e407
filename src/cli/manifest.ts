/** `countersign manifest`: what to enter at Slack, for the transport of your choice. */
import { Command, InvalidArgumentError } from 'commander';
import { examples } from './examples.ts';
import { z } from 'zod';
import { HttpsAddress } from '../http.ts';
import { readManifest, toHttp } from '../slack/manifest.ts';

const Options = z.object({ http: z.string().optional() });

export const manifestCommand = new Command('manifest')
  .description('print the manifest of the Slack app, for Socket Mode unless said otherwise')
  .option(
    '--http <address>',
    'for HTTP mode: where Slack reaches your proxy, such as https://countersign.example.com',
    readAddress,
  )
  .addHelpText(
    'after',
    examples(
      ['countersign manifest', 'for Socket Mode'],
      ['countersign manifest --http https://countersign.example.com', 'for HTTP mode'],
    ),
  )
  .action(async (given: unknown) => {
    const { http } = Options.parse(given);
    const manifest = await readManifest();
    process.stdout.write(http === undefined ? manifest : toHttp(manifest, http));
  });

function readAddress(text: string): string {
  const address = HttpsAddress.safeParse(text);
  if (!address.success) throw new InvalidArgumentError('It is no https address.');
  return address.data;
}
