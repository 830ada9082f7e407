/** Uploads in their three steps, so that what became of one that was interrupted can be found out. */
import { type WebClient, WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import type { Place } from '../usecases/posting.ts';
import type { UploadSeen } from '../usecases/summaryFiles.ts';
import type { InTurn } from './turns.ts';

const UPLOAD_WITHIN_MS = 30_000;

const Begun = z.object({ upload_url: z.url(), file_id: z.string() });

const Shares = z.record(z.string(), z.unknown()).optional();
const File = z.object({
  /** Empty until Slack has looked into the file. */
  mimetype: z.string().default(''),
  url_private: z.string().nullish(),
  shares: z.object({ public: Shares, private: Shares }).default({ public: {}, private: {} }),
});

/** Slack's answers when the app may not ask: an installation from before it had to. */
const UNTOLD = new Set(['missing_scope', 'no_permission', 'unknown_method']);
const GONE = new Set(['file_not_found', 'file_deleted']);

export interface Uploads {
  /** Nobody sees it before it is shared. Gives Slack's id. */
  upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Puts it into a thread. Slack does that a little later, or not at all. */
  share(id: string, at: Place, told: { readonly title: string; readonly comment: string }): Promise<void>;
  look(id: string, channel: string): Promise<UploadSeen>;
  /** Also from where it was shared. Does nothing when it is gone. */
  remove(id: string): Promise<void>;
}

export function createUploads(client: WebClient, inTurn: InTurn): Uploads {
  return {
    async upload(filename, bytes) {
      // No alternative text: with one, Slack never shares the file. It stands beside the picture in the message.
      const given = await inTurn('files.getUploadURLExternal', '', () =>
        client.files.getUploadURLExternal({ filename, length: bytes.byteLength }),
      );
      const { upload_url: url, file_id: id } = Begun.parse(given);
      const { ok, status } = await fetch(url, {
        method: 'POST',
        body: bytes,
        redirect: 'error',
        signal: AbortSignal.timeout(UPLOAD_WITHIN_MS),
      });
      if (!ok) throw new Error(`Slack did not take ${filename}: HTTP ${status}`);
      return id;
    },

    async share(id, { channel, ts }, { title, comment }) {
      await inTurn('files.completeUploadExternal', channel, () =>
        client.files.completeUploadExternal({
          files: [{ id, title }],
          channel_id: channel,
          thread_ts: ts,
          initial_comment: comment,
        }),
      );
    },

    async look(id, channel) {
      try {
        const { file } = await inTurn('files.info', '', () => client.files.info({ file: id }));
        const { mimetype, shares, url_private: address = null } = File.parse(file);
        const isShared = [shares.public, shares.private].some((where) => where?.[channel] !== undefined);
        return { type: 'seen', isShared, isReady: mimetype !== '', address };
      } catch (error) {
        if (isPlatformError(error, UNTOLD)) return { type: 'not_told' };
        if (isPlatformError(error, GONE)) return { type: 'gone' };
        throw error;
      }
    },

    async remove(id) {
      try {
        await inTurn('files.delete', '', () => client.files.delete({ file: id }));
      } catch (error) {
        if (!isPlatformError(error, GONE)) throw error;
      }
    },
  };
}

function isPlatformError(error: unknown, codes: ReadonlySet<string>): boolean {
  return error instanceof WebAPIPlatformError && codes.has(error.data.error);
}
