/** Files that people are given. */
import type { WebClient } from '@slack/web-api';
import type { Place } from '../usecases/posting.ts';
import type { TextFile } from './bulkFiles.ts';

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
