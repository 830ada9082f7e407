/** What the five adapters share: silence is never success, and a look-up that fails says so. */
import { hash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Evidence } from '../src/domain/evidence.ts';
import type { Access, Outcome, ReadWebhook } from '../src/domain/provider.ts';
import { type Http, type HttpCall, type HttpReply, NoReply } from '../src/http.ts';

/** Sends the one call that can move money and reads its answer. Without one, nobody knows what happened. */
export async function sendOnce(
  http: Http,
  call: HttpCall,
  read: (reply: HttpReply) => Outcome,
): Promise<Outcome> {
  return readReply(http, call, read, ({ sent, message }) =>
    sent === 'no'
      ? { type: 'not_sent', says: `Nothing was sent: ${message}.` }
      : unknown(`No usable answer: ${message}.`),
  );
}

/** Makes a call that has no effect at the provider and reads its answer. */
export async function ask(
  http: Http,
  call: HttpCall,
  read: (reply: HttpReply) => Evidence,
): Promise<Evidence> {
  return readReply(http, call, read, ({ message }) =>
    cannotTell(`The provider could not be asked: ${message}.`),
  );
}

/** Makes a call that has no effect at the provider, for what its answer shows of the account's credentials. */
export async function askForAccess(
  http: Http,
  call: HttpCall,
  read: (reply: HttpReply) => Access,
): Promise<Access> {
  return readReply(http, call, read, ({ message }) =>
    noAccess(`It could not be asked: ${message}. Check the url of this account, and the way there.`),
  );
}

async function readReply<T>(
  http: Http,
  call: HttpCall,
  read: (reply: HttpReply) => T,
  without: (noReply: NoReply) => T,
): Promise<T> {
  try {
    return read(await http(call));
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return without(error);
  }
}

/** @param code the provider's own, or `http_401`. @param says one sentence with the remedy. */
export function refused(code: string, says: string): Outcome {
  return { type: 'refused', code, says };
}

export function unknown(says: string): Outcome {
  return { type: 'unknown', says };
}

export const ACCESS: Access = { granted: 'yes' };

export function noAccess(says: string): Access {
  return { granted: 'no', says };
}

export function untoldAccess(says: string): Access {
  return { granted: 'cannot_tell', says };
}

export function cannotTell(says: string): Evidence {
  return { standing: 'cannot_tell', says, amount: null, madeAt: null, facts: {} };
}

/** What came to a web-hook address and is not from the provider, or can't be told to be. */
export function notAuthentic(why: string): ReadWebhook {
  return { authentic: false, why };
}

/** Compares in constant time, so that a forger can't feel the way to the right signature. */
export function isSameSecret(given: string, wanted: string): boolean {
  // Hashed first, because only equal lengths can be compared in constant time.
  return timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', wanted, 'buffer'));
}

/** A secret that travels in a header, where nothing but printable ASCII may stand. */
export const HeaderSecret = z.string().regex(/^[!-~]+$/, 'must be printable ASCII without spaces');

/** At most 200 characters of a provider's own words, with every secret struck out that it might repeat. */
export function quote(said: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), said);
  return Array.from(clean.toWellFormed()).slice(0, 200).join('');
}

/**
 * The parsed body; undefined for anything that is not JSON in UTF-8, and for an object that names a key twice: of such
 * two JSON.parse keeps the last, so that an answer which says both no and yes would be read as yes.
 */
export function parseJson(body: string): unknown {
  let kept = 0;
  function count(this: unknown, _key: string, value: unknown): unknown {
    if (!Array.isArray(this)) kept += 1;
    // PostgreSQL keeps no NUL, and half a character has no canonical form: either would cost the record of an answer.
    return typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value;
  }
  try {
    // What is not UTF-8 was decoded as U+FFFD.
    const value: unknown = body.includes('\ufffd') ? undefined : JSON.parse(body, count);
    // The root has no key, but is counted like one that has.
    return kept - 1 === keysWrittenIn(body) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** In JSON, a key is a string with a colon after it. */
function keysWrittenIn(json: string): number {
  const strings = json.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g);
  return strings.reduce((keys, [, colon]) => (colon === ':' ? keys + 1 : keys), 0);
}
