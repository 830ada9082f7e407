/** What the five adapters share: silence is never success, and a look-up that fails says so. */
import { z } from 'zod';
import type { Evidence } from '../src/domain/evidence.ts';
import type { Outcome } from '../src/domain/provider.ts';
import { type Http, type HttpCall, type HttpReply, NoReply } from '../src/http.ts';

/** Sends the one call that can move money and reads its answer. Without one, nobody knows what happened. */
export async function sendOnce(
  http: Http,
  call: HttpCall,
  read: (reply: HttpReply) => Outcome,
): Promise<Outcome> {
  try {
    return read(await http(call));
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return error.sent === 'no'
      ? { type: 'not_sent', says: `Nothing was sent: ${error.message}.` }
      : unknown(`No usable answer: ${error.message}.`);
  }
}

/** Makes a call that has no effect at the provider and reads its answer. */
export async function ask(
  http: Http,
  call: HttpCall,
  read: (reply: HttpReply) => Evidence,
): Promise<Evidence> {
  try {
    return read(await http(call));
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return cannotTell(`The provider could not be asked: ${error.message}.`);
  }
}

/** @param code the provider's own, or `http_401`. @param says one sentence with the remedy. */
export function refused(code: string, says: string): Outcome {
  return { type: 'refused', code, says };
}

export function unknown(says: string): Outcome {
  return { type: 'unknown', says };
}

export function cannotTell(says: string): Evidence {
  return { standing: 'cannot_tell', says, amount: null, madeAt: null, facts: {} };
}

/** A secret that travels in a header, where nothing but printable ASCII may stand. */
export const HeaderSecret = z.string().regex(/^[!-~]+$/, 'must be printable ASCII without spaces');

/** At most 200 characters of a provider's own words, with every secret struck out that it might repeat. */
export function quote(said: string, secrets: readonly string[]): string {
  const clean = secrets.reduce((text, secret) => text.replaceAll(secret, '…'), said);
  return Array.from(clean.toWellFormed()).slice(0, 200).join('');
}

/** The parsed body, or undefined for anything that is not JSON. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
