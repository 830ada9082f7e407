/** Structured lines on standard error, from which every known secret is struck out, wherever it turns up. */
import { type Logger as BoltLogger, LogLevel } from '@slack/bolt';
import { destination, type Logger, pino } from 'pino';
import { concernNow } from './monitoring/concern.ts';

export type Log = Logger;

/** Shorter texts are no secrets, and striking them out would make the log unreadable. */
const SHORTEST_SECRET = 6;

/** Strikes secrets out of whatever is written. The longest go first, for one may contain another. */
export function createStrikeOut(secrets: readonly string[]): (text: string) => string {
  const struck = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap(spellingsOf)
    .toSorted((a, b) => b.length - a.length);
  return (written) => struck.reduce((text, secret) => text.replaceAll(secret, '•••'), written);
}

/** @param secrets values that must never be written. */
export function createLog(
  level: string,
  secrets: readonly string[],
  write: { write(line: string): void } = destination({ dest: 2, sync: true }),
): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: concernNow,
      serializers: { err: describeFailure },
      hooks: { streamWrite: createStrikeOut(secrets) },
    },
    write,
  );
}

/** Only what its thrower said of it: other properties may hold rows, payloads and answers, with what people wrote. */
function describeFailure(failure: unknown): unknown {
  if (!(failure instanceof Error)) return typeof failure;
  const { name, message, stack, cause } = failure;
  return {
    type: name,
    message,
    ...('code' in failure ? { code: failure.code } : {}),
    stack,
    ...(cause === undefined ? {} : { cause: describeFailure(cause) }),
    ...(failure instanceof AggregateError ? { errors: failure.errors.map(describeFailure) } : {}),
  };
}

/** A secret as it is and as addresses and forms write it, each also as JSON within JSON within the line hides it. */
function spellingsOf(secret: string): string[] {
  const form = new URLSearchParams({ '': secret }).toString().slice(1);
  const bare = [secret, encodeURIComponent(secret), form];
  const inLine = bare.map(escapeInJson);
  const inBody = inLine.map(escapeInJson);
  return [...new Set([...bare, ...inLine, ...inBody, ...inBody.map(escapeInJson)])];
}

function escapeInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** Bolt's logger on ours. What Bolt says below a warning is of no use to an operator. */
export function boltLogger(log: Log): BoltLogger {
  return {
    debug: (...parts) => log.trace(joined(parts)),
    info: (...parts) => log.debug(joined(parts)),
    warn: (...parts) => log.warn(joined(parts)),
    error: (...parts) => log.error(joined(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function joined(parts: readonly unknown[]): string {
  return parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
}
