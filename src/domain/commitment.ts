/** Stands for a text in the record: it proves the text as long as the salt is kept, and tells nothing of it afterwards. */
import { createHmac, createSecretKey } from 'node:crypto';

/** @param salt 16 random bytes in hex. Gives 64 hex digits. */
export function commitmentTo(salt: string, text: string): string {
  return createHmac('sha256', createSecretKey(salt, 'hex')).update(text).digest('hex');
}
