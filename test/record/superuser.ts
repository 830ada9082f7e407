/** What a superuser with psql does to a record. */
import type { Client } from 'pg';
import { z } from 'zod';
import { canonicalJson } from '../../src/domain/canonical.ts';
import type { Event } from '../../src/record/entry.ts';
import { createSeal, type Seal } from '../../src/record/keys.ts';

const TABLES = [
  'chain',
  'heads',
  'requests',
  'decisions',
  'attempts',
  'outcomes',
  'bulks',
  'bulk_acts',
  'notices',
  'freezes',
  'lifts',
  'summaries',
  'roll_ups',
  'sign_offs',
];

/** Nothing that PostgreSQL keeps by itself is in the way any more. */
export async function freeTables(sql: Client): Promise<void> {
  await sql.query('set session_replication_role = replica');
  for (const table of TABLES) await sql.query(`alter table ${table} disable trigger all`);
  await sql.query(
    'drop index decisions_one_person_approves_once, decisions_one_ends_the_request, lifts_one_person_agrees_once, sign_offs_one_counts',
  );
  const { rows } = await sql.query<{ table: string; name: string }>(
    `select conrelid::regclass::text as table, conname as name from pg_constraint
     where conrelid = any ($1::regclass[]) and contype in ('c', 'f', 'u') order by contype = 'u'`,
    [TABLES],
  );
  for (const { table, name } of rows) {
    await sql.query(`alter table ${table} drop constraint if exists ${name} cascade`);
  }
}

/** Computes the links and hashes of an entry and all after it anew. */
export async function relink(sql: Client, from: number): Promise<void> {
  await sql.query(`do $$
    declare
      last_hash bytea := coalesce((select hash from chain where seq < ${from} order by seq desc limit 1),
                                  decode(repeat('00', 32), 'hex'));
      entry record;
    begin
      for entry in select * from chain where seq >= ${from} order by seq loop
        update chain set prev = last_hash, hash = sha256(last_hash || entry.mac || convert_to(entry.body, 'UTF8'))
        where seq = entry.seq returning hash into last_hash;
      end loop;
    end $$`);
}

/** Closes the gaps in the numbers of the chain, and links it anew. */
export async function renumber(sql: Client, from: number): Promise<void> {
  await sql.query(`update chain set seq = -seq where seq > ${from}`);
  await sql.query(
    `update chain set seq = ${from - 1} + place
     from (select seq as old, row_number() over (order by seq desc) as place from chain where seq < 0) moved
     where seq = old`,
  );
  await relink(sql, from);
}

/** Writes the body of an entry anew, with the key that is given, and links all after it. */
export async function rewrite(
  sql: Client,
  seq: number,
  seal: Seal,
  change: (body: string) => string,
): Promise<void> {
  const { rows } = await sql.query<{ body: string }>('select body from chain where seq = $1', [seq]);
  const body = change(rows[0]?.body ?? '');
  await sql.query('update chain set body = $2, mac = $3 where seq = $1', [seq, body, seal.mac(body)]);
  await relink(sql, seq);
}

/** A body that an owner of the key makes for what happened to a request. */
export async function append(sql: Client, request: string, seal: Seal, event: Event): Promise<number> {
  const { rows } = await sql.query<{ n: number; seq: string; hash: string }>(
    `select seq, encode(hash, 'hex') as hash,
       (select coalesce(max(n), 0) + 1 from chain where request_id = $1) as n
     from chain order by seq desc limit 1`,
    [request],
  );
  const [last] = rows;
  if (last === undefined) throw new Error('the chain is empty');
  const after = { seq: Number(last.seq), hash: last.hash };
  const at = '2026-11-20T10:05:00.000Z';
  const body = canonicalJson({ v: 1, key: seal.key, request, n: last.n, after, at, ...event });
  await sql.query('select append_entries($1, $2, $3, $4)', [[request], [last.n], [body], [seal.mac(body)]]);
  return last.n;
}

export async function idOf(sql: Client, number: number): Promise<string> {
  const { rows } = await sql.query<{ id: string }>('select id from requests where number = $1', [number]);
  return z.uuid().parse(rows[0]?.id);
}

/** Somebody's own, of whom the app does not know. */
export const foreign = createSeal('e7'.repeat(32));
