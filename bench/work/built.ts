/** What is measured, as an operator has it: JavaScript, made as `npm run package` makes it. */
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { mustRun } from '../../deploy/run.ts';

const ROOT = join(import.meta.dirname, '../..');
const BUILT = join(ROOT, 'dist/bench');

let built: Promise<void> | undefined;

/** Resolves when the files are there; those of this very code, so they are made once in each run. */
export function build(): Promise<void> {
  built ??= make();
  return built;
}

async function make(): Promise<void> {
  await rm(BUILT, { recursive: true, force: true });
  await mustRun('tsc', ['-p', 'bench/tsconfig.json'], { cwd: ROOT });
  await cp(join(ROOT, 'migrations'), join(BUILT, 'migrations'), { recursive: true });
}

/** @param file from the root of the project, `.ts` */
export function builtFile(file: string): string {
  return join(BUILT, file.replace(/\.ts$/, '.js'));
}
