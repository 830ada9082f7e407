/** What `countersign init` does: asks where there is a terminal, and writes. */
import { z } from 'zod';
import { ENV_FILE } from '../../config/envFile.ts';
import { givenVariables } from '../../config/environment.ts';
import { createDesk } from '../../init/desk.ts';
import { init as writeAll, tell } from '../../init/init.ts';
import { Wishes } from '../../init/wishes.ts';
import { readOptions } from './options.ts';

const Options = z.object({
  config: z.string().min(1),
  env: z.string().min(1),
  force: z.boolean().default(false),
  input: z.boolean(),
});

export async function init(given: unknown): Promise<void> {
  const { force, input, ...files } = readOptions(Options, given);
  const isTerminal = process.stdin.isTTY && process.stdout.isTTY;
  const desk = input && isTerminal ? createDesk() : undefined;
  const written = await writeAll(files, readOptions(Wishes, given), givenVariables(), desk, force);
  process.stdout.write(tell(written, commandFor(files.env)));
  if (written.faults.length > 0) process.exitCode = 1;
}

/** How the other commands are started with this file of variables: by itself only the one of the current folder is read. */
function commandFor(env: string): string {
  return env === ENV_FILE ? 'npx countersign' : `node --env-file=${env} ${process.argv[1]}`;
}
