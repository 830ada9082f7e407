/** Whether what comes to the public address from outside reaches Countersign. */
import { createHmac, randomUUID } from 'node:crypto';
import { type Account, createProvider } from '../../providers/index.ts';
import { callNobody } from '../cli/run/callNobody.ts';
import { type Http, NoReply } from '../http.ts';
import { createHttp } from '../httpClient.ts';
import { failure, type Finding, ok } from './finding.ts';

const http = createHttp({ timeoutMs: 10_000, maxBodyBytes: 64 * 1024 });

/**
 * Sends what is nobody's web-hook: the answer has to be that of the account's own adapter to an unsigned call, which no
 * proxy makes up.
 * @param publicUrl without a slash at its end.
 */
export async function checkWebhook(publicUrl: string, name: string, account: Account): Promise<Finding> {
  const path = `/webhooks/${name}`;
  const read = createProvider(account, callNobody).readWebhook({
    method: 'GET',
    target: path,
    headers: {},
    body: '',
  });
  const why = read.authentic ? undefined : read.why;
  const found = await reach({ method: 'GET', url: publicUrl + path });
  if (!found.reached) return failure(`${publicUrl}${path} ${found.why}`);
  if (found.status === 403 && found.body.trimEnd() === why)
    return ok(`${publicUrl}${path} leads to Countersign.`);
  return failure(
    `${publicUrl}${path} answers HTTP ${found.status}, but not as Countersign: have the proxy lead it, unchanged, to WEBHOOKS_PORT.`,
  );
}

/** Calls as Slack does to see whether an address is the app's: what it sends has to come back, and only to its signature. */
export async function checkSlackAddress(
  publicUrl: string,
  signingSecret: string,
  now: () => Date,
): Promise<Finding> {
  const url = `${publicUrl}/slack/events`;
  const challenge = randomUUID();
  const body = JSON.stringify({ type: 'url_verification', challenge, token: '' });
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${signature}`,
  };
  const found = await reach({ method: 'POST', url, headers, body });
  if (!found.reached) return failure(`${url} ${found.why}`);
  if (found.status === 200 && found.body.includes(challenge)) return ok(`${url} leads to Countersign.`);
  return failure(
    found.status === 401
      ? `${url} does not take our signature: the running Countersign has another SLACK_SIGNING_SECRET, or its clock is wrong.`
      : `${url} answers HTTP ${found.status}, but not as Countersign: have the proxy lead it, unchanged, to PORT.`,
  );
}

type Reached =
  | { readonly reached: true; readonly status: number; readonly body: string }
  | { readonly reached: false; readonly why: string };

async function reach(call: Parameters<Http>[0]): Promise<Reached> {
  try {
    return { reached: true, ...(await http(call)) };
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return {
      reached: false,
      why: `cannot be reached from here (${error.message}): start Countersign and the proxy, and look at DNS and the certificate.`,
    };
  }
}
