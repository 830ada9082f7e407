/** Looks for secrets wherever Countersign leaves anything: every story ends with this search. */
import { Client } from 'pg';

export interface Traces {
  readonly logged: readonly string[];
  /** What Slack was told, and what it keeps. */
  readonly slack: readonly unknown[];
  readonly databaseUrl: string;
}

/** Every table of ours and of the job queue, as text. */
async function readRows(databaseUrl: string): Promise<string> {
  // A connection of its own: a story may have cut every other.
  const sql = new Client({ connectionString: databaseUrl });
  await sql.connect();
  const { rows } = await sql.query<{ everything: string | null }>(
    `select string_agg(query_to_xml(format('select * from %I.%I', schemaname, tablename), true, false, '')::text, '')
       as everything
     from pg_tables where schemaname in ('public', 'pgboss')`,
  );
  await sql.end();
  return rows[0]?.everything ?? '';
}

export async function readTraces({ logged, slack, databaseUrl }: Traces): Promise<string> {
  return [...logged, ...slack.map((one) => JSON.stringify(one)), await readRows(databaseUrl)].join('\n');
}

/** The names of the secrets that turn up somewhere. */
export function leakedIn(traces: string, secrets: Readonly<Record<string, string>>): string[] {
  return Object.entries(secrets).flatMap(([name, secret]) => (traces.includes(secret) ? [name] : []));
}
