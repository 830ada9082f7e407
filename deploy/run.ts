/** Runs a command and gives what it wrote. */
import { execFile } from 'node:child_process';

export interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** @param env takes the place of this process's own when it is given. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, maxBuffer: 64 * 1024 * 1024 }, (fault, out, err) => {
      if (fault !== null && typeof fault.code !== 'number') reject(fault);
      else resolve({ status: Number(fault?.code ?? 0), out, err });
    });
  });
}

/** @throws Error with what the command said when it failed */
export async function mustRun(...what: Parameters<typeof run>): Promise<string> {
  const { status, out, err } = await run(...what);
  if (status !== 0) throw new Error(`${what[0]} ${what[1].join(' ')} failed:\n${out}${err}`);
  return out;
}
