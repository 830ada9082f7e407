/** The folder rules of `.oxlintrc.json`, tried on files that break them and on files that don't. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..');

const forbidden = [
  ['src/domain', 'node:fs'],
  ['src/domain', 'zod'],
  ['src/domain', '../usecases/ports.ts'],
  ['src/domain', '../language/ask.ts'],
  ['src/language', 'zod'],
  ['src/language', 'node:fs'],
  ['src/language', '@slack/types'],
  ['src/language', '../slack/look.ts'],
  ['src/language', '../usecases/story.ts'],
  ['src/usecases', 'pg'],
  ['src/usecases', 'zod'],
  ['src/usecases', '../slack/text.ts'],
  ['src/usecases', '../store/store.ts'],
  ['providers', '@slack/bolt'],
  ['providers', 'pg'],
  ['providers', 'undici'],
  ['providers', '../src/httpClient.ts'],
  ['providers', '../src/usecases/ports.ts'],
  ['providers', '../src/language/ask.ts'],
  ['providers', '../src/store/pool.ts'],
  ['commands', '../src/store/store.ts'],
  ['commands', '../providers/index.ts'],
  ['commands', '../src/http.ts'],
  ['commands', '../src/httpClient.ts'],
  ['commands', 'undici'],
  ['commands', 'pg'],
  ['src/record', 'pg'],
  ['src/record', '@slack/web-api'],
  ['src/record', 'node:fs'],
  ['src/record', '../store/pool.ts'],
  ['src/record', '../slack/text.ts'],
  ['src/record', '../language/ask.ts'],
  ['src/record', '../usecases/ports.ts'],
  ['src/store', '@slack/web-api'],
  ['src/store', '../slack/text.ts'],
  ['src/store', '../language/ask.ts'],
  ['src/store', '../../providers/index.ts'],
  ['src/store', 'undici'],
  ['src/store', '../httpClient.ts'],
  ['src/monitoring', 'pg'],
  ['src/monitoring', '@slack/bolt'],
  ['src/monitoring', '../slack/text.ts'],
  ['src/monitoring', '../../providers/index.ts'],
  ['src/slack', 'pg'],
  ['src/slack', 'pg-boss'],
  ['src/slack', '../store/store.ts'],
  ['src/slack', '../../providers/index.ts'],
  ['src/slack', '../../commands/index.ts'],
  ['verifier', 'zod'],
  ['verifier', '../src/record/entry.ts'],
] as const;

const allowed = [
  ['src/domain', './money.ts'],
  ['src/domain', 'node:crypto'],
  ['src/language', './titles.ts'],
  ['src/language', '../domain/money.ts'],
  ['src/usecases', '../domain/money.ts'],
  ['src/usecases', '../language/ask.ts'],
  ['src/usecases', './ports.ts'],
  ['providers', '../src/domain/provider.ts'],
  ['providers', '../src/http.ts'],
  ['providers', '../src/httpsAddress.ts'],
  ['providers', 'zod'],
  ['providers', 'fast-xml-parser'],
  ['commands', '@slack/bolt'],
  ['commands', '../src/usecases/usecases.ts'],
  ['commands', '../src/slack/text.ts'],
  ['commands', '../src/language/ask.ts'],
  ['commands', '../src/domain/request.ts'],
  ['src/record', './entry.ts'],
  ['src/record', '../domain/canonical.ts'],
  ['src/record', 'zod'],
  ['src/record', 'node:crypto'],
  ['src/monitoring', '../usecases/ports.ts'],
  ['src/monitoring', '@prometheus-io/client'],
  ['src/store', '../record/source.ts'],
  ['src/store', 'pg'],
  ['src/store', 'pg-boss'],
  ['src/store', '../usecases/ports.ts'],
  ['src/slack', '@slack/web-api'],
  ['src/slack', '../domain/request.ts'],
  ['src/slack', '../language/ask.ts'],
  ['src/slack', '../usecases/ports.ts'],
  ['verifier', 'node:crypto'],
  ['verifier', 'node:fs/promises'],
] as const;

/** The ways to write an import; one that is only a type is a dependency too. */
const forms = {
  value: (from: string) => `import { thing } from '${from}';\nthing();\n`,
  type: (from: string) =>
    `import type { Thing } from '${from}';\nexport const one = (thing: Thing) => thing;\n`,
  're-export': (from: string) => `export { thing } from '${from}';\n`,
  'side-effect': (from: string) => `import '${from}';\n`,
  'late-value': (from: string) => `export const late = () => import('${from}');\n`,
};

const nameOf = (folder: string, from: string, form: string) =>
  `${folder}/${form}-of-${from.replaceAll(/[^a-z]+/gi, '-')}.ts`;

const Report = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) });

let folder: string;
let caught: ReadonlySet<string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-architecture-'));
  await cp(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const [where, from] of [...forbidden, ...allowed]) {
    await mkdir(join(folder, where), { recursive: true });
    for (const [form, write] of Object.entries(forms)) {
      await writeFile(join(folder, nameOf(where, from, form)), write(from));
    }
  }
  const { diagnostics } = Report.parse(JSON.parse(await lint()));
  caught = new Set(
    diagnostics.flatMap(({ code, filename }) =>
      code.includes('no-restricted-imports') ? [filename.replaceAll('\\', '/')] : [],
    ),
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** oxlint ends with a fault code when it found something, as it has to here. */
async function lint(): Promise<string> {
  return new Promise((resolve) => {
    const linter = join(ROOT, 'node_modules/oxlint/bin/oxlint');
    execFile(process.execPath, [linter, '--format', 'json'], { cwd: folder }, (_fault, stdout) =>
      resolve(stdout),
    );
  });
}

describe.each(Object.keys(forms))('an import of a %s', (form) => {
  it.each(forbidden)('in %s may not come from %s', (where, from) => {
    expect([...caught]).toContain(nameOf(where, from, form));
  });

  it.each(allowed)('in %s may come from %s', (where, from) => {
    expect([...caught]).not.toContain(nameOf(where, from, form));
  });
});
