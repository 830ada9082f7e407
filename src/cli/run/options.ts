/** What was typed behind the flags of a command. */
import type { z } from 'zod';

/** @throws Error that says of each flag at fault what it must be */
export function readOptions<Options extends z.ZodType>(options: Options, given: unknown): z.output<Options> {
  const read = options.safeParse(given);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${flagOf(String(path[0]))} ${message}`);
  throw new Error(faults.join('\n'));
}

/** `approvalsChannel` is `--approvals-channel`. */
function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`;
}
