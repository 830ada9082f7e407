/** What someone does who may do anything in PostgreSQL and has the key, too: the chain fits, the law does not. */
import { createSeal } from '../../src/record/keys.ts';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { SECRET } from '../fakes/processes.ts';
import { append, foreign, idOf, rewrite } from './superuser.ts';
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
    says: 'entry 25 (C-1005, decision 3): it counts, though the person decided on their own request',
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
    says: 'entry 25 (C-1005, attempt 3): it was sent without the approvals that the rule asks for',
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
    done: 'something hidden in a body',
    act: (sql) => rewrite(sql, 24, seal, (body) => body.replace('{', '{ ')),
    says: 'entry 24 (unreadable 3): its body is nothing that belongs into the record',
  },
  {
    done: 'a key introduced by one that is not yours',
    act: (sql) =>
      append(sql, NO_REQUEST, foreign, { type: 'key', data: { id: foreign.key, public: foreign.publicKey } }),
    says: 'entry 25 (key 4): its MAC is by the key 85e0cff76a195e09, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key',
  },
  {
    done: 'a key introduced that is not the one which made the entry',
    act: (sql) =>
      append(sql, NO_REQUEST, seal, { type: 'key', data: { id: foreign.key, public: foreign.publicKey } }),
    says: 'entry 25 (key 4): it introduces another key than the one that made it',
  },
  {
    done: 'the last entry forged anew in both with the key, and its head signed anew',
    async act(sql) {
      await rewrite(sql, 24, seal, (body) => body.replace('"tx9"', '"tx8"'));
      await sql.query(`update notices set payment = 'tx8'`);
      const { rows } = await sql.query<{ hash: Buffer; signed_at: Date }>(
        'select c.hash, h.signed_at from chain c join heads h using (seq) where seq = 24',
      );
      const [head] = rows;
      if (head === undefined) throw new Error('there is no such head');
      const { signature } = seal.signHead({ seq: 24n, hash: head.hash }, head.signed_at);
      await sql.query('update heads set hash = $1, signature = $2 where seq = 24', [head.hash, signature]);
    },
    says: null,
    withSlack:
      'head of entry 24, posted in Slack 2026-11-20 10:01 UTC: that entry has another hash now: the chain was made anew',
  },
  {
    done: 'nothing, but the key was rotated and the old one is not given',
    act: async () => undefined,
    key: 'd6'.repeat(32),
    says: 'entry 1 (key 1): its MAC is by the key cb57c0c33189705f, which is not yours: it is forged, or COUNTERSIGN_RECORD_OLD_KEYS lacks that key',
  },
];
