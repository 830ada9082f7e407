/** What the documents point at is there, and what they name is called so. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { program } from '../src/cli/program.ts';
import { anchorsOf } from './anchors.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const documents = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const found = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, name = '']) => name);

function leadsSomewhere(document: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const file = path === '' ? document : join(dirname(document), path);
  return existsSync(join(ROOT, file)) && (anchor === undefined || anchorsOf(read(file)).has(anchor));
}

describe.each(documents)('%s', (document) => {
  it('has no link that leads nowhere', () => {
    const links = found(read(document), /\]\((?!https?:)([^)\s]+)/g);
    expect(links.filter((link) => !leadsSomewhere(document, link))).toEqual([]);
  });
});

describe('docs/guarantees.md', () => {
  it('names only rules that the migrations make', () => {
    const migrations = readdirSync(join(ROOT, 'migrations')).map((file) => read(join('migrations', file)));
    const rules = found(read('docs/guarantees.md'), /`((?:requests|decisions|attempts)_\w+|has_\w+)`/g);
    expect(rules.length).toBeGreaterThan(5);
    for (const rule of rules) expect(migrations.join('\n'), rule).toContain(rule);
  });
});

const { scripts: made } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));
const scripts = Object.keys(made);

describe('commands in the documents', () => {
  it('are those that package.json and the command line have', () => {
    const commands = program.commands.map((command) => command.name());
    for (const document of documents) {
      for (const script of found(read(document), /npm run (?:-s )?([\w:]+)/g))
        expect(scripts, document).toContain(script);
      for (const command of found(read(document), /(?:npx |`)countersign ([a-z]+)/g))
        expect(commands, document).toContain(command);
    }
  });
});

describe('README.md', () => {
  it('has every variable that is read, and no other; so has .env.example', () => {
    const variables = found(read('src/config/environment.ts'), /^ {4}([A-Z_]+): /gm).toSorted();
    const table = read('README.md').split('## Environment')[1]?.split('\n## ')[0] ?? '';
    expect(found(table, /^\| `([A-Z_]+)`/gm).toSorted()).toEqual(variables);
    const [own = ''] = read('.env.example').split('# What countersign.yaml refers to');
    expect(found(own, /^([A-Z_]+)=/gm).toSorted()).toEqual(variables);
  });

  it('or CONTRIBUTING.md tells of every script', () => {
    const told = read('README.md') + read('CONTRIBUTING.md');
    for (const script of scripts) expect(told).toMatch(new RegExp(`npm (?:run )?${script}\\b`));
  });
});
