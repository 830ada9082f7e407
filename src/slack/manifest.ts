/** `manifest.yml`: the app as Slack is told of it, for Socket Mode. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const FILE = join(import.meta.dirname, '../../manifest.yml');

const Scopes = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** What the bot's token needs, and nothing else. */
export async function readScopes(): Promise<readonly string[]> {
  return Scopes.parse(parse(await readFile(FILE, 'utf8'))).oauth_config.scopes.bot;
}
