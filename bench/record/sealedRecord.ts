/** A record of any length with a chain that is valid: sealed by Countersign's own code, written in large steps. */
import type { Client } from 'pg';
import { canonicalJson } from '../../src/domain/canonical.ts';
import { commitmentTo } from '../../src/domain/commitment.ts';
import { describeFrozen, digestOf } from '../../src/domain/digest.ts';
import type { Frozen } from '../../src/domain/request.ts';
import { type Body, type Event, GENESIS, hashOf, NO_REQUEST } from '../../src/record/entry.ts';
import { createSeal } from '../../src/record/keys.ts';
import { newId } from '../../src/usecases/ids.ts';
import { MARIA, ON_HOLD, PAVEL, SECRET } from '../../test/fakes/processes.ts';
import { indexAtOnce } from '../../test/store/plantingAtOnce.ts';

const SEAL = createSeal(SECRET);
const SALT = '0f'.repeat(16);
const SAYS = 'Cancelled.';
const BEGINS = Date.parse('2024-11-20T09:00:00Z');
const ENTRIES_A_HEAD = 20;
const REQUESTS_A_STEP = 2_000;

/** Of each request: it is asked for, approved, sent, and cancelled. */
export async function fillRecord(sql: Client, entries: number): Promise<void> {
  const chain = createChain();
  chain.enter(NO_REQUEST, 1, { type: 'key', data: { id: SEAL.key, public: SEAL.publicKey } });
  await indexAtOnce(sql, ['chain', 'heads', 'requests', 'decisions', 'attempts', 'outcomes'], async () => {
    for (let number = 1001; chain.length() < entries;) {
      for (const end = number + REQUESTS_A_STEP; number < end && chain.length() < entries; number += 1)
        enterLife(chain, number);
      await writeChain(sql, chain.take());
    }
    for (const statement of ROWS) await sql.query(statement);
  });
}

type Chain = ReturnType<typeof createChain>;

function createChain() {
  let seq = 0;
  let hash: Buffer = GENESIS;
  let rows = emptyRows();
  return {
    length: () => seq,
    now: () => new Date(BEGINS + seq * 1000),
    enter(request: string, n: number, event: Event) {
      const after = seq === 0 ? null : { seq, hash: hash.toString('hex') };
      const at = new Date(BEGINS + seq * 1000).toISOString();
      const body: Body = { v: 1, key: SEAL.key, request, n, after, at, ...event };
      const text = canonicalJson(body);
      const mac = SEAL.mac(text);
      const prev = hash;
      hash = hashOf(prev, mac, text);
      seq += 1;
      rows.chain.push([seq, request, n, text, mac, prev, hash]);
      if (seq % ENTRIES_A_HEAD !== 0) return;
      const head = SEAL.signHead({ seq: BigInt(seq), hash }, new Date(at));
      rows.heads.push([seq, hash, head.key, at, head.signature]);
    },
    take() {
      const taken = rows;
      rows = emptyRows();
      return taken;
    },
  };
}

function emptyRows() {
  return { chain: new Array<unknown[]>(), heads: new Array<unknown[]>() };
}

function enterLife(chain: Chain, number: number): void {
  const at = chain.now();
  const id = newId(at);
  const frozen: Frozen = {
    id,
    account: 'shop-pl',
    provider: 'sibs',
    payment: `payment-${number}`,
    details: {},
    partial: false,
    amount: ON_HOLD.amount,
    reason: 'Paid twice',
    ticket: null,
    follows: null,
    bulk: null,
    salt: SALT,
    requester: MARIA,
    requestedAt: at,
    deadline: new Date(at.getTime() + 8 * 3_600_000),
    closesAt: null,
    evidence: ON_HOLD,
    evidenceAt: at,
    rule: { policy: 'p1', needs: [{ group: 'finance', count: 1 }] },
    key: `c${number}`,
  };
  const digest = digestOf(frozen);
  chain.enter(id, 1, { type: 'request', data: { number, digest, frozen: describeFrozen(frozen) } });
  chain.enter(id, 2, {
    type: 'decision',
    data: { act: 'approve', person: PAVEL, groups: ['finance'], saw: digest, refusal: null, note: null },
  });
  chain.enter(id, 3, { type: 'attempt', data: { attempt: 1 } });
  chain.enter(id, 4, {
    type: 'outcome',
    data: { attempt: 1, source: 'answer', outcome: 'cancelled', code: null, reference: 'r1', says: SAID },
  });
}
const SAID = commitmentTo(SALT, SAYS);

function column(rows: readonly unknown[][], n: number): unknown[] {
  return rows.map((row) => row[n]);
}

async function writeChain(sql: Client, { chain, heads }: ReturnType<typeof emptyRows>): Promise<void> {
  await sql.query(
    `insert into chain (seq, request_id, n, body, mac, prev, hash)
     select * from unnest($1::bigint[], $2::uuid[], $3::int[], $4::text[], $5::bytea[], $6::bytea[], $7::bytea[])`,
    [0, 1, 2, 3, 4, 5, 6].map((n) => column(chain, n)),
  );
  await sql.query(
    `insert into heads (seq, hash, key, signed_at, signature)
     select * from unnest($1::bigint[], $2::bytea[], $3::text[], $4::timestamptz[], $5::bytea[])`,
    [0, 1, 2, 3, 4].map((n) => column(heads, n)),
  );
}

/** The rows say what their entries say. */
const ROWS = [
  `insert into requests (id, number, account, provider, payment, details, partial, amount_minor, currency, reason, salt,
     requester_team, requester_user, requested_at, deadline, evidence, evidence_at, rule, key, digest, state, version, announced)
   overriding system value
   select request_id, (data->'number')::bigint, frozen->>'account', frozen->>'provider', frozen->>'payment', frozen->'details', false,
     split_part(frozen->>'amount', ' ', 1)::bigint, split_part(frozen->>'amount', ' ', 2), 'Paid twice', '${SALT}',
     frozen#>>'{requester,team}', frozen#>>'{requester,user}', (frozen->>'requestedAt')::timestamptz, (frozen->>'deadline')::timestamptz,
     '{"standing": "cancellable", "says": "${ON_HOLD.says}", "amount": {"minor": "5000", "currency": "PLN"}, "madeAt": null, "facts": {}}',
     (frozen#>>'{evidence,at}')::timestamptz, frozen->'rule', frozen->>'key', data->>'digest', 'cancelled', 3, 3
   from (select request_id, data, data->'frozen' as frozen from (select request_id, body::jsonb->'data' as data from chain
     where n = 1 and request_id <> '${NO_REQUEST}') bodies) asked`,
  `insert into decisions (request_id, requester_user, act, person_team, person_user, groups, saw, decided_at, salt, entry)
   select request_id, 'U_MARIA', 'approve', 'T_HOME', 'U_PAVEL', '{finance}', body::jsonb#>>'{data,saw}',
     (body::jsonb->>'at')::timestamptz, '', 2 from chain where n = 2`,
  `insert into attempts (id, request_id, n, started_at, entry)
   overriding system value select seq, request_id, 1, (body::jsonb->>'at')::timestamptz, 3 from chain where n = 3`,
  `insert into outcomes (attempt_id, request_id, source, type, reference, says, learnt_at, salt, entry)
   select seq - 1, request_id, 'answer', 'cancelled', 'r1', '${SAYS}', (body::jsonb->>'at')::timestamptz, '${SALT}', 4
   from chain where n = 4`,
];
