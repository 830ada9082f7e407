/** A record in memory, written entry by entry: what the database would give an export. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../src/domain/canonical.ts';
import { commitmentTo } from '../../src/domain/commitment.ts';
import { type Body, type Event, GENESIS, hashOf, NO_REQUEST } from '../../src/record/entry.ts';
import type { ChainRow, Scope, Snapshot } from '../../src/export/export.ts';
import { createSeal, type SignedHead } from '../../src/record/keys.ts';

type Data<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];
type Text = ChainRow['texts'][number];

export const SEAL = createSeal('5e'.repeat(32));
export const EVERYTHING: Scope = { since: null, until: null, zone: 'UTC', accounts: [] };

interface Asked {
  readonly reason?: string;
  readonly account?: string;
  readonly needs?: { group: string; count: number }[];
  readonly bulk?: string;
  readonly at?: Date;
}

const NINE = Date.parse('2026-11-20T09:00:00.000Z');

export class ARecord {
  readonly rows: ChainRow[] = [];
  readonly heads: SignedHead[] = [];
  readonly #digests = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #lines = new Map<string, readonly string[]>();
  seal = SEAL;

  constructor() {
    this.enter(NO_REQUEST, { type: 'key', data: { id: SEAL.key, public: SEAL.publicKey } });
  }

  /** An entry a minute, unless it is told when. */
  enter(request: string, event: Event, texts: readonly Text[] = [], at = this.#now()): void {
    const last = this.rows.at(-1);
    const n = (this.#counts.get(request) ?? 0) + 1;
    this.#counts.set(request, n);
    const after = last === undefined ? null : { seq: last.seq, hash: last.hash };
    const body: Body = { v: 1, key: this.seal.key, request, n, after, at, ...event };
    this.append(request, n, canonicalJson(body), texts);
  }

  #now(): string {
    return new Date(NINE + this.rows.length * 60_000).toISOString();
  }

  /** Leaves a number out. */
  skip(request: string): void {
    this.#counts.set(request, (this.#counts.get(request) ?? 0) + 1);
  }

  append(request: string, n: number, body: string, texts: readonly Text[] = []): void {
    const last = this.rows.at(-1);
    const prev = last === undefined ? GENESIS : Buffer.from(last.hash, 'hex');
    const mac = this.seal.mac(body);
    this.rows.push({
      seq: this.rows.length + 1,
      request,
      n,
      body,
      mac: mac.toString('hex'),
      prev: prev.toString('hex'),
      hash: hashOf(prev, mac, body).toString('hex'),
      opening:
        n === 1 ? body : (this.rows.find((row) => row.request === request && row.n === 1)?.body ?? null),
      leads: n === 1,
      state: 'pending',
      texts,
    });
  }

  /** Maria asks. */
  ask(asked: Asked = {}): string {
    const { request, data, texts } = this.#freeze(asked);
    this.enter(request, { type: 'request', data }, texts);
    return request;
  }

  /** Maria asks for several in one. @param lines what is different in each. @param tamper what is listed instead. */
  askInBulk(
    lines: readonly Asked[],
    tamper: (frozen: Data<'bulk'>['frozen']) => Data<'bulk'>['frozen'] = (frozen) => frozen,
  ): string {
    const bulk = randomUUID();
    const at = new Date(NINE + this.rows.length * 60_000);
    const made = lines.map((line) => this.#freeze({ ...line, bulk, at }));
    const first = made[0]?.data.frozen;
    if (first === undefined) throw new Error('a bulk has lines');
    const frozen = tamper({
      schema: 'countersign/bulk/1',
      id: bulk,
      account: 'shop-pl',
      requester: { team: 'T_HOME', user: 'U_MARIA' },
      requestedAt: at.toISOString(),
      deadline: first.deadline,
      rule: { policy: 'p1', needs: [{ group: 'finance', count: 1 }] },
      lines: made.map(({ data }) => data.digest),
    });
    const digest = createHash('sha256').update(canonicalJson(frozen)).digest('hex');
    this.#digests.set(bulk, digest);
    this.enter(bulk, { type: 'bulk', data: { number: 1001, digest, frozen } });
    for (const { request, data, texts } of made) this.enter(request, { type: 'request', data }, texts);
    this.#lines.set(
      bulk,
      made.map(({ request }) => request),
    );
    return bulk;
  }

  linesOf(bulk: string): readonly string[] {
    return this.#lines.get(bulk) ?? [];
  }

  /** Pavel of finance approves a bulk, and so each of its lines. */
  approveBulk(bulk: string, changes: Pick<Partial<Data<'bulk_act'>>, 'person' | 'groups'> = {}): void {
    const at = this.#now();
    this.actOnBulk(bulk, changes, at);
    for (const line of this.linesOf(bulk)) this.decide(line, changes, null, at);
  }

  /** Pavel of finance approves all of it; of the lines it says nothing. */
  actOnBulk(bulk: string, changes: Partial<Data<'bulk_act'>> = {}, at = this.#now()): void {
    const data: Data<'bulk_act'> = {
      act: 'approve',
      person: { team: 'T_HOME', user: 'U_PAVEL' },
      groups: ['finance'],
      saw: this.#digests.get(bulk) ?? null,
      why: null,
      refusal: null,
      ...changes,
    };
    this.enter(bulk, { type: 'bulk_act', data }, [], at);
  }

  #freeze({
    reason = 'Paid twice',
    account = 'shop-pl',
    needs = [{ group: 'finance', count: 1 }],
    bulk,
    at = new Date(NINE + this.rows.length * 60_000),
  }: Asked) {
    const request = randomUUID();
    const salt = randomBytes(16).toString('hex');
    const said = canonicalJson({ facts: { Method: 'BLIK' }, says: 'On hold, not captured yet.' });
    const frozen: Data<'request'>['frozen'] = {
      schema: 'countersign/request/2',
      id: request,
      account,
      provider: 'sibs',
      payment: 'holdMedium1002',
      details: {},
      partial: false,
      amount: '48000 PLN',
      reason: commitmentTo(salt, reason),
      ...(bulk === undefined ? {} : { bulk }),
      requester: { team: 'T_HOME', user: 'U_MARIA' },
      requestedAt: at.toISOString(),
      deadline: new Date(at.getTime() + 8 * 3_600_000).toISOString(),
      closesAt: null,
      evidence: {
        standing: 'cancellable',
        said: commitmentTo(salt, said),
        amount: null,
        madeAt: null,
        at: at.toISOString(),
      },
      rule: { policy: 'p1', needs },
      key: 'c1',
    };
    const digest = createHash('sha256').update(canonicalJson(frozen)).digest('hex');
    this.#digests.set(request, digest);
    const texts = [
      { field: 'reason', salt, text: reason },
      { field: 'said', salt, text: said },
    ];
    return { request, data: { number: 1000 + this.#digests.size, digest, frozen }, texts };
  }

  /** Pavel of finance approves what he saw. */
  decide(
    request: string,
    changes: Partial<Data<'decision'>> = {},
    note: string | null = null,
    at = this.#now(),
  ): void {
    const salt = randomBytes(16).toString('hex');
    const data: Data<'decision'> = {
      act: 'approve',
      person: { team: 'T_HOME', user: 'U_PAVEL' },
      groups: ['finance'],
      saw: this.#digests.get(request) ?? null,
      refusal: null,
      note: note === null ? null : commitmentTo(salt, note),
      ...changes,
    };
    const texts = note === null ? [] : [{ field: 'note', salt, text: note }];
    this.enter(request, { type: 'decision', data }, texts, at);
  }

  attempt(request: string, attempt = 1): void {
    this.enter(request, { type: 'attempt', data: { attempt } });
  }

  learn(request: string, outcome: Data<'outcome'>['outcome'], says = 'Cancelled.', attempt = 1): void {
    const salt = randomBytes(16).toString('hex');
    const known = { attempt, source: 'answer', outcome, code: null, reference: null } as const;
    this.enter(request, { type: 'outcome', data: { ...known, says: commitmentTo(salt, says) } }, [
      { field: 'says', salt, text: says },
    ]);
  }

  /** The whole of a cancellation: entries 1 to 4 of a request. */
  cancel(options: Parameters<ARecord['ask']>[0] = {}): string {
    const request = this.ask(options);
    this.decide(request, {}, 'Seen with support');
    this.attempt(request);
    this.learn(request, 'cancelled');
    return request;
  }

  /** Tom freezes everything. */
  freeze(changes: Partial<Data<'freeze'>> = {}, reason = 'Suspicious night'): void {
    const salt = randomBytes(16).toString('hex');
    const data: Data<'freeze'> = {
      freeze: 1,
      scope: 'all',
      account: null,
      users: [],
      person: { team: 'T_HOME', user: 'U_TOM' },
      groups: ['finance'],
      refusal: null,
      reason: commitmentTo(salt, reason),
      ...changes,
    };
    this.enter(NO_REQUEST, { type: 'freeze', data }, [{ field: 'reason', salt, text: reason }]);
  }

  agreeToLift(user: string, changes: Partial<Data<'lift'>> = {}): void {
    const data = { freeze: 1, person: { team: 'T_HOME', user }, groups: ['finance'], refusal: null };
    this.enter(NO_REQUEST, { type: 'lift', data: { ...data, ...changes } });
  }

  /** The summary of a day, with no figures to speak of. */
  summarise(date = '2026-11-18'): void {
    this.enter(NO_REQUEST, { type: 'summary', data: { channel: 'C_FINANCE', date, figures: {} } });
  }

  /** Lena signs it off. */
  signOff(changes: Partial<Data<'sign_off'>> = {}): void {
    const data: Data<'sign_off'> = {
      channel: 'C_FINANCE',
      date: '2026-11-18',
      person: { team: 'T_HOME', user: 'U_LENA' },
      groups: ['finance'],
      refusal: null,
      ...changes,
    };
    this.enter(NO_REQUEST, { type: 'sign_off', data });
  }

  sign(): void {
    const last = this.rows.at(-1);
    if (last === undefined) throw new Error('nothing to sign');
    const head = { seq: BigInt(last.seq), hash: Buffer.from(last.hash, 'hex') };
    this.heads.push(this.seal.signHead(head, new Date(NINE + this.rows.length * 60_000)));
  }

  /** From an entry on, as a range of dates would have it. */
  snapshot(first = 1, last = this.rows.length): Snapshot {
    const { heads } = this;
    const rows = this.rows.filter(({ seq }) => seq >= first && seq <= last);
    return {
      selectRange: async () => (rows.length === 0 ? undefined : { first, last }),
      hasAccount: async (account) => account.startsWith('shop-'),
      selectKeys: async () => ({ [SEAL.key]: SEAL.publicKey }),
      async *readEntries() {
        const seen = new Set<string>();
        for (const row of rows) {
          yield [{ ...row, leads: !seen.has(row.request) }];
          seen.add(row.request);
        }
      },
      async *readHeads(from, to) {
        yield heads.filter(({ seq }) => seq >= BigInt(from) && (to === null || seq <= BigInt(to)));
      },
    };
  }
}

/** Two cancellations, each under a signed head. */
export function aDay(): ARecord {
  const record = new ARecord();
  record.cancel();
  record.sign();
  record.cancel({ reason: 'Żółć 🙂, "twice"\u2028\r\n' });
  record.sign();
  return record;
}
