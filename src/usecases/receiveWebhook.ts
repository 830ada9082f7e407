/** A provider reports something by itself: verified, recorded once, and what follows from it done, in one transaction. */
import type { Notice, RawWebhook, WebhookReply } from '../domain/provider.ts';
import { isUnsettled, type Request } from '../domain/request.ts';
import { createDeliver, rememberDelivered } from './deliver.ts';
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
    // A shop's ordinary payments come this way too, and are no business of ours.
    if (notice.meaning === 'nothing') return { reply: read.reply };
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

/** A cancellation of a payment about which nothing of the kind was sent from here. */
async function isUnapproved(records: Records, account: string, notice: Notice): Promise<boolean> {
  const { meaning, payment, alias, details = {} } = notice;
  if (meaning !== 'cancelled') return false;
  for (const name of [payment, alias]) {
    if (typeof name === 'string' && (await records.hasAttempt(account, name, details))) return false;
  }
  return true;
}

async function follow(records: Records, account: string, notice: Notice, at: Date): Promise<void> {
  const { reference, says } = notice;
  const open = await requestOf(records, account, notice);
  if (open === undefined) return;
  const request = await records.lockRequest(open.id);
  const meaning = isAskedFor(request, notice) ? notice.meaning : 'look_up';
  const attempt = await records.selectLastAttempt(request.id);
  const isUnderWay = request.state === 'sending' || isUnsettled(request.state);

  if (attempt !== undefined && isUnderWay) {
    // A provider that has a name for our cancellation has taken it in.
    const type = meaning === 'cancelled' ? 'cancelled' : 'accepted';
    if (meaning === 'cancelled' || reference !== null) {
      const outcome = { type, reference, says } as const;
      await recordFinding(records, request, attempt, { source: 'web_hook', outcome, learntAt: at });
    }
    if (meaning === 'cancelled' || request.state === 'sending') return;
    await records.bringLookUpForward(request.id, at);
    return records.enqueue({ name: 'look-up', request: request.id });
  }
  if (meaning === 'cancelled' && (request.state === 'pending' || request.state === 'approved')) {
    await endByClock(records, request, 'lapsed', says, at);
  }
}

/** Whether the notice settles this very request, and is not only a reason to look. */
function isAskedFor({ details: asked, payment }: Request, { details = {}, alias }: Notice): boolean {
  return payment !== alias && Object.entries(details).every(([name, value]) => asked[name] === value);
}

/** The open request that a notice is about: by our own id of the cancellation, or a name of the payment. */
async function requestOf(
  records: Records,
  account: string,
  { key, payment, alias }: Notice,
): Promise<Request | undefined> {
  return (
    (key === undefined ? undefined : await records.selectOpenRequestByKey(account, key)) ??
    (payment === null ? undefined : await records.selectOpenRequest(account, payment)) ??
    (alias === undefined ? undefined : await records.selectOpenRequest(account, alias))
  );
}

function turnAway(status: number, why: string): Received {
  return { reply: { status, contentType: 'text/plain', body: `${why}\n` }, why };
}

export type RaiseAlarm = (account: string, notice: string) => Promise<void>;

/** Tells the finance channel of a cancellation at the provider that nobody approved here. */
export function createRaiseAlarm({ store, board }: Pick<World, 'store' | 'board'>): RaiseAlarm {
  const deliver = createDeliver({ store, board });
  return (account, id) => {
    const name = `alarm ${account} ${id}`;
    return store.alone(name, async () => {
      const notice = await store.selectUntoldNotice(account, id);
      if (notice === undefined) return;
      await deliver({
        name,
        where: 'finance',
        post: (delivery) => board.postAlarm(account, notice, delivery),
        remember: ({ ts }) =>
          rememberDelivered(store, name, (records) => records.saveAlarmPosted(account, id, ts)),
      });
    });
  };
}
