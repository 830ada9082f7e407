/** What can happen to bulks, as commands for fast-check: as `commands.ts` does for requests. */
import assert from 'node:assert/strict';
import type { AsyncCommand } from 'fast-check';
import { type Answer, type Bench, type Size, type Strike, struck } from './bench.ts';
import {
  ACCOUNT,
  actOf,
  afterDeciding,
  isFrozen,
  isStopped,
  type KnownBulk,
  type Law,
  person,
  REQUESTER,
} from './known.ts';

type Command = AsyncCommand<Law, Bench>;

/** @param count of lines. Together small ones need two approvals, tiny ones one. */
export function askInBulk(count: number, size: Exclude<Size, 'large'>, strike: Strike | null): Command {
  return {
    check: () => true,
    async run({ bulks }, bench) {
      const payments = Array.from({ length: count }, () => bench.nextPayment(size));
      const { usecases, store } = bench.process;
      const typed = { account: ACCOUNT, list: payments.join('\n'), reason: 'Paid twice' };
      const checked = usecases.checkList(typed);
      assert(checked.ok);
      bench.surroundings.slackAnswers = true;
      bench.gestures.push({ person: REQUESTER, act: 'ask', account: ACCOUNT, payment: typed.list });
      let draft: string | undefined;
      await bench.during(strike, async () => {
        const begun = await usecases.beginDraft(checked.list, person(REQUESTER));
        if (begun.ok) draft = begun.draft;
        await usecases.workOnDraft(draft ?? '');
      });
      // Whatever broke, the job comes back.
      if (draft === undefined) return;
      await usecases.workOnDraft(draft);
      const lines = await store.selectOpenRequests(ACCOUNT, payments);
      assert.equal(lines.length, count, 'a list is asked for as a whole');
      const { id, number, digest, deadline } = await store.selectBulk(lines[0]?.bulk ?? '');
      bulks.push({
        id,
        number,
        digest,
        payment: typed.list,
        needed: size === 'small' ? 2 : 1,
        deadline: deadline.getTime(),
        approvers: [],
        approvedAt: 0,
        states: lines.map(() => 'pending'),
        isHalted: false,
        isStopped: false,
        wasTried: false,
      });
    },
    toString: () => `ask for ${count} ${size} in bulk${struck(strike)}`,
  };
}

/** Holds every line against what the law allows it, and goes on from what the record says. */
export async function observeBulk(
  known: KnownBulk,
  bench: Bench,
  allowed: (state: string) => readonly string[],
): Promise<void> {
  const { store } = bench.process;
  const states = (await store.selectLines(known.id)).map(({ state }) => state);
  for (const [n, state] of states.entries()) {
    const lawful = allowed(known.states[n] ?? '');
    assert(
      lawful.includes(state),
      `line ${n + 1} of B-${known.number} is ${state}, and the law allows ${lawful.join(', ')}`,
    );
  }
  const counted = (await store.selectBulkActs(known.id)).filter(({ refusal }) => refusal === null);
  const approvers = counted.flatMap(({ act, person: by }) =>
    act === 'approve' && by !== null ? [by.user] : [],
  );
  if (approvers.length > known.approvers.length) known.approvedAt = bench.surroundings.now.getTime();
  const isHalted = counted.at(-1)?.act === 'pause';
  Object.assign(known, { states, approvers, isHalted, isStopped: counted.at(-1)?.act === 'stop' });
}

interface How {
  readonly name: string;
  /** Those that it can do something to; others are tried where there are none, and now and then. */
  prefers(known: KnownBulk): boolean;
  act(known: KnownBulk, bench: Bench): Promise<unknown>;
  /** What the law allows a line that was in this state, when nothing breaks. */
  allowed(known: KnownBulk, now: number, law: Law): (state: string) => readonly string[];
  /** Those that are allowed besides when the connection broke. */
  readonly halfway?: (state: string) => readonly string[];
  /** What has to be so besides, when nothing broke. */
  check?(before: KnownBulk, after: KnownBulk, now: number, law: Law): void;
}

/** @param which one of the bulks, as of the requests in `commands.ts`. */
function onBulk(which: number, strike: Strike | null, how: How): Command {
  const { halfway = () => [] } = how;
  return {
    check: ({ bulks }) => bulks.length > 0,
    async run(law, bench) {
      const preferred = law.bulks.filter((one) => how.prefers(one));
      const bulks = preferred.length === 0 || which % 4 === 3 ? law.bulks : preferred;
      const known = bulks.at(-1 - (which % bulks.length));
      if (known === undefined) return;
      const before = { ...known };
      const now = bench.surroundings.now.getTime();
      const allowed = how.allowed(before, now, law);
      const ok = await bench.during(strike, () => how.act(known, bench));
      await observeBulk(known, bench, (state) =>
        ok ? allowed(state) : [...allowed(state), state, ...halfway(state)],
      );
      if (ok) how.check?.(before, known, now, law);
    },
    toString: () => `bulk #${which} ${how.name}${struck(strike)}`,
  };
}

export function decideOnBulk(
  which: number,
  by: { user: string; type: 'approve' | 'reject' | 'withdraw'; slackAnswers: boolean },
  strike: Strike | null,
): Command {
  const { user, type, slackAnswers } = by;
  return onBulk(which, strike, {
    name: `${type} by ${user}${slackAnswers ? '' : ', Slack away'}`,
    prefers: ({ states }) => states.includes('pending'),
    allowed(known, now, law) {
      const next = afterDeciding(law, known, by, now);
      return (state) => [state === 'pending' ? next : state];
    },
    async act({ id, digest, payment, number }, bench) {
      bench.surroundings.slackAnswers = slackAnswers;
      bench.gestures.push({ person: user, act: type, account: ACCOUNT, payment });
      const { verdict } = await bench.process.usecases.decideOnBulk(id, actOf(type, digest), person(user));
      bench.told.push({ name: `B-${number}`, person: user, acts: [type], counted: verdict.counts });
    },
  });
}

export function steerBulk(
  which: number,
  user: string,
  type: 'go_on' | 'stop',
  strike: Strike | null,
): Command {
  const isOwn = user === REQUESTER;
  return onBulk(which, strike, {
    name: `${type} by ${user}`,
    prefers: ({ isHalted, states }) => isHalted && states.some(isUnderWay),
    allowed(known, _now, law) {
      const isOpen = !known.states.includes('pending') && known.states.some((state) => isUnderWay(state));
      const counts = type === 'stop' && isOpen && !known.isStopped && (isOwn || !isFrozen(law, user));
      return (state) => [counts && state === 'approved' ? 'lapsed' : state];
    },
    async act({ id, digest, payment, number }, bench) {
      bench.surroundings.slackAnswers = true;
      bench.gestures.push({ person: user, act: type, account: ACCOUNT, payment });
      const steer = type === 'go_on' ? { type, saw: digest } : { type };
      const { refusal } = await bench.process.usecases.steerBulk(id, steer, person(user));
      bench.told.push({ name: `B-${number}`, person: user, acts: [type], counted: refusal === undefined });
    },
    check(before, after, _now, law) {
      if (type === 'stop') return;
      const counts =
        before.isHalted && before.states.some(isUnderWay) && !isOwn && !isStopped(law, before, user);
      assert.equal(
        after.isHalted,
        before.isHalted && !counts,
        'it goes on when a second person says so, and only then',
      );
    },
  });
}

function isUnderWay(state: string): boolean {
  return state === 'approved' || state === 'sending';
}

const DAY_MS = 86_400_000;

export function dispatchBulk(which: number, answer: Answer, strike: Strike | null): Command {
  const { type } = answer.outcome;
  const sent = type === 'not_sent' ? 'approved' : type;
  return onBulk(which, strike, {
    name: `dispatch: ${type}${answer.isDone ? ', done' : ''}`,
    prefers: ({ states }) => states.some(isUnderWay),
    allowed(known, now, law) {
      const isOld = now > known.approvedAt + DAY_MS;
      const isHeld = known.isHalted || isStopped(law, known);
      return (state) => {
        if (state === 'sending') return ['sending', 'unknown'];
        if (state !== 'approved') return [state];
        if (known.isStopped) return ['approved', 'lapsed'];
        return isHeld ? ['approved', ...(isOld ? ['lapsed'] : [])] : ['approved', 'lapsed', sent];
      };
    },
    async act(known, { surroundings, process }) {
      surroundings.nextAnswer = answer;
      await process.usecases.dispatchBulk(known.id).finally(() => (known.wasTried = true));
    },
    halfway: (state) => (state === 'approved' ? ['sending', sent, 'lapsed'] : []),
    check(before, after, now, law) {
      const isFresh = !before.wasTried && now <= before.approvedAt + 900_000;
      const isGood = type === 'cancelled' || type === 'accepted';
      if (!isFresh || !isGood || before.isStopped || isStopped(law, before)) return;
      assert(!after.states.includes('approved'), `B-${before.number} was not sent to its end`);
    },
  });
}
