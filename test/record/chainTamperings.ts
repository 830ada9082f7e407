/** Tamperings with the chain and its heads, by someone who may do anything in PostgreSQL and has no key. */
import { foreign, relink, renumber, rewrite } from './superuser.ts';
import type { Tampering } from './tampering.ts';

const eve = (body: string) => body.replace('U_PAVEL', 'U_EVE');

export const chainTamperings: readonly Tampering[] = [
  {
    done: 'the person in an approval is changed in the chain',
    act: (sql) => sql.query(`update chain set body = replace(body, 'U_PAVEL', 'U_EVE') where seq = 4`),
    says: 'entry 4 (C-1001, decision 3): its body was changed: the MAC does not fit',
  },
  {
    done: 'the same, and every later hash computed anew',
    async act(sql) {
      await sql.query(`update chain set body = replace(body, 'U_PAVEL', 'U_EVE') where seq = 4`);
      await relink(sql, 4);
    },
    says: 'entry 4 (C-1001, decision 3): its body was changed: the MAC does not fit',
  },
  {
    done: 'the same, in the table too, and the heads taken out',
    async act(sql) {
      await sql.query(`update chain set body = replace(body, 'U_PAVEL', 'U_EVE') where seq = 4`);
      await sql.query(
        `update decisions set person_user = 'U_EVE' where person_user = 'U_PAVEL' and entry = 3`,
      );
      await relink(sql, 4);
      await sql.query('delete from heads');
    },
    says: 'entry 4 (C-1001, decision 3): its body was changed: the MAC does not fit',
  },
  {
    done: 'a MAC copied from another entry',
    async act(sql) {
      await sql.query('update chain set mac = (select mac from chain where seq = 9) where seq = 10');
      await relink(sql, 10);
    },
    says: 'entry 10 (C-1002, decision 3): its body was changed: the MAC does not fit',
  },
  {
    done: 'the hash of an entry changed',
    act: (sql) => sql.query('update chain set hash = sha256(hash) where seq = 10'),
    says: 'entry 10 (C-1002, decision 3): its hash was changed: it does not fit the body',
  },
  {
    done: 'two entries swapped',
    act: (sql) =>
      sql
        .query('update chain set seq = case seq when 9 then -10 else -9 end where seq in (9, 10)')
        .then(() => sql.query('update chain set seq = -seq where seq < 0')),
    says: 'entry 9 (C-1002, decision 3): it does not link to the entry before it: something was taken out, put in or moved',
  },
  {
    done: 'two entries swapped, and every later hash computed anew',
    async act(sql) {
      await sql.query('update chain set seq = case seq when 9 then -10 else -9 end where seq in (9, 10)');
      await sql.query('update chain set seq = -seq where seq < 0');
      await relink(sql, 9);
    },
    says: 'entry 9 (C-1002, decision 3): its body comes after an entry 9: something before it was taken out',
  },
  {
    done: 'an entry deleted in the middle',
    act: (sql) => sql.query('delete from chain where seq = 10'),
    says: 'entry 10: it is missing',
  },
  {
    done: 'an entry and its row deleted in the middle, the rest renumbered and linked anew, the heads taken out',
    async act(sql) {
      await sql.query(
        'delete from decisions where (request_id, entry) = (select request_id, n from chain where seq = 17)',
      );
      await sql.query('delete from chain where seq = 17');
      await renumber(sql, 17);
      await sql.query('delete from heads');
    },
    says: 'entry 17 (C-1004, request 1): its body comes after an entry 17: something before it was taken out',
  },
  {
    done: 'an old approval put in once more, in the past, and linked',
    async act(sql) {
      await sql.query('update chain set seq = -seq where seq > 10');
      await sql.query(
        'insert into chain select 11, request_id, n, body, mac, prev, hash from chain where seq = 9',
      );
      await sql.query('update chain set seq = 1 - seq where seq < 0');
      await relink(sql, 11);
    },
    says: 'entry 11 (C-1002, decision 2): it has the number of another entry of its request: it was put in',
  },
  {
    done: 'an entry moved to another request',
    async act(sql) {
      await sql.query(
        'update chain set request_id = (select request_id from chain where seq = 22), n = 3 where seq = 4',
      );
    },
    says: 'entry 4 (C-1005, decision 3): it was moved: its body names another request or another number',
  },
  {
    done: 'the tail of the chain cut off',
    act: (sql) => sql.query('delete from chain where seq > 21'),
    says: 'head of entry 28, signed 2026-11-20 10:01 UTC: the chain was cut: it ends with entry 21',
  },
  {
    done: 'the tail cut off, with its heads',
    act: (sql) =>
      sql.query('delete from chain where seq > 21').then(() => sql.query('delete from heads where seq > 21')),
    says: 'row shop-pl notice-1 of notices: it has no entry',
    withSlack:
      'head of entry 28, posted in Slack 2026-11-20 10:01 UTC: the chain was cut: it ends with entry 21',
  },
  {
    done: 'the tail cut off, with its heads and all its rows',
    async act(sql) {
      await sql.query(
        'delete from decisions where request_id = (select request_id from chain where seq = 22)',
      );
      await sql.query('delete from requests where id = (select request_id from chain where seq = 22)');
      await sql.query('delete from notices');
      await sql.query('delete from lifts');
      await sql.query('delete from freezes');
      await sql.query('delete from chain where seq > 21');
      await sql.query('delete from heads where seq > 21');
    },
    says: null,
    withSlack:
      'head of entry 28, posted in Slack 2026-11-20 10:01 UTC: the chain was cut: it ends with entry 21',
  },
  {
    done: '`truncate chain`',
    act: (sql) => sql.query('truncate chain'),
    says: 'head of entry 7, signed 2026-11-20 08:00 UTC: the chain is empty',
  },
  {
    done: '`truncate chain, heads`',
    act: (sql) => sql.query('truncate chain, heads'),
    says: 'row shop-pl notice-1 of notices: it has no entry',
    withSlack: 'head of entry 7, posted in Slack 2026-11-20 08:00 UTC: the chain is empty',
  },
  {
    done: 'every table emptied',
    act: (sql) =>
      sql.query(
        'truncate chain, heads, requests, decisions, attempts, outcomes, notices, freezes, lifts, summaries, sign_offs cascade',
      ),
    says: null,
    withSlack: 'head of entry 7, posted in Slack 2026-11-20 08:00 UTC: the chain is empty',
  },
  {
    done: 'all from an entry on forged anew with another key, and the heads taken out',
    async act(sql) {
      const { rows } = await sql.query<{ seq: string }>('select seq from chain where seq >= 19 order by seq');
      for (const { seq } of rows) {
        await rewrite(sql, Number(seq), foreign, (body) =>
          eve(body).replace(/"key":"[0-9a-f]{16}"/, `"key":"${foreign.key}"`),
        );
      }
      await sql.query('delete from heads where seq >= 19');
    },
    says: 'entry 19 (C-1004, decision 2): its MAC is by the key 85e0cff76a195e09, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key',
  },
  {
    done: 'all from an entry on forged anew with another key, in the name of the right one',
    async act(sql) {
      for (let seq = 19; seq <= 28; seq += 1) await rewrite(sql, seq, foreign, eve);
    },
    says: 'entry 19 (C-1004, decision 2): its body was changed: the MAC does not fit',
  },
  {
    done: 'a head forged for a chain that goes on',
    act: (sql) =>
      sql.query(
        `insert into heads (seq, hash, key, signed_at, signature)
         select 99, hash, key, '2026-11-20 11:00+00', signature from heads where seq = 28`,
      ),
    says: 'head of entry 99, signed 2026-11-20 11:00 UTC: its signature does not fit',
  },
  {
    done: 'a head signed with another key',
    async act(sql) {
      const { rows } = await sql.query<{ hash: Buffer }>('select hash from chain where seq = 20');
      const head = foreign.signHead(
        { seq: 20n, hash: rows[0]?.hash ?? Buffer.alloc(32) },
        new Date('2026-11-20T11:00:00Z'),
      );
      await sql.query('insert into heads values ($1, $2, $3, $4, $5)', [
        20,
        head.hash,
        head.key,
        head.signedAt,
        head.signature,
      ]);
    },
    says: 'head of entry 20, signed 2026-11-20 11:00 UTC: it is by the key 85e0cff76a195e09, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key',
  },
];
