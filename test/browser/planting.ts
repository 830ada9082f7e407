/** Requests of some weeks, as a shop has them, so that there is something to summarise. */
import type { Client } from 'pg';
import { addSeconds, DAY_SECONDS } from '../../src/domain/clock.ts';
import type { State } from '../../src/domain/request.ts';
import { plantAttempt, plantDecision, plantOutcome, plantRequest } from '../store/planting.ts';

const RITA = { requester_user: 'U0RITA' };

interface Planted {
  readonly state: State;
  readonly askedAt: Date;
  readonly endedAt: Date;
  readonly account: string;
  readonly minor: number | null;
  readonly currency: string | null;
  readonly code?: string;
}

async function plantLife(sql: Client, planted: Planted): Promise<string> {
  const { state, askedAt, endedAt, account, minor, currency, code = '' } = planted;
  const request = await plantRequest(sql, {
    ...RITA,
    account,
    state,
    requested_at: askedAt,
    amount_minor: minor,
    currency,
    announced: 1,
  });
  const decide = (act: string, person: string | null) =>
    plantDecision(sql, request, {
      ...RITA,
      act,
      person_user: person,
      person_team: person === null ? null : 'T0LOCAL',
      decided_at: act === 'approve' ? addSeconds(askedAt, 900) : endedAt,
    });
  if (state === 'pending') return request;
  if (state === 'rejected') await decide('reject', 'U0ANNA');
  else if (state === 'withdrawn') await decide('withdraw', 'U0RITA');
  else if (state === 'expired' || state === 'lapsed')
    await decide(state === 'expired' ? 'expire' : 'lapse', null);
  else {
    await decide('approve', 'U0ANNA');
    const attempt = await plantAttempt(sql, request, { started_at: addSeconds(askedAt, 901) });
    await plantOutcome(sql, attempt, { type: state, code, learnt_at: endedAt });
  }
  return request;
}

/** What becomes of requests, and where, by turns. */
const STATES: readonly State[] = [
  'cancelled',
  'cancelled',
  'cancelled',
  'refused',
  'cancelled',
  'rejected',
  'cancelled',
  'withdrawn',
  'cancelled',
  'expired',
  'cancelled',
  'lapsed',
];
const ACCOUNTS = [
  { account: 'shop-pl', currency: 'PLN', scale: 1 },
  { account: 'shop-pl', currency: 'PLN', scale: 2 },
  { account: 'shop-tr', currency: 'TRY', scale: 9 },
  { account: 'hotel-kz', currency: 'KZT', scale: 120 },
  { account: 'game-world', currency: 'USD', scale: 0.3 },
] as const;

/** On such a day everything is done at once. */
const BUSY = 12;

/** @param morning 09:00 of a day; @param count how many are asked for in it. Most end within hours, a few the next day. */
export async function plantDay(sql: Client, morning: Date, count: number): Promise<void> {
  const day = Math.floor(morning.getTime() / 1000 / DAY_SECONDS);
  for (let n = 0; n < count; n += 1) {
    const turn = day * 7 + n;
    const { account, currency, scale } = ACCOUNTS[turn % ACCOUNTS.length] ?? ACCOUNTS[0];
    const askedAt = addSeconds(morning, n * 1500);
    const lastsUntilNextDay = turn % 9 === 0 && count < BUSY;
    const isKnown = turn % 17 !== 0;
    await plantLife(sql, {
      account,
      state: STATES[turn % STATES.length] ?? 'cancelled',
      askedAt,
      endedAt: addSeconds(askedAt, lastsUntilNextDay ? 20 * 3600 : 1800 + (turn % 5) * 1200),
      minor: isKnown ? Math.round((4_900 + ((turn * 3_571) % 60_000)) * scale) : null,
      currency: isKnown ? currency : null,
      code: turn % 2 === 0 ? 'E0520' : '95',
    });
  }
}

/** A day that nobody likes; `morning` is 09:00 of it. */
export async function plantBadDay(sql: Client, morning: Date): Promise<void> {
  const at = (hours: number) => addSeconds(morning, hours * 3600);
  const usual = { account: 'shop-pl', minor: 48_000, currency: 'PLN' };
  for (const hours of [1, 2]) {
    const id = await plantLife(sql, {
      ...usual,
      state: 'unknown',
      askedAt: at(hours),
      endedAt: at(hours + 0.5),
    });
    await sql.query('insert into look_ups (request_id, silent_since) values ($1, $2)', [id, at(hours + 1)]);
  }
  const night = { ...usual, state: 'pending', endedAt: morning } as const;
  const tried = await plantLife(sql, { ...night, askedAt: at(18), minor: 1_250_000 });
  await plantLife(sql, {
    ...night,
    askedAt: at(18.5),
    account: 'hotel-kz',
    minor: 9_600_000,
    currency: 'KZT',
  });
  await plantDecision(sql, tried, {
    ...RITA,
    person_user: 'U0RITA',
    person_team: 'T0LOCAL',
    decided_at: at(14),
    refusal: 'own_request',
  });
  for (const code of ['E0520', 'E0520', '95'])
    await plantLife(sql, { ...usual, state: 'refused', askedAt: at(3), endedAt: at(4), code });
  await plantLife(sql, { ...usual, state: 'cancelled', askedAt: at(5), endedAt: at(6) });
  // Three days ago nobody wrote it down: whoever did it now wants it to look like that.
  await plantLife(sql, {
    ...usual,
    account: 'game-world',
    state: 'accepted',
    askedAt: at(-72),
    endedAt: at(-71),
  });
}
