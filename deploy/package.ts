/**
 * `npm run package`: the npm package, as a tarball. Node.js runs the TypeScript of this folder as it is, but none that
 * is below node_modules; so the package has JavaScript, in the same folders, and is made in `dist` as its root.
 */
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { mustRun } from './run.ts';

const PROJECT = join(import.meta.dirname, '..');
const PACKAGE = join(PROJECT, 'dist');

/** Beside the JavaScript. What reads them does so by the place of its own file. */
const CONTENTS = [
  'migrations',
  'verifier',
  'docs',
  'deploy',
  'manifest.yml',
  'countersign.example.yaml',
  '.env.example',
  'README.md',
  'CHANGELOG.md',
];

const Project = z.looseObject({
  name: z.string(),
  version: z.string(),
  bin: z.record(z.string(), z.string()),
  optionalDependencies: z.record(z.string(), z.string()),
});

await rm(PACKAGE, { recursive: true, force: true });
await mustRun('tsc', ['-p', 'tsconfig.package.json'], { cwd: PROJECT });
for (const name of CONTENTS)
  await cp(join(PROJECT, name), join(PACKAGE, name), {
    recursive: true,
    filter: (from) => !/\.(ts|png)$/.test(from),
  });

const project = Project.parse(JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')));
const { scripts: _scripts, devDependencies: _developing, allowScripts: _allowed, ...kept } = project;
// The demo is not in the package, and so not its Slack page.
const { 'local-slack-linux-x64': _page, ...optionalDependencies } = project.optionalDependencies;
const bin = Object.fromEntries(
  Object.entries(project.bin).map(([name, file]) => [name, file.replace(/\.ts$/, '.js')]),
);
await writeFile(
  join(PACKAGE, 'package.json'),
  `${JSON.stringify({ ...kept, bin, optionalDependencies }, undefined, 2)}\n`,
);

// The versions that were tested, and no others, also of what the dependencies depend on.
await cp(join(PROJECT, 'package-lock.json'), join(PACKAGE, 'package-lock.json'));
await mustRun('npm', ['install', '--package-lock-only', '--prefer-offline', '--no-audit'], { cwd: PACKAGE });
await mustRun('npm', ['shrinkwrap'], { cwd: PACKAGE });

const tarball = await mustRun('npm', ['pack', '--silent', '--pack-destination', PROJECT], { cwd: PACKAGE });
process.stdout.write(tarball);
