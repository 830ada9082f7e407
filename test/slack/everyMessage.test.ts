import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { everyBulk } from './everyBulk.ts';
import { everyOther } from './everyOther.ts';
import { everyRequest } from './everyRequest.ts';

/** `RUNS=10000 npx vitest run test/slack/everyMessage.test.ts` tries more. */
const numRuns = Number(process.env['RUNS'] ?? 150);
const PATIENCE_MS = 20_000 + 20 * numRuns;

const every = { ...everyRequest, ...everyBulk, ...everyOther };

const FOLDER = join(import.meta.dirname, '../../src/slack');

/** The functions that a file offers and that give a message, a form or a Home, by what their types say. */
function buildersIn(file: string): readonly string[] {
  const source = readFileSync(join(FOLDER, file), 'utf8');
  return parseAst(source, { lang: 'ts' }).body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    const { declaration } = statement;
    if (declaration?.type !== 'FunctionDeclaration' || declaration.id === null) return [];
    const { start = 0, end = 0 } = declaration.returnType ?? {};
    return /\b(?:Message|ModalView|HomeView)\b/.test(source.slice(start, end)) ? [declaration.id.name] : [];
  });
}

describe('whatever is asked, decided, and shown beside it', () => {
  it.each(Object.entries(every))(
    'Slack takes %s, in which nothing from outside is live',
    (_name, tryOut) => {
      expect(tryOut(numRuns)).toBeUndefined();
    },
    PATIENCE_MS,
  );

  it('nothing that is shown is left out', () => {
    const builders = readdirSync(FOLDER).flatMap(buildersIn);
    expect(Object.keys(every).toSorted()).toEqual(builders.toSorted());
  });
});
