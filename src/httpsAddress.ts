/** Where to call, as settings, variables and flags say it. */
import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** https, or http on loopback, as a simulator has it. Carries no credentials, query or final slash. */
export const HttpsAddress = z
  .url({ error: 'must be an https address', abort: true })
  .refine((text) => {
    const url = URL.parse(text);
    return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname));
  }, 'must be an https address')
  .refine((text) => {
    const url = URL.parse(text);
    return url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
  }, 'must be an address alone, without credentials, query or fragment')
  // As the URL parser writes it: an empty `?` or `#` left at the end would swallow the path that a provider adds.
  .transform((text) => {
    const { origin, pathname } = new URL(text);
    return (origin + pathname).replace(/\/+$/, '');
  });
