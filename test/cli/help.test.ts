/** What `--help` and the completion of the shell say. */
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { CLI, runNode, type } from '../fakes/commandLine.ts';
import { program } from '../../src/cli/program.ts';
import { VERSION } from '../../src/cli/version.ts';

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

/** Has Node.js say the address of everything that it loads. */
const SAY_LOADED = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load: (url, context, next) => (process.stderr.write(url + '\\n'), next(url, context)) });
`)}`;

describe('the completion', () => {
  it('is a script for the shell', async () => {
    expect((await type(['completion', 'bash'])).out).toContain('countersign');
  });

  it('knows what stands below a command', async () => {
    expect((await type(['complete', '--', 'policy', ''])).out).toContain('explain');
  });
});

describe('--version', () => {
  it('says the version of the package', async () => {
    const { out } = await type(['--version']);
    expect(out.trim()).toBe(VERSION);
    expect(out).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe.each(['--help', 'export --help', '--version', 'complete -- '])('countersign %s', (typed) => {
  it('comes at once: nothing is loaded of what the commands do', async () => {
    const { status, err } = await runNode(process.execPath, [
      '--import',
      SAY_LOADED,
      CLI,
      ...typed.split(' '),
    ]);
    expect(status).toBe(0);
    const loaded = err.split('\n');
    expect(loaded.filter((url) => url.endsWith('src/cli/program.ts'))).toHaveLength(1);
    const heavy = /node_modules\/(?:@slack|pg|pg-boss|undici|zod)\/|src\/(?:cli\/run|slack|store|usecases)\//;
    expect(loaded.filter((url) => heavy.test(url))).toEqual([]);
  });
});
