/** What a database's owner can do, and no test of the app itself may. */
import type { TestDatabase } from '../fakes/database.ts';

/** Takes every trigger, check and unique index from the record, as its owner can. */
export async function disarm({ sql }: TestDatabase): Promise<void> {
  await sql.query(`do $$
    declare one record;
    begin
      for one in select conrelid::regclass as of, conname as name from pg_constraint
        where contype = 'c' and connamespace = 'public'::regnamespace
      loop execute format('alter table %s drop constraint %I', one.of, one.name); end loop;
      for one in select tgrelid::regclass as of, tgname as name from pg_trigger where not tgisinternal
        and tgrelid::regclass::text in ('requests', 'decisions', 'attempts', 'outcomes', 'bulk_acts', 'freezes', 'lifts')
      loop execute format('drop trigger %I on %s', one.name, one.of); end loop;
      for one in select indexrelid::regclass as name from pg_index where indisunique and not indisprimary
          and not exists (select from pg_constraint where conindid = indexrelid)
        and indrelid::regclass::text in ('decisions', 'bulk_acts', 'lifts')
      loop execute format('drop index %s', one.name); end loop;
    end $$`);
}
