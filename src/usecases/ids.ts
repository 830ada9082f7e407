import { randomBytes, randomUUID } from 'node:crypto';

/**
 * The id of something that is recorded: a UUID (RFC 9562, version 7) that begins with its time. What is recent then lies
 * close together in every index by it, and is found in memory however long the record is.
 */
export function newId(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}

/** 96 random bits in 25 characters, which every provider takes as an id. */
export function randomKey(): string {
  return `c${randomBytes(12).toString('hex')}`;
}
