/** What `countersign manifest` does. */
import { z } from 'zod';
import { readManifest, toHttp } from '../../slack/manifest.ts';

const Options = z.object({ http: z.string().optional() });

export async function manifest(given: unknown): Promise<void> {
  const { http } = Options.parse(given);
  const ours = await readManifest();
  process.stdout.write(http === undefined ? ours : toHttp(ours, http));
}
