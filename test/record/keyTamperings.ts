/** What someone does who may do anything in PostgreSQL and has the key, too: the chain fits, the law does not. */
import { createSeal } from '../../src/record/keys.ts';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { SECRET } from '../fakes/processes.ts';
import { append, foreign, idOf, relink, rewrite } from './superuser.ts';
import type { Tampering } from './tampering.ts';

const seal = createSeal(SECRET);
const maria = { team: 'T_HOME', user: 'U_MARIA' };

export const keyTamperings: readonly Tampering[] = [
  {
    done: 'a self-approval planted in the chain and in the table',
    async act(sql) {
      const request = await idOf(sql, 1005);
      const { rows } = await sql.query<{ digest: string }>('select digest from requests where id = $1', [
        request,
      ]);
      const saw = rows[0]?.digest ?? '';
      const n = await append(sql, request, seal, {
        type: 'decision',
        data: { act: 'approve', person: maria, groups: ['finance'], saw, refusal: null, note: null },
      });
      await sql.query(
        `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
         values ($1, 'U_MARIA', 'approve', 'T_HOME', 'U_MARIA', '{finance}', $2, '2026-11-20 10:05+00', '', $3)`,
        [request, saw, n],
      );
      await sql.query(`update requests set state = 'approved' where id = $1`, [request]);
    },
    says: 'entry 29 (C-1005, decision 3): it counts, though the person decided on their own request',
  },
  {
    done: 'an attempt planted in both before the second approval',
    async act(sql) {
      const request = await idOf(sql, 1005);
      const n = await append(sql, request, seal, { type: 'attempt', data: { attempt: 1 } });
      await sql.query(
        `insert into attempts (request_id, n, started_at, entry) values ($1, 1, '2026-11-20 10:05+00', $2)`,
        [request, n],
      );
      await sql.query(`update requests set state = 'sending' where id = $1`, [request]);
    },
    says: 'entry 29 (C-1005, attempt 3): it was sent without the approvals that the rule asks for',
  },
  {
    done: 'a second approval planted in both while the first person is frozen',
    async act(sql) {
      const request = await idOf(sql, 1005);
      const { rows } = await sql.query<{ digest: string }>('select digest from requests where id = $1', [
        request,
      ]);
      const saw = rows[0]?.digest ?? '';
      const person = { team: 'T_HOME', user: 'U_LENA' };
      const n = await append(sql, request, seal, {
        type: 'decision',
        data: { act: 'approve', person, groups: ['finance'], saw, refusal: null, note: null },
      });
      await sql.query(
        `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
         values ($1, 'U_MARIA', 'approve', 'T_HOME', 'U_LENA', '{finance}', $2, '2026-11-20 10:05+00', '', $3)`,
        [request, saw, n],
      );
      await sql.query(`update requests set state = 'approved' where id = $1`, [request]);
    },
    says: 'entry 29 (C-1005, decision 3): it counts, though a freeze stood against it',
  },
  {
    done: 'a freeze lifted in both by one person, twice',
    async act(sql) {
      for (const id of [3, 4]) {
        const entry = await append(sql, NO_REQUEST, seal, {
          type: 'lift',
          data: { freeze: 2, person: maria, groups: ['finance'], refusal: null },
        });
        await sql.query(
          `insert into lifts (id, freeze_number, person_team, person_user, groups, agreed_at, entry)
           overriding system value values ($1, 2, 'T_HOME', 'U_MARIA', '{finance}', '2026-11-20 10:05+00', $2)`,
          [id, entry],
        );
      }
    },
    says: 'entry 30 (lift 9): it counts, though the same person agreed before',
  },
  {
    done: 'a rule loosened in both, with the digest left',
    async act(sql) {
      await rewrite(sql, 8, seal, (body) => body.replace('"count":2', '"count":1'));
      await sql.query(
        `update requests set rule = jsonb_set(rule, '{needs,0,count}', '1') where number = 1002`,
      );
    },
    says: 'entry 8 (C-1002, request 1): its digest does not fit what it freezes',
  },
  {
    done: 'a refusal taken from a self-approval in both',
    async act(sql) {
      await rewrite(sql, 3, seal, (body) => body.replace('"own_request"', 'null'));
      await sql.query(`update decisions set refusal = null where person_user = 'U_MARIA'`);
    },
    says: 'entry 3 (C-1001, decision 2): it counts, though the person decided on their own request',
  },
  {
    done: 'a refused try put in in the past in both, the rest linked anew, the heads taken out',
    async act(sql) {
      const request = await idOf(sql, 1003);
      await sql.query('update chain set seq = -seq where seq > 17');
      const n = await append(sql, request, seal, {
        type: 'decision',
        data: {
          act: 'withdraw',
          person: maria,
          groups: [],
          saw: null,
          refusal: 'already_decided',
          note: null,
        },
      });
      await sql.query('update chain set seq = 1 - seq where seq < 0');
      await relink(sql, 19);
      await sql.query('delete from heads');
      await sql.query(
        `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, decided_at, salt, entry, refusal)
         values ($1, 'U_MARIA', 'withdraw', 'T_HOME', 'U_MARIA', '{}', '2026-11-20 10:05+00', '', $2, 'already_decided')`,
        [request, n],
      );
    },
    says: 'entry 20 (C-1004, decision 2): its body comes after another entry 18 than there is now: that was changed, moved or taken out',
  },
  {
    done: 'two approvals made to change places in both',
    async act(sql) {
      await sql.query('update chain set n = 5 - n where seq in (9, 10)');
      await rewrite(sql, 9, seal, (body) => body.replace('"n":2', '"n":3'));
      await rewrite(sql, 10, seal, (body) => body.replace('"n":3', '"n":2'));
      await sql.query(
        `update decisions set entry = 5 - entry where request_id = (select request_id from chain where seq = 9)`,
      );
    },
    says: 'entry 9 (C-1002, decision 3): it stands before one that was made earlier',
  },
  {
    done: 'an approval given a later number in both, as if there had been another',
    async act(sql) {
      await sql.query('update chain set n = 3 where seq = 23');
      await rewrite(sql, 23, seal, (body) => body.replace('"n":2', '"n":3'));
      await sql.query(
        `update decisions set entry = 3 where request_id = (select request_id from chain where seq = 23)`,
      );
    },
    says: 'entry 23 (C-1005, decision 3): number 2 of its request is missing',
  },
  {
    done: 'something hidden in a body',
    act: (sql) => rewrite(sql, 24, seal, (body) => body.replace('{', '{ ')),
    says: 'entry 24 (unreadable 3): its body is nothing that belongs into the record',
  },
  {
    done: 'a summary signed off twice in both',
    async act(sql) {
      for (const id of [1, 2]) {
        const of = { channel: 'C_FINANCE', date: '2026-11-19' };
        const entry = await append(sql, NO_REQUEST, seal, {
          type: 'sign_off',
          data: { ...of, person: maria, groups: ['finance'], refusal: null },
        });
        await sql.query(
          `insert into sign_offs (id, channel, local_date, person_team, person_user, groups, signed_at, entry)
           overriding system value
           values ($1, 'C_FINANCE', '2026-11-19', 'T_HOME', 'U_MARIA', '{finance}', '2026-11-20 10:05+00', $2)`,
          [id, entry],
        );
      }
    },
    says: 'entry 30 (sign_off 9): it counts, though the summary was signed off before',
  },
  {
    done: 'a key introduced by one that is not yours',
    act: (sql) =>
      append(sql, NO_REQUEST, foreign, { type: 'key', data: { id: foreign.key, public: foreign.publicKey } }),
    says: 'entry 29 (key 8): its MAC is by the key 85e0cff76a195e09, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key',
  },
  {
    done: 'a key introduced that is not the one which made the entry',
    act: (sql) =>
      append(sql, NO_REQUEST, seal, { type: 'key', data: { id: foreign.key, public: foreign.publicKey } }),
    says: 'entry 29 (key 8): it introduces another key than the one that made it',
  },
  {
    done: 'the last entry forged anew in both with the key, and its head signed anew',
    async act(sql) {
      await rewrite(sql, 28, seal, (body) => body.replace('"U_PAVEL"', '"U_TOM"'));
      await sql.query(`update freezes set frozen_users = '{U_TOM}' where number = 2`);
      const { rows } = await sql.query<{ hash: Buffer; signed_at: Date }>(
        'select c.hash, h.signed_at from chain c join heads h using (seq) where seq = 28',
      );
      const [head] = rows;
      if (head === undefined) throw new Error('there is no such head');
      const { signature } = seal.signHead({ seq: 28n, hash: head.hash }, head.signed_at);
      await sql.query('update heads set hash = $1, signature = $2 where seq = 28', [head.hash, signature]);
    },
    says: null,
    withSlack:
      'head of entry 28, posted in Slack 2026-11-20 10:01 UTC: that entry has another hash now: the chain was made anew',
  },
  {
    done: 'nothing, but the key was rotated and the old one is not given',
    act: async () => undefined,
    key: 'd6'.repeat(32),
    says: 'entry 1 (key 1): its MAC is by the key cb57c0c33189705f, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key',
  },
];
