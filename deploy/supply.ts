/**
 * `npm run supply`: what the running app is made of. Writes a software bill of materials (CycloneDX) and a list of
 * licences into `dist-supply`, refuses licences that are not on the list, and looks known vulnerabilities up.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { mustRun, run } from './run.ts';

const PROJECT = join(import.meta.dirname, '..');
const FOLDER = join(PROJECT, 'dist-supply');

/** They ask for their text to be kept, and for nothing of the code that uses them. */
const TAKEN = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PostgreSQL',
]);

const Bill = z.object({
  components: z.array(
    z.object({
      name: z.string(),
      version: z.string(),
      licenses: z
        .array(
          z.union([
            z.object({ license: z.object({ id: z.string() }) }).transform(({ license }) => license.id),
            z.object({ license: z.object({ name: z.string() }) }).transform(({ license }) => license.name),
            z.object({ expression: z.string() }).transform(({ expression }) => expression),
          ]),
        )
        .default([]),
    }),
  ),
});

const Audit = z.object({
  metadata: z.object({
    vulnerabilities: z.object({ moderate: z.number(), high: z.number(), critical: z.number() }),
  }),
});

const text = await mustRun('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], { cwd: PROJECT });
const { components } = Bill.parse(JSON.parse(text));
await mkdir(FOLDER, { recursive: true });
await writeFile(join(FOLDER, 'sbom.cdx.json'), text);
const lines = components.map(({ name, version, licenses }) => `${name} ${version}: ${licenses.join(', ')}\n`);
await writeFile(join(FOLDER, 'licences.txt'), lines.toSorted().join(''));

const strange = components.filter(({ licenses }) => licenses.length === 0 || !licenses.every(isTaken));
for (const { name, version, licenses } of strange)
  complain(`${name} ${version} has a licence that nobody looked at yet: ${licenses.join(', ') || 'none'}.`);
process.stdout.write(
  `${components.length} packages run in production: dist-supply has their bill and licences.\n`,
);

const { out, err } = await run('npm', ['audit', '--omit=dev', '--json'], { cwd: PROJECT });
const audit = readAudit(out);
if (audit === undefined) {
  // A registry that does not do this must not stop a build; that nothing was looked up must not pass for a good result.
  process.stderr.write(
    `VULNERABILITIES WERE NOT LOOKED UP: the registry does not answer "npm audit".\n${err.split('\n')[0] ?? ''}\n`,
  );
} else {
  const { moderate, high, critical } = audit;
  const found = `Known vulnerabilities: ${critical} critical, ${high} high, ${moderate} moderate.`;
  if (critical + high > 0) complain(`${found} "npm audit --omit=dev" says more.`);
  else process.stdout.write(`${found}\n`);
}

/** One of them is enough where there is a choice, and all are needed where they are added up. */
function isTaken(expression: string): boolean {
  const bare = expression.replaceAll(/[()]/g, '');
  return bare.split(' OR ').some((one) => one.split(' AND ').every((id) => TAKEN.has(id)));
}

function readAudit(json: string) {
  try {
    return Audit.safeParse(JSON.parse(json)).data?.metadata.vulnerabilities;
  } catch {
    return undefined;
  }
}

function complain(says: string): void {
  process.stderr.write(`${says}\n`);
  process.exitCode = 1;
}
