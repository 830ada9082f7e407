/** What `countersign manifest` does. */
import { z } from 'zod';
import { HttpsAddress } from '../../httpsAddress.ts';
import { readManifest, toHttp } from '../../slack/manifest.ts';
import { readOptions } from './options.ts';

const Options = z.object({ http: HttpsAddress.optional() });

export async function manifest(given: unknown): Promise<void> {
  const { http } = readOptions(Options, given);
  const ours = await readManifest();
  process.stdout.write(http === undefined ? ours : toHttp(ours, http));
}
