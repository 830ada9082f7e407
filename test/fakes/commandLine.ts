/** `countersign …` as somebody types it: a process of its own, with no other environment than it is given. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';

export const CLI = join(import.meta.dirname, '../../src/cli.ts');

/** Half of what a process does before it works is to read the same code as the one before. */
export const compileCache = {
  NODE_COMPILE_CACHE: join(import.meta.dirname, '../../node_modules/.cache/node-compile'),
};

export interface Typed {
  /** The exit status; null when a signal ended it. */
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

interface Shell {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

export function type(args: readonly string[], shell: Shell = {}): Promise<Typed> {
  return runNode(process.execPath, [CLI, ...args], shell);
}

/** @param node which Node.js runs it */
export function runNode(
  node: string,
  args: readonly string[],
  { folder: cwd, environment }: Shell = {},
): Promise<Typed> {
  const { promise, resolve } = Promise.withResolvers<Typed>();
  const env = { ...compileCache, ...environment };
  const child = execFile(node, args, { cwd, env }, (_fault, out, err) =>
    resolve({ status: child.exitCode, out, err }),
  );
  return promise;
}
