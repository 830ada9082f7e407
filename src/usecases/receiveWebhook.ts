/** A provider reports something by itself: verified, recorded once, and what follows from it done, in one transaction. */
import type { Notice, RawWebhook, WebhookReply } from '../domain/provider.ts';
import type { Request } from '../domain/request.ts';
import { endByClock } from './endByClock.ts';
import type { Records, World } from './ports.ts';
import { recordFinding } from './recordFinding.ts';

/** What the caller is told; `why` is for the log when the web-hook was turned away. */
interface Received {
  readonly reply: WebhookReply;
  readonly why?: string;
}

export type ReceiveWebhook = (account: string, raw: RawWebhook) => Promise<Received>;

export function createReceiveWebhook({
  store,
  providers,
  now,
}: Pick<World, 'store' | 'providers' | 'now'>): ReceiveWebhook {
  return async (account, raw) => {
    const provider = providers.get(account);
    if (provider === undefined) return turnAway(404, 'there is no such account');
    const read = provider.readWebhook(raw);
    if (!read.authentic) return turnAway(403, read.why);

    const { notice } = read;
    await store.transaction(async (records) => {
      const isSurprise = await isUnapproved(records, account, notice);
      const isNews = await records.insertNotice(account, notice, now(), isSurprise);
      if (!isNews) return;
      await follow(records, account, notice, now());
      if (isSurprise) await records.enqueue({ name: 'alarm', account, notice: notice.id });
    });
    // Acknowledged only after the record is committed: until then the provider goes on sending.
    return { reply: read.reply };
  };
}

/** A cancellation of a payment about which nothing was ever sent from here. */
async function isUnapproved(
  records: Records,
  account: string,
  { meaning, payment }: Notice,
): Promise<boolean> {
  return meaning === 'cancelled' && payment !== null && !(await records.hasAttempt(account, payment));
}

async function follow(records: Records, account: string, notice: Notice, at: Date): Promise<void> {
  const { reference, says } = notice;
  const open = notice.meaning === 'nothing' ? undefined : await requestOf(records, account, notice);
  if (open === undefined) return;
  const request = await records.lockRequest(open.id);
  const meaning = isAskedFor(request, notice) ? notice.meaning : 'look_up';
  const attempt = await records.selectLastAttempt(request.id);
  const isUnderWay =
    request.state === 'sending' || request.state === 'unknown' || request.state === 'accepted';

  if (attempt !== undefined && isUnderWay) {
    // A provider that has a name for our cancellation has taken it in.
    const type = meaning === 'cancelled' ? 'cancelled' : 'accepted';
    if (meaning === 'cancelled' || reference !== null) {
      const outcome = { type, reference, says } as const;
      await recordFinding(records, request, attempt, { source: 'web_hook', outcome, learntAt: at });
    }
    if (meaning === 'cancelled' || request.state === 'sending') return;
    await records.scheduleLookUp(request.id, at);
    return records.enqueue({ name: 'look-up', request: request.id });
  }
  if (meaning === 'cancelled' && (request.state === 'pending' || request.state === 'approved')) {
    await endByClock(records, request, 'lapsed', says, at);
  }
}

function isAskedFor({ details: asked }: Request, { details = {} }: Notice): boolean {
  return Object.entries(details).every(([name, value]) => asked[name] === value);
}

/** The open request that a notice is about: by our own id of the cancellation, else by the payment. */
async function requestOf(
  records: Records,
  account: string,
  { key, payment }: Notice,
): Promise<Request | undefined> {
  const byKey = key === undefined ? undefined : await records.selectOpenRequestByKey(account, key);
  if (byKey !== undefined || payment === null) return byKey;
  return records.selectOpenRequest(account, payment);
}

function turnAway(status: number, why: string): Received {
  return { reply: { status, contentType: 'text/plain', body: `${why}\n` }, why };
}

export type RaiseAlarm = (account: string, notice: string) => Promise<void>;

/** Tells the finance channel of a cancellation at the provider that nobody approved here. */
export function createRaiseAlarm({ store, board }: Pick<World, 'store' | 'board'>): RaiseAlarm {
  return (account, id) =>
    store.alone(`alarm ${account} ${id}`, async () => {
      const notice = await store.selectUntoldNotice(account, id);
      if (notice === undefined) return;
      const { ts } = await board.postAlarm(account, notice);
      await store.saveAlarmPosted(account, id, ts);
    });
}
