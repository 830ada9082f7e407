#!/usr/bin/env node
/** `countersign <command>`: what an operator or an auditor does beside the running app. */
import { program } from './cli/program.ts';
import { readEnvFile } from './config/envFile.ts';

try {
  readEnvFile();
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
