/** Slack's answers where everybody is a live member, and every call is taken at once. */
import { z } from 'zod';

export const TEAM = 'T0HOME';

/** A card that was posted, and what its button Approve carries. */
export const Card = z.object({
  id: z.string(),
  digest: z.string(),
  channel: z.string(),
  ts: z.string(),
  thread: z.string(),
  /** The payment, or the list's first one. */
  payment: z.string(),
});
export type Card = z.infer<typeof Card>;

const Blocks = z.array(
  z.looseObject({
    elements: z
      .array(z.looseObject({ action_id: z.string().optional(), value: z.string().optional() }))
      .optional(),
  }),
);
const Value = z.object({ id: z.string(), digest: z.string() });

interface Answered {
  readonly answer: object;
  readonly card?: Card | undefined;
}

let count = 0;

const fileIn = (channel: string) => ({
  mimetype: 'text/csv',
  permalink: 'https://example.slack.com/files/F0',
  shares: { public: { [channel]: [] } },
});

/** @param here the address at which this Slack answers. */
export function answerAsSlack(method: string, form: URLSearchParams, here: string): Answered {
  count += 1;
  const channel = form.get('channel') ?? '';
  switch (method) {
    case 'auth.test':
      return {
        answer: { ok: true, team_id: TEAM, user_id: 'U0APP', bot_id: 'B0APP', url: 'http://127.0.0.1/' },
      };
    case 'users.info':
      return { answer: { ok: true, user: { id: form.get('user'), team_id: TEAM } } };
    case 'chat.postMessage': {
      const ts = `1700000000.${String(count).padStart(6, '0')}`;
      return { answer: { ok: true, channel, ts }, card: cardOf(form, channel, ts) };
    }
    case 'chat.update':
      return { answer: { ok: true, channel, ts: form.get('ts') } };
    case 'conversations.history':
    case 'conversations.replies':
      return { answer: { ok: true, messages: [] } };
    case 'chat.getPermalink':
      return { answer: { ok: true, permalink: 'https://example.slack.com/archives/C0/p1' } };
    case 'files.getUploadURLExternal':
      return { answer: { ok: true, upload_url: `${here}/upload/F0${count}`, file_id: `F0${count}` } };
    case 'files.completeUploadExternal':
      return { answer: { ok: true, files: [] } };
    case 'files.info':
      return { answer: { ok: true, file: fileIn('C0FINANCE') } };
    default:
      return { answer: { ok: true, view: { id: `V0${count}`, hash: `h${count}` } } };
  }
}

function cardOf(form: URLSearchParams, channel: string, ts: string): Card | undefined {
  const text = form.get('blocks') ?? '[]';
  const thread = form.get('thread_ts');
  if (thread === null || !/"approve_(?:request|bulk)"/.test(text)) return undefined;
  const buttons = Blocks.parse(JSON.parse(text)).flatMap(({ elements = [] }) => elements);
  const { value = '' } = buttons.find(({ action_id = '' }) => action_id.startsWith('approve_')) ?? {};
  const payment = /T4U_\w+/.exec(text)?.[0] ?? '';
  return { ...Value.parse(JSON.parse(value)), channel, ts, thread, payment };
}
