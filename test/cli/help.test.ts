/** What `--help` and the completion of the shell say. */
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { type } from '../fakes/commandLine.ts';
import { program } from '../../src/cli/program.ts';

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

describe('the completion', () => {
  it('is a script for the shell', async () => {
    expect((await type(['completion', 'bash'])).out).toContain('countersign');
  });

  it('knows what stands below a command', async () => {
    expect((await type(['complete', '--', 'policy', ''])).out).toContain('explain');
  });
});
