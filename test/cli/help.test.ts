/** What `--help` and the completion of the shell say. */
import type { Command } from 'commander';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { program } from '../../src/cli/program.ts';

const CLI = join(import.meta.dirname, '../../src/cli.ts');

/** Every command with its own name and those above it, but for what the completion adds. */
function commandsIn(command: Command, above = ''): [string, Command][] {
  const name = `${above}${command.name()}`;
  const below = command.commands.filter((one) => !one.name().startsWith('complet'));
  return [[name, command], ...below.flatMap((one) => commandsIn(one, `${name} `))];
}

function helpOf(command: Command): string {
  let help = '';
  command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
  return help;
}

describe.each(commandsIn(program))('%s --help', (name, command) => {
  const typed = Array.from(helpOf(command).matchAll(/^ {2}\$ (.*?) +# \S/gm), ([, line = '']) => line);

  it('says what it does, and gives examples', () => {
    expect(command.description()).not.toBe('');
    expect(typed.length).toBeGreaterThan(0);
  });

  it('gives examples only of what there is', () => {
    for (const line of typed) {
      expect(line).toContain(name);
      const options = Array.from(line.matchAll(/ (--[a-z-]+)/g), ([, option]) => option);
      const known = command.options.flatMap(({ long, negate }) =>
        negate ? [long, long?.replace('--no-', '--')] : long,
      );
      for (const option of options) expect(known, line).toContain(option);
    }
  });
});

function run(args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [CLI, ...args], (fault, out) =>
      fault === null ? resolve(out) : reject(fault),
    );
  });
}

describe('the completion', () => {
  it('is a script for the shell', async () => {
    expect(await run(['completion', 'bash'])).toContain('countersign');
  });

  it('completes commands, sub-commands and options', async () => {
    expect(await run(['complete', '--', 'do'])).toContain('doctor');
    expect(await run(['complete', '--', 'policy', ''])).toContain('explain');
    expect(await run(['complete', '--', 'doctor', '--'])).toContain('--json');
  });
});
