/** Files: those that an app uploads in three steps (an address, the bytes, a place in a channel), and those that people give. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonText, type Method, method } from './method.ts';
import { read, Refusal } from './refusal.ts';
import { APP, type Workspace } from './workspace.ts';

export interface Uploads {
  readonly methods: Readonly<Record<string, Method>>;
  /** A file that a person chooses, by the address that Slack tells of it. */
  give(text: string): string;
  /** What lies at such an address, for whoever has the token of an app that may read files. */
  read(path: string, token: string | undefined): string | undefined;
  /** False where there is no such address, or not so many bytes were announced. */
  take(path: string, bytes: Buffer): boolean;
}

const Files = z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1);

export function createUploads(
  { conversations, files }: Workspace,
  host: () => string,
  reader: string | undefined,
): Uploads {
  const given = new Map<string, string>();
  return {
    give(text) {
      const path = `/files-pri/${randomBytes(5).toString('hex')}`;
      given.set(path, text);
      return `http://${host()}${path}`;
    },
    read: (path, token) => (token !== undefined && token === reader ? given.get(path) : undefined),
    take: (path, bytes) => files.take(path.replace(/^\/upload\//, ''), bytes),
    methods: {
      'files.getUploadURLExternal': method(
        'files:write',
        z.strictObject({
          filename: z.string().min(1),
          length: z.coerce.number().int().min(1),
          alt_txt: z.string().max(1000).optional(),
          snippet_type: z.string().optional(),
        }),
        ({ filename, length, alt_txt: altText }) => {
          const id = files.begin(filename, length, altText !== undefined);
          return { upload_url: `http://${host()}/upload/${id}`, file_id: id };
        },
      ),
      'files.completeUploadExternal': method(
        'files:write',
        z.strictObject({
          files: jsonText,
          channel_id: z.string().optional(),
          thread_ts: z.string().optional(),
          initial_comment: z.string().optional(),
        }),
        ({ files: listed, channel_id: channel, thread_ts: thread, initial_comment: comment = '' }) => {
          if (channel !== undefined) {
            const where = conversations.selectChannel(channel);
            if (where.directWith === undefined && !where.members.has(APP.user))
              throw new Refusal('not_in_channel');
          }
          const named = read(Files, listed, 'invalid_arguments', '/files');
          const share = channel === undefined ? undefined : { channel, thread, comment };
          for (const { id, title } of named) files.complete(id, title, share);
          return { files: named };
        },
      ),
      'files.info': method('files:read', z.strictObject({ file: z.string() }), ({ file }) => ({
        file: files.look(file),
      })),
      'files.delete': method('files:write', z.strictObject({ file: z.string() }), ({ file }) => {
        files.remove(file);
        return {};
      }),
    },
  };
}
