/**
 * `countersign <command>`: all that can be typed. What a command then does is in `run`, and loaded when it is called:
 * help and the shell's completion need none of it, and come at once.
 */
import tab from '@bomb.sh/tab/commander';
import { Command } from 'commander';
import { doctorCommand } from './doctor.ts';
import { eraseCommand } from './erase.ts';
import { examples } from './examples.ts';
import { exportCommand } from './export.ts';
import { initCommand } from './init.ts';
import { manifestCommand } from './manifest.ts';
import { migrateCommand } from './migrate.ts';
import { policyCommand } from './policy.ts';
import { startCommand } from './start.ts';
import { summaryCommand } from './summary.ts';
import { verifyCommand } from './verify.ts';
import { VERSION } from './version.ts';

export const program = new Command('countersign')
  .description('Nobody can cancel a payment alone.')
  .version(VERSION, '--version', 'say which version this is')
  .addHelpText(
    'after',
    examples(
      ['countersign init', 'begin'],
      ['countersign help doctor', 'read about one command'],
      ['countersign completion zsh > ~/.zsh/_countersign', 'have the shell complete what you type'],
    ),
  )
  .addCommand(initCommand)
  .addCommand(manifestCommand)
  .addCommand(migrateCommand)
  .addCommand(doctorCommand)
  .addCommand(startCommand)
  .addCommand(verifyCommand)
  .addCommand(exportCommand)
  .addCommand(eraseCommand)
  .addCommand(policyCommand)
  .addCommand(summaryCommand);

// Adds `completion`, and the `complete` that a shell calls.
tab(program, { completionCommandName: 'completion' });
