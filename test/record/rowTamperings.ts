/** Tamperings with the rows, by someone who may do anything in PostgreSQL and leaves the chain alone. */
import type { Tampering } from './tampering.ts';

const entryOf = (seq: number) => `(request_id, entry) = (select request_id, n from chain where seq = ${seq})`;
const requestOf = (seq: number) => `(select request_id from chain where seq = ${seq})`;

export const rowTamperings: readonly Tampering[] = [
  {
    done: 'another person put into an approval',
    act: (sql) => sql.query(`update decisions set person_user = 'U_EVE' where ${entryOf(10)}`),
    says: 'entry 10 (C-1002, decision 3): row 4 of decisions differs in person',
  },
  {
    done: 'the refusal taken from a self-approval',
    act: (sql) => sql.query(`update decisions set refusal = null where ${entryOf(3)}`),
    says: 'entry 3 (C-1001, decision 2): row 1 of decisions differs in refusal',
  },
  {
    done: 'a note changed',
    act: (sql) => sql.query(`update decisions set note = 'Seen nothing.' where ${entryOf(4)}`),
    says: 'entry 4 (C-1001, decision 3): row 2 of decisions: its note was changed',
  },
  {
    done: 'the time of a decision moved',
    act: (sql) =>
      sql.query(`update decisions set decided_at = decided_at - interval '1 hour' where ${entryOf(17)}`),
    says: 'entry 17 (C-1003, decision 2): row 5 of decisions differs in time',
  },
  {
    done: 'a decision deleted',
    act: (sql) => sql.query(`delete from decisions where ${entryOf(17)}`),
    says: 'entry 17 (C-1003, decision 2): its row in decisions is gone',
  },
  {
    done: '`truncate decisions`',
    act: (sql) => sql.query('truncate decisions'),
    says: 'entry 3 (C-1001, decision 2): its row in decisions is gone',
  },
  {
    done: 'a decision put in without an entry',
    act: (sql) =>
      sql.query(
        `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
         select request_id, requester_user, act, person_team, 'U_LENA', groups, saw, decided_at, salt, 3
         from decisions where ${entryOf(23)}`,
      ),
    says: 'row 8 of decisions (C-1005): it has no entry',
  },
  {
    done: 'a decision put in for the entry of another',
    act: (sql) =>
      sql.query(
        `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
         select request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry
         from decisions where ${entryOf(23)}`,
      ),
    says: "row 8 of decisions (C-1005): entry 23 is already another row's",
  },
  {
    done: 'the state of a pending request set to cancelled',
    act: (sql) => sql.query(`update requests set state = 'cancelled' where id = ${requestOf(22)}`),
    says: 'state in requests (C-1005): it is cancelled, though what was decided and found makes it pending',
  },
  {
    done: 'an amount changed',
    act: (sql) => sql.query(`update requests set amount_minor = 4000 where id = ${requestOf(2)}`),
    says: 'entry 2 (C-1001, request 1): row C-1001 of requests differs in amount',
  },
  {
    done: 'a reason changed',
    act: (sql) => sql.query(`update requests set reason = 'Paid once' where id = ${requestOf(2)}`),
    says: 'entry 2 (C-1001, request 1): row C-1001 of requests: its reason was changed',
  },
  {
    done: 'what the provider said changed',
    act: (sql) =>
      sql.query(
        `update requests set evidence = jsonb_set(evidence, '{says}', '"Captured."') where id = ${requestOf(2)}`,
      ),
    says: 'entry 2 (C-1001, request 1): row C-1001 of requests: its evidence was changed',
  },
  {
    done: 'a digest changed',
    act: (sql) => sql.query(`update requests set digest = repeat('ab', 32) where id = ${requestOf(2)}`),
    says: 'entry 2 (C-1001, request 1): row C-1001 of requests differs in digest',
  },
  {
    done: 'the rule of a request loosened',
    act: (sql) =>
      sql.query(
        `update requests set rule = jsonb_set(rule, '{needs,0,count}', '1') where id = ${requestOf(8)}`,
      ),
    says: 'entry 8 (C-1002, request 1): row C-1002 of requests differs in rule',
  },
  {
    done: 'a request deleted',
    act: (sql) => sql.query(`delete from requests where id = ${requestOf(22)}`),
    says: 'entry 22 (C-1005, request 1): its row in requests is gone',
  },
  {
    done: 'a text and its salt taken out, as if they had been erased',
    act: (sql) => sql.query(`update requests set reason = 'erased', salt = '' where id = ${requestOf(16)}`),
    says: 'entry 16 (C-1003, request 1): row C-1003 of requests: its reason is gone, and no entry says that it was erased',
  },
  {
    done: 'an attempt deleted',
    act: (sql) => sql.query(`delete from attempts where ${entryOf(20)}`),
    says: 'entry 20 (C-1004, attempt 3): its row in attempts is gone',
  },
  {
    done: 'an outcome changed',
    act: (sql) => sql.query(`update outcomes set type = 'cancelled' where ${entryOf(21)}`),
    says: 'entry 21 (C-1004, outcome 4): row 5 of outcomes differs in outcome',
  },
  {
    done: 'an alarm silenced',
    act: (sql) => sql.query('update notices set alarming = false, entry = null'),
    says: 'entry 24 (alarm 3): its row in notices is gone',
  },
  {
    done: 'the figures of a summary changed',
    act: (sql) => sql.query(`update summaries set figures = jsonb_set(figures, '{opened}', '7')`),
    says: 'entry 7 (summary 2): row C_FINANCE 2026-11-19 of summaries differs in figures',
  },
  {
    done: 'a freeze taken out',
    act: (sql) => sql.query('delete from freezes where number = 2'),
    says: 'entry 28 (freeze 7): its row in freezes is gone',
  },
  {
    done: 'a freeze made one of another account',
    act: (sql) => sql.query("update freezes set account = 'shop-xx' where number = 1"),
    says: 'entry 25 (freeze 4): row F-1 of freezes differs in account',
  },
  {
    done: 'the reason of a freeze changed',
    act: (sql) => sql.query("update freezes set reason = 'A quiet night.' where number = 1"),
    says: 'entry 25 (freeze 4): row F-1 of freezes: its reason was changed',
  },
  {
    done: 'a freeze said not to have counted',
    act: (sql) => sql.query("update freezes set refusal = 'frozen', number = null where number = 2"),
    says: 'entry 28 (freeze 7): row 7 of freezes differs in freeze, refusal',
  },
  {
    done: 'a freeze lifted by rows alone',
    act: (sql) =>
      sql.query(
        `insert into lifts (freeze_number, person_team, person_user, groups, agreed_at, entry)
         select 2, 'T_HOME', who, '{finance}', now(), 99 from unnest(array['U_LENA', 'U_TOM']) as who`,
      ),
    says: 'row 3 of lifts: it has no entry',
  },
  {
    done: 'another person put into an agreement to lift',
    act: (sql) => sql.query("update lifts set person_user = 'U_EVE' where id = 1"),
    says: 'entry 26 (lift 5): row 1 of lifts differs in person',
  },
  {
    done: 'a summary signed off by a row alone',
    act: (sql) =>
      sql.query(
        `insert into sign_offs (channel, local_date, person_team, person_user, groups, signed_at, entry)
         values ('C_FINANCE', '2026-11-19', 'T_HOME', 'U_LENA', '{finance}', now(), 99)`,
      ),
    says: 'row 1 of sign_offs: it has no entry',
  },
];
