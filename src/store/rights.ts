/** Whether the app's role may do what it has to. */
import type { Client } from 'pg';
import { z } from 'zod';
import { failure, type Finding, ok } from '../doctor/finding.ts';
import { selectAll } from './pool.ts';
import { GRANTS } from './roles.ts';

interface Right {
  readonly on: string;
  readonly privilege: string;
  /** Null for the whole table. */
  readonly column: string | null;
}

const LackingRow = z.object({ lacking: z.string() });

export async function checkRights(client: Client): Promise<Finding> {
  const rows = await selectAll(
    client,
    LackingRow,
    `select lower(privilege) || ' on ' || tab || coalesce('.' || col, '') as lacking
     from jsonb_to_recordset($1) as wanted ("on" text, privilege text, "column" text),
       lateral (select "on" as tab, "column" as col, to_regclass("on") as found) as names
     where found is not null and not case when col is null
       then has_table_privilege(found, privilege) else has_column_privilege(found, col, privilege) end
     union all
     select 'execute on ' || proname from pg_proc
     where proname = 'append_entries' and not has_function_privilege(oid, 'execute')
     union all
     select 'usage on ' || nspname from pg_namespace
     where nspname in ('public', 'pgboss') and not has_schema_privilege(oid, 'usage')
     union all
     select 'insert on pgboss.' || relname from pg_class
     where relnamespace = to_regnamespace('pgboss') and relkind in ('r', 'p') and not has_table_privilege(oid, 'insert')`,
    [JSON.stringify(Object.entries(GRANTS).flatMap(([table, privileges]) => rightsIn(table, privileges)))],
  );
  if (rows.length === 0) return ok("The app's role has every right that it needs.");
  const lacking = rows.map((row) => row.lacking).join(', ');
  return failure(`The app's role lacks ${lacking}: run "npx countersign migrate".`);
}

/** Of `select, update (state, version)`. */
function rightsIn(table: string, privileges: string): readonly Right[] {
  return Array.from(privileges.matchAll(/(\w+)(?: \(([^)]*)\))?(?:, |$)/g)).flatMap(
    ([, privilege = '', columns]) =>
      (columns?.split(', ') ?? [null]).map((column) => ({ on: table, privilege, column })),
  );
}
