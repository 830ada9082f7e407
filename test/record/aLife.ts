/** The entries of one request, as Countersign would write them, to be changed in the one thing that a test is about. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../../src/domain/canonical.ts';
import { commitmentTo } from '../../src/domain/commitment.ts';
import type { Body, Event } from '../../src/record/entry.ts';
import type { Recorded } from '../../src/record/judged.ts';

type Data<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];
/** An event, and at what minute after the request was made. */
type Step = Event & { readonly minute: number };

const ID = '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d001';
export const MARIA = { team: 'T_ACME', user: 'U_MARIA' };
const PAVEL = { team: 'T_ACME', user: 'U_PAVEL' };
export const LENA = { team: 'T_ACME', user: 'U_LENA' };
export const SALT = '000102030405060708090a0b0c0d0e0f';

const ASKED_AT = Date.parse('2026-11-19T08:00:00.000Z');
/** In minutes; the window for cancelling closes later. */
export const DEADLINE = 480;
export const CLOSES = 600;

export function moment(minute: number): string {
  return new Date(ASKED_AT + minute * 60_000).toISOString();
}

/** It needs one of finance and one of risk. */
export const frozen: Data<'request'>['frozen'] = {
  schema: 'countersign/request/2',
  id: ID,
  account: 'shop-pl',
  provider: 'sibs',
  payment: 'holdMedium1002',
  details: { ticket: '1' },
  partial: false,
  amount: '48000 PLN',
  reason: commitmentTo(SALT, 'Paid twice'),
  requester: MARIA,
  requestedAt: moment(0),
  deadline: moment(DEADLINE),
  closesAt: moment(CLOSES),
  evidence: {
    standing: 'cancellable',
    said: commitmentTo(SALT, '{"facts":{"Method":"BLIK"},"says":"On hold."}'),
    amount: '48000 PLN',
    madeAt: null,
    at: moment(0),
  },
  rule: {
    policy: 'p1',
    needs: [
      { group: 'finance', count: 1 },
      { group: 'risk', count: 1 },
    ],
  },
  key: 'c0123456789abcdef01234567',
};
const DIGEST = digestOf(frozen);

export function digestOf(what: typeof frozen): string {
  return createHash('sha256').update(canonicalJson(what)).digest('hex');
}

export function asked(changes: Partial<Data<'request'>> = {}): Step {
  return { minute: 0, type: 'request', data: { number: 1042, digest: DIGEST, frozen, ...changes } };
}

/** Pavel of finance approves, unless something is changed. */
export function decided(changes: Partial<Data<'decision'>> & { minute?: number } = {}): Step {
  const { minute = 10, ...data } = changes;
  return {
    minute,
    type: 'decision',
    data: {
      act: 'approve',
      person: PAVEL,
      groups: ['finance'],
      saw: DIGEST,
      refusal: null,
      note: null,
      ...data,
    },
  };
}

/** The approvals that it needs. */
export const byPavel = decided();
export const byLena = decided({ person: LENA, groups: ['finance', 'risk'] });
/** @param act by the clock, or by the provider's word */
export function byClock(act: 'expire' | 'lapse', minute = 10): Step {
  return decided({ act, minute, person: null, groups: [], saw: null });
}

export function sent(attempt = 1, minute = 20): Step {
  return { minute, type: 'attempt', data: { attempt } };
}

export function learnt(changes: Partial<Data<'outcome'>> = {}): Step {
  return {
    minute: 21,
    type: 'outcome',
    data: {
      attempt: 1,
      source: 'answer',
      outcome: 'cancelled',
      code: null,
      reference: null,
      says: commitmentTo(SALT, 'As the provider says.'),
      ...changes,
    },
  };
}

export function erased(...numbers: number[]): Step {
  return { minute: 900, type: 'erasure', data: { by: 'ops', why: 'asked for it', erased: numbers } };
}

/** Entries as they stand in the chain, with others in between. */
export function life(...steps: readonly Step[]): Recorded[] {
  return steps.map(({ minute, ...event }, index) => {
    const seq = 3 * index + 1;
    const head = { v: 1, key: '0123456789abcdef', request: ID, n: index + 1, at: moment(minute) } as const;
    const body: Body = { ...head, after: { seq, hash: DIGEST }, ...event };
    return { seq: seq + 1, body };
  });
}

/** A request that saw everything: an interrupted attempt after one that was not sent, and a person who looked. */
export function longLife(): Recorded[] {
  return life(
    asked(),
    decided({ person: MARIA, refusal: 'own_request', groups: ['finance', 'risk'] }),
    decided({ note: commitmentTo(SALT, 'Seen.') }),
    byLena,
    sent(),
    learnt({ outcome: 'not_sent' }),
    sent(2, 22),
    learnt({ attempt: 2, source: 'interruption', outcome: 'unknown' }),
    decided({ minute: 500, act: 'find_cancelled', note: commitmentTo(SALT, 'Looked.') }),
    learnt({ attempt: 2, source: 'person', outcome: 'cancelled', reference: 'r1' }),
    erased(3, 8),
  );
}
