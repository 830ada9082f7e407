/** The app as Slack is told of it: `manifest.yml`, which is for Socket Mode, and what it becomes for HTTP mode. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { z } from 'zod';

const FILE = join(import.meta.dirname, '../../manifest.yml');

const Scopes = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

export async function readManifest(): Promise<string> {
  return readFile(FILE, 'utf8');
}

/** What the bot's token needs, and nothing else. */
export async function readScopes(): Promise<readonly string[]> {
  return Scopes.parse(parse(await readManifest())).oauth_config.scopes.bot;
}

/**
 * For HTTP mode Slack has to know where it calls; in Socket Mode it is called.
 * @param publicUrl without a slash at its end.
 */
export function toHttp(manifest: string, publicUrl: string): string {
  const document = parseDocument(manifest);
  const events = `${publicUrl}/slack/events`;
  document.commentBefore = ` The Slack app, in HTTP mode, for ${publicUrl}`;
  document.setIn(['features', 'slash_commands', 0, 'url'], events);
  document.setIn(['settings', 'event_subscriptions', 'request_url'], events);
  document.setIn(['settings', 'interactivity', 'request_url'], events);
  document.setIn(['settings', 'socket_mode_enabled'], false);
  return document.toString({ lineWidth: 0 });
}
