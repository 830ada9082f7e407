/** Files that people give, and files that they are given. */
import type { WebClient } from '@slack/web-api';
import type { Place } from '../usecases/posting.ts';
import type { TextFile } from './bulkFiles.ts';

/** A thousand payments with everything that a provider may want to know of each. */
export const FILE_MAX_BYTES = 256 * 1024;
const READ_WITHIN_MS = 10_000;

/** Where Slack keeps files. The token goes nowhere else. */
const SLACK_HOSTS = /(?:^|\.)(?:slack\.com|slack-files\.com|slack-gov\.com)$/;

type FileRead =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly why: 'unreadable' | 'too_large' };

export type ReadFile = (url: string) => Promise<FileRead>;

const UNREADABLE: FileRead = { ok: false, why: 'unreadable' };

/** What a file holds, if it is text. @param apiUrl only for a local Slack, whose files lie beside its API. */
export function createReadFile(token: string, apiUrl: string | undefined): ReadFile {
  const local = apiUrl === undefined ? undefined : new URL(apiUrl).origin;
  const isSlacks = ({ protocol, hostname, origin }: URL) =>
    origin === local || (protocol === 'https:' && SLACK_HOSTS.test(hostname));

  return async (address) => {
    const url = URL.parse(address);
    if (url === null || !isSlacks(url)) return UNREADABLE;
    try {
      const response = await fetch(url, {
        headers: { authorization: `Bearer ${token}` },
        redirect: 'error',
        signal: AbortSignal.timeout(READ_WITHIN_MS),
      });
      // Whoever may not read a file is shown a page to sign in.
      const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
      if (!response.ok || response.body === null || isPage) return UNREADABLE;
      return await readText(response.body);
    } catch {
      return UNREADABLE;
    }
  };
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<FileRead> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > FILE_MAX_BYTES) return { ok: false, why: 'too_large' };
    chunks.push(chunk);
  }
  return { ok: true, text: new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)) };
}

/** Puts a file into a channel, or into a thread of it. Slack shares it a little later. */
export async function shareFile(
  client: WebClient,
  { channel, ts }: Pick<Place, 'channel'> & Partial<Place>,
  { name, text }: TextFile,
  { title, comment }: { readonly title: string; readonly comment?: string },
): Promise<void> {
  const file = {
    file: Buffer.from(text),
    filename: name,
    title,
    ...(comment === undefined ? {} : { initial_comment: comment }),
  };
  await client.files.uploadV2(
    ts === undefined ? { ...file, channel_id: channel } : { ...file, channel_id: channel, thread_ts: ts },
  );
}
