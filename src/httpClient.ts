/**
 * One outgoing call: one deadline, a body limit, no redirects, no retries, TLS verified.
 * Retrying is never decided here, because only the caller knows whether a second send could do harm.
 */
import { buildConnector, Client, request } from 'undici';
import { type Http, NoReply } from './http.ts';

/** @param limits `timeoutMs` bounds the whole call, from the look-up of the name to the last byte of the body. */
export function createHttp(limits: { readonly timeoutMs: number; readonly maxBodyBytes: number }): Http {
  return async ({ method, url, headers = {}, body }) => {
    let connected = false;
    // The socket needs the deadline too: undici does not heed an abort of a call that is still connecting.
    const ending = new AbortController();
    const deadline = ending.signal;
    const timer = setTimeout(() => ending.abort(), limits.timeoutMs);
    let client: Client | undefined;
    try {
      client = createClient(url, deadline, () => (connected = true));
      const reply = await request(url, {
        method,
        headers: { 'user-agent': 'countersign', ...headers },
        body: body ?? null,
        dispatcher: client,
        signal: deadline,
      });
      return { status: reply.statusCode, body: await readBody(reply.body, limits.maxBodyBytes) };
    } catch (error) {
      if (error instanceof NoReply) throw error;
      const reason = deadline.aborted ? 'no answer in time' : reasonOf(error);
      throw new NoReply(reason, connected ? 'perhaps' : 'no', error);
    } finally {
      clearTimeout(timer);
      await client?.destroy();
    }
  };
}

/**
 * For this call alone: no kept connection can have died unseen, and a failure before it is connected is a proof that nothing
 * was sent.
 * @throws TypeError for what is no address
 */
function createClient(url: string, deadline: AbortSignal, onConnected: () => void): Client {
  // Verification is said aloud, because an environment variable could turn it off.
  const connect = buildConnector({ rejectUnauthorized: true, signal: deadline });
  return new Client(new URL(url).origin, {
    pipelining: 0,
    connect(options, callback) {
      connect(options, (error, socket) => {
        if (error !== null) return callback(error, null);
        onConnected();
        return callback(null, socket);
      });
    },
  });
}

async function readBody(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new NoReply(`the answer was longer than ${maxBytes} bytes`, 'perhaps');
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

// Never passes a message on: it could hold the address, and a signed query must not reach a log or a card.
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'the connection was refused';
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection broke';
  return typeof code === 'string' ? `the call failed (${code})` : 'the call failed';
}
