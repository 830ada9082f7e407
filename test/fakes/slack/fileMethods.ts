/** Files: those that an app uploads in three steps (an address, the bytes, a place in a channel), and those that people give. */
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonText, type Method, method } from './method.ts';
import { read, Refusal } from './refusal.ts';
import { APP, type Workspace } from './workspace.ts';

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly channel: string;
  readonly thread: string | undefined;
  readonly text: string;
}

export interface Uploads {
  readonly methods: Readonly<Record<string, Method>>;
  /** What was shared, oldest first. */
  readonly shared: readonly UploadedFile[];
  /** A file that a person chooses, by the address that Slack tells of it. */
  give(text: string): string;
  /** What lies at such an address, for whoever has the token of an app that may read files. */
  read(path: string, token: string | undefined): string | undefined;
  /** False where there is no such address, or not so many bytes were announced. */
  take(path: string, bytes: Buffer): boolean;
}

const Files = z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1);

export function createUploads(
  { conversations }: Workspace,
  host: () => string,
  reader: string | undefined,
): Uploads {
  const given = new Map<string, string>();
  const begun = new Map<string, { name: string; length: number; text?: string }>();
  const shared: UploadedFile[] = [];
  return {
    shared,
    give(text) {
      const path = `/files-pri/${randomBytes(5).toString('hex')}`;
      given.set(path, text);
      return `http://${host()}${path}`;
    },
    read: (path, token) => (token !== undefined && token === reader ? given.get(path) : undefined),
    take(path, bytes) {
      const file = begun.get(path.replace(/^\/upload\//, ''));
      if (file === undefined || bytes.length !== file.length) return false;
      file.text = bytes.toString();
      return true;
    },
    methods: {
      'files.getUploadURLExternal': method(
        'files:write',
        z.strictObject({
          filename: z.string().min(1),
          length: z.coerce.number().int().min(1),
          alt_text: z.string().optional(),
          snippet_type: z.string().optional(),
        }),
        ({ filename: name, length }) => {
          const id = `F${randomBytes(5).toString('hex').toUpperCase()}`;
          begun.set(id, { name, length });
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
        ({ files, channel_id: channel = '', thread_ts: thread, initial_comment: text = '' }) => {
          const where = conversations.selectChannel(channel);
          if (where.directWith === undefined && !where.members.has(APP.user))
            throw new Refusal('not_in_channel');
          const named = read(Files, files, 'invalid_arguments', '/files');
          for (const { id, title } of named) {
            const file = begun.get(id);
            if (file?.text === undefined) throw new Refusal('file_not_found');
            begun.delete(id);
            shared.push({ id, name: file.name, title: title ?? file.name, channel, thread, text: file.text });
          }
          conversations.post({
            channel,
            user: APP.user,
            bot_id: APP.bot,
            app_id: APP.id,
            text,
            blocks: [],
            ...(thread === undefined ? {} : { thread_ts: thread }),
          });
          return { files: named };
        },
      ),
    },
  };
}
