/** The app's files: announced, uploaded, completed, and only a little later processed and shared. */
import { randomBytes } from 'node:crypto';
import type { Conversations, Message } from './conversations.ts';
import { Refusal } from './refusal.ts';

/** What Slack does later than it says: after so many more looks at a file, or tries to show it. */
export interface Lag {
  /** Until then it has no type, and is no picture that a block can show. */
  readonly processing: number;
  /** Until then it stands nowhere, though its upload was completed; never, if it is infinite. */
  readonly sharing: number;
}

export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly channel: string;
  readonly thread: string | undefined;
  readonly text: string;
  readonly bytes: Buffer;
}

/** Where a file is to stand, and with which words. */
interface Share {
  readonly channel: string;
  readonly thread: string | undefined;
  readonly comment: string;
}

interface AppFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  readonly hasAltText: boolean;
  bytes: Buffer | undefined;
  title: string | undefined;
  share: Share | undefined;
  /** Where it stands. */
  ts: string | undefined;
  lag: Lag;
}

export interface Files {
  /** What stands in a channel or a thread, oldest first. */
  readonly shared: readonly UploadedFile[];
  /** Of files that are completed from now on. */
  lag(lag: Partial<Lag>): void;
  begin(name: string, length: number, hasAltText: boolean): string;
  /** False where there is no such file, or not so many bytes were announced. */
  take(id: string, bytes: Buffer): boolean;
  complete(id: string, title: string | undefined, share: Share | undefined): void;
  /** As `files.info` tells it. */
  look(id: string): object;
  /** Refuses what is no picture, or is none yet. */
  show(id: string): void;
  remove(id: string): void;
}

const PICTURE = /\.(?:png|jpe?g|gif)$/i;
const NO_LAG: Lag = { processing: 0, sharing: 0 };

/** @param author whose files they are */
export function createFiles(
  conversations: Conversations,
  author: Pick<Message, 'user' | 'bot_id' | 'app_id'>,
): Files {
  const files = new Map<string, AppFile>();
  const shared: UploadedFile[] = [];
  let next = NO_LAG;

  function find(id: string): AppFile {
    const file = files.get(id);
    if (file?.bytes === undefined) throw new Refusal('file_not_found');
    return file;
  }

  function settle(file: AppFile): void {
    const { id, name, bytes, share, title = name } = file;
    if (file.lag.sharing > 0 || file.ts !== undefined || share === undefined || bytes === undefined) return;
    const { channel, thread, comment } = share;
    const place = thread === undefined ? {} : { thread_ts: thread };
    file.ts = conversations.post({ channel, ...author, text: comment, blocks: [], ...place }).ts;
    shared.push({ id, name, title, channel, thread, text: bytes.toString(), bytes });
  }

  function pass(file: AppFile): void {
    const { processing, sharing } = file.lag;
    file.lag = { processing: processing - 1, sharing: sharing - 1 };
    settle(file);
  }

  return {
    shared,
    lag: (lag) => void (next = { ...NO_LAG, ...lag }),
    begin(name, length, hasAltText) {
      const id = `F${randomBytes(5).toString('hex').toUpperCase()}`;
      const none = { bytes: undefined, title: undefined, share: undefined, ts: undefined };
      files.set(id, { id, name, length, hasAltText, lag: NO_LAG, ...none });
      return id;
    },
    take(id, bytes) {
      const file = files.get(id);
      if (file === undefined || bytes.length !== file.length) return false;
      file.bytes = bytes;
      return true;
    },
    complete(id, title, share) {
      const file = find(id);
      // What Slack does when it is done a second time is written nowhere; no app should need to know.
      if (file.title !== undefined) throw new Refusal('invalid_arguments', ['the upload was completed']);
      file.title = title ?? file.name;
      // python-slack-sdk#1818: with an alternative text it is never shared, and nothing says so.
      file.share = file.hasAltText ? undefined : share;
      file.lag = next;
      settle(file);
    },
    look(id) {
      const file = find(id);
      pass(file);
      const isReady = file.title !== undefined && file.lag.processing <= 0;
      const { share, ts } = file;
      const shares =
        share === undefined || ts === undefined
          ? {}
          : {
              public: {
                [share.channel]: [{ ts, ...(share.thread === undefined ? {} : { thread_ts: share.thread }) }],
              },
            };
      return {
        id,
        name: file.name,
        title: file.title ?? file.name,
        mimetype: isReady ? typeOf(file.name) : '',
        shares,
      };
    },
    show(id) {
      const file = files.get(id);
      if (file !== undefined) pass(file);
      const isPicture = file?.title !== undefined && PICTURE.test(file.name) && file.lag.processing <= 0;
      if (!isPicture) throw new Refusal('invalid_blocks', ['invalid slack file']);
    },
    remove(id) {
      const { share, ts } = find(id);
      files.delete(id);
      if (share === undefined || ts === undefined) return;
      shared.splice(
        shared.findIndex((file) => file.id === id),
        1,
      );
      conversations.remove(conversations.select(share.channel, ts));
    },
  };
}

function typeOf(name: string): string {
  return PICTURE.test(name) ? 'image/png' : 'text/csv';
}
