/** Every call to Slack by whatever client, told by its method and how it ended. */
import type { FetchFunction } from '@slack/web-api';
import { z } from 'zod';

export interface SlackCall {
  /** `chat.postMessage`; `other` for what is no method of the Web API, such as a response URL. */
  readonly method: string;
  readonly result: 'ok' | 'refused' | 'limited' | 'failed' | 'no_answer';
}

const Answer = z.object({ ok: z.boolean() });
const METHOD = /\/([a-zA-Z]+(?:\.[a-zA-Z]+)+)$/;
const LIMITED = 429;

/** @param fetch may have what it answers read twice. */
export function watchFetch(fetch: FetchFunction, tell: (call: SlackCall) => void): FetchFunction {
  return async (url, init) => {
    const method = METHOD.exec(new URL(url).pathname)?.[1] ?? 'other';
    try {
      const response = await fetch(url, init);
      tell({ method, result: await resultOf(response) });
      return response;
    } catch (error) {
      tell({ method, result: 'no_answer' });
      throw error;
    }
  };
}

async function resultOf(response: Awaited<ReturnType<FetchFunction>>): Promise<SlackCall['result']> {
  if (response.status === LIMITED) return 'limited';
  if (!response.ok) return 'failed';
  const answer = await response.json().catch(() => undefined);
  const read = Answer.safeParse(answer);
  return read.success && !read.data.ok ? 'refused' : 'ok';
}
