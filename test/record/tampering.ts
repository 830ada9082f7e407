/** One way to tamper with the record of `writtenRecord.ts`, and what `countersign verify` says to it. */
import type { Client } from 'pg';

export interface Tampering {
  /** What was done, for the table in `docs/tampering.md`. */
  readonly done: string;
  readonly act: (sql: Client) => Promise<unknown>;
  /** The first fault; null where the database alone shows nothing. */
  readonly says: string | null;
  /** The first fault with the heads in Slack, where that is another. */
  readonly withSlack?: string;
  /** What COUNTERSIGN_RECORD_KEY is, where it is no longer the key that wrote the record. */
  readonly key?: string;
}

const INTRODUCTION = `# Tampering

What \`countersign verify\` says first to each of these, done with a superuser's psql to the record of five requests: triggers
are disabled, constraints dropped, \`session_replication_role\` is \`replica\`. test/record/tampering.test.ts does every one of
them, and keeps this page equal to what is said (\`npx vitest run test/record/tampering.test.ts -u\` writes it).

An entry is told by its number in the chain; in brackets stand its request, its type, and its number within the request.
`;

/** The page, from the lists by their headings. */
export function describeTamperings(lists: Readonly<Record<string, readonly Tampering[]>>): string {
  const parts = Object.entries(lists).map(([heading, list]) => `## ${heading}\n\n${table(list)}\n`);
  return [INTRODUCTION, ...parts].join('\n');
}

function table(list: readonly Tampering[]): string {
  const rows = [['Done', '`countersign verify` says first'], ...list.map((one) => [one.done, answer(one)])];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return lines.join('\n');
}

function answer({ says, withSlack }: Tampering): string {
  const alone = says ?? 'nothing: all that is left fits';
  return withSlack === undefined ? alone : `${alone}. With \`--slack\`: ${withSlack}`;
}
