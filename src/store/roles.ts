/**
 * Two roles: the owner makes and changes tables, and the app has what it needs and nothing else. It owns nothing, so
 * it can neither switch off a trigger nor take back what it wrote.
 */
import { Client, DatabaseError } from 'pg';
import { installQueue } from './queue.ts';
import { migrate } from './migrate.ts';

const INSUFFICIENT_PRIVILEGE = '42501';

/** What the app's role may do with each table and view. */
export const GRANTS: Readonly<Record<string, string>> = {
  migrations: 'select',
  requests: 'select, insert, update (state, version, announced)',
  decisions: 'select, insert',
  attempts: 'select, insert',
  outcomes: 'select, insert',
  look_ups: 'select, insert, update',
  messages: 'select, insert, update, delete',
  watchers: 'select, insert, update, delete',
  deliveries: 'select, insert, update, delete',
  turns: 'select, insert, update',
  bulks: 'select, insert, update (announced)',
  bulk_acts: 'select, insert',
  bulk_places: 'select, insert',
  bulk_tries: 'select, insert, update (tried_at)',
  bulk_drafts: 'select, insert, update, delete',
  bulk_draft_lines: 'select, insert, update, delete',
  homes: 'select, insert, update',
  home_news: 'select, insert, update',
  summaries: 'select, insert, update (ts, shows_sign_off)',
  roll_ups: 'select, insert, update (ts)',
  summary_files: 'select, insert, update',
  sign_offs: 'select, insert',
  notices: 'select, insert',
  untold_notices: 'select',
  alarms: 'select, insert',
  refused_asks: 'select, insert',
  shortages: 'select, insert, update (ended_at, alarm_ts, all_clear_ts)',
  freezes: 'select, insert, update (announced)',
  lifts: 'select, insert',
  standing_freezes: 'select',
  request_spans: 'select',
  chain: 'select',
  heads: 'select, insert',
};

interface Prepared {
  /** The names of the migrations that were applied now. */
  readonly applied: readonly string[];
  /** False where owner and app are one role, which then can do anything. */
  readonly separate: boolean;
}

/**
 * Brings the database up to date as its owner, and gives the app's role its rights. The role is made when it is
 * missing; where the owner may not do that, whoever runs the server has to.
 */
export async function prepareDatabase(ownerUrl: string, appUrl: string): Promise<Prepared> {
  const applied = await migrate(ownerUrl);
  await installQueue(ownerUrl);
  const owner = new Client({ connectionString: ownerUrl, application_name: 'countersign migrate' });
  await owner.connect();
  try {
    const app = roleIn(appUrl);
    const { rows } = await owner.query<{ same: boolean; known: boolean }>(
      'select current_user = $1 as same, exists (select from pg_roles where rolname = $1) as known',
      [app.name],
    );
    if (rows[0]?.same === true) return { applied, separate: false };
    const role = owner.escapeIdentifier(app.name);
    if (rows[0]?.known !== true) {
      await makeRole(owner, role, app.password);
    }
    await owner.query('begin');
    await grant(owner, role);
    await owner.query('commit');
    return { applied, separate: true };
  } finally {
    await owner.end();
  }
}

async function makeRole(owner: Client, role: string, password: string): Promise<void> {
  try {
    await owner.query(`create role ${role} login password ${owner.escapeLiteral(password)}`);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new Error(
      `The owner of the database may not make the app's role. Have somebody who may run\n` +
        `  create role ${role} login password 'the password of DATABASE_URL';\nand then migrate again.`,
      { cause: error },
    );
  }
}

async function grant(owner: Client, role: string): Promise<void> {
  // What an earlier version was granted and this one does not need goes, too.
  await owner.query(`revoke all on all tables in schema public from ${role}`);
  await owner.query(`grant usage on schema public, pgboss to ${role}`);
  for (const [table, privileges] of Object.entries(GRANTS)) {
    await owner.query(`grant ${privileges} on ${table} to ${role}`);
  }
  await owner.query(`grant execute on function append_entries to ${role}`);
  // A job is only a doorbell, so the queue may be the app's to write.
  await owner.query(`grant select, insert, update, delete on all tables in schema pgboss to ${role}`);
}

function roleIn(url: string): { name: string; password: string } {
  const { user = '', password } = new Client({ connectionString: url });
  return { name: user, password: password ?? '' };
}
