/** The plans that PostgreSQL really runs, also for the statements in functions and triggers, and what they read whole. */
import type { Client, Pool } from 'pg';
import { z } from 'zod';

const Node = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  get Plans() {
    return z.array(Node).default([]);
  },
});
type Node = z.infer<typeof Node>;

const Explained = z.object({ 'Query Text': z.string(), Plan: Node });

/** A table that a statement reads from end to end. */
interface Whole {
  readonly table: string;
  readonly statement: string;
}

/**
 * To be called before anybody connects whose statements are to be explained. As a superuser.
 * @param mode which plans PostgreSQL makes of prepared statements.
 */
export async function explainAll(sql: Client, mode = 'auto'): Promise<void> {
  const { rows } = await sql.query<{ name: string }>('select quote_ident(current_database()) as name');
  const settings = {
    plan_cache_mode: mode,
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_nested_statements': 'on',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
  };
  for (const [name, value] of Object.entries(settings))
    await sql.query(`alter database ${rows[0]?.name} set ${name} = '${value}'`);
}

export interface Watched {
  /** How many were seen. */
  statements: number;
  readonly whole: Whole[];
  /** The indexes along which they were read. */
  readonly indexes: Set<string>;
}

/** Watches the statements of a pool from its next connection on. @param small indexes that stay small */
export function watchPlans(pool: Pool, small: ReadonlySet<string>): Watched {
  const seen: Watched = { statements: 0, whole: [], indexes: new Set() };
  pool.on('connect', (client) => {
    client.on('notice', ({ message = '' }) => {
      const [, json] = /^duration: .* plan:\n(.*)$/s.exec(message) ?? [];
      if (json === undefined) return;
      const { 'Query Text': statement, Plan: plan } = Explained.parse(JSON.parse(json));
      seen.statements += 1;
      for (const table of readWhole(plan, false)) seen.whole.push({ table, statement });
    });
  });
  return seen;

  function readWhole(node: Node, stopsEarly: boolean): string[] {
    const { 'Node Type': type, 'Relation Name': table, 'Index Name': index } = node;
    if (index !== undefined) seen.indexes.add(index);
    const alongIndex =
      index !== undefined && (node['Index Cond'] !== undefined || small.has(index) || stopsEarly);
    const own =
      table !== undefined && type.endsWith('Scan') && type !== 'Bitmap Heap Scan' && !alongIndex
        ? [table]
        : [];
    const below = type === 'Limit' || (stopsEarly && !READS_ALL.has(type));
    return [...own, ...node.Plans.flatMap((child) => readWhole(child, below))];
  }
}

/** Nodes that give nothing before they have read everything below them, however little is wanted of them. */
const READS_ALL = new Set(['Sort', 'Aggregate', 'Hash', 'WindowAgg', 'SetOp', 'Incremental Sort']);

/** Partial indexes that hold next to nothing of their tables: what is open, due or not shown yet. */
export async function selectSmallIndexes(sql: Client): Promise<ReadonlySet<string>> {
  const { rows } = await sql.query<{ name: string }>(
    `select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     where x.indpred is not null and t.relnamespace = 'public'::regnamespace and i.reltuples <= t.reltuples / 50`,
  );
  return new Set(rows.map(({ name }) => name));
}
