#!/usr/bin/env node
/** `countersign <command>`: what an operator or an auditor does beside the running app. */
import { Command } from 'commander';
import { doctorCommand } from './cli/doctor.ts';
import { eraseCommand } from './cli/erase.ts';
import { exportCommand } from './cli/export.ts';
import { migrateCommand } from './cli/migrate.ts';
import { policyCommand } from './cli/policy.ts';
import { summaryCommand } from './cli/summary.ts';
import { verifyCommand } from './cli/verify.ts';
import { readEnvFile } from './config/environment.ts';

const program = new Command('countersign')
  .description('Nobody can cancel a payment alone.')
  .addCommand(migrateCommand)
  .addCommand(doctorCommand)
  .addCommand(verifyCommand)
  .addCommand(exportCommand)
  .addCommand(eraseCommand)
  .addCommand(policyCommand)
  .addCommand(summaryCommand);

try {
  readEnvFile();
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
