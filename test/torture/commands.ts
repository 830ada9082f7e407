/**
 * What can happen to requests, as commands for fast-check. Each acts on the real thing and says which states the law
 * then allows; where the connection broke, the act happened or it did not, and the record says which.
 */
import assert from 'node:assert/strict';
import type { AsyncCommand } from 'fast-check';
import { type Answer, type Bench, type Strike, struck } from './bench.ts';
import { observeBulk } from './bulkCommands.ts';
import {
  ACCOUNT,
  actOf,
  afterDeciding,
  isStopped,
  type Act,
  type Known,
  type Law,
  person,
  REQUESTER,
} from './known.ts';

export type Command = AsyncCommand<Law, Bench>;

export function ask(isLarge: boolean, strike: Strike | null): Command {
  return {
    check: () => true,
    async run({ requests }, bench) {
      const payment = bench.nextPayment(isLarge ? 'large' : 'small');
      const { usecases, store } = bench.process;
      const checked = usecases.checkAsk({ account: ACCOUNT, fields: { payment }, reason: 'Paid twice' });
      assert(checked.ok);
      bench.surroundings.slackAnswers = true;
      bench.gestures.push({ person: REQUESTER, act: 'ask', account: ACCOUNT, payment });
      const ok = await bench.during(strike, () =>
        usecases.askForCancellation(checked.ask, person(REQUESTER)),
      );
      const made = await store.selectOpenRequest(ACCOUNT, payment);
      assert(made !== undefined || !ok, 'a request that was made is not there');
      if (made === undefined) return;
      assert.equal(made.state, 'pending');
      const { id, number, digest, deadline, state } = made;
      const since = { approvers: [], approvedAt: 0, sentAt: 0 };
      const needed = isLarge ? 2 : 1;
      requests.push({ id, number, digest, payment, needed, deadline: deadline.getTime(), state, ...since });
    },
    toString: () => `ask(${isLarge ? 'large' : 'small'}${struck(strike)})`,
  };
}

/** Holds the record against what the law allows, and goes on from what it says. */
async function observe(known: Known, bench: Bench, allowed: readonly string[]): Promise<void> {
  const { request, approvals } = await bench.process.store.selectStory(known.id);
  const { state, number } = request;
  assert(allowed.includes(state), `C-${number} is ${state}, and the law allows ${allowed.join(', ')}`);

  const now = bench.surroundings.now.getTime();
  const approvers = approvals.map((approval) => approval.person.user);
  if (approvers.length > known.approvers.length) known.approvedAt = now;
  if (known.state === 'approved' && state !== 'approved') known.sentAt = now;
  Object.assign(known, { state, approvers });
}

interface How {
  readonly name: string;
  /** The states in which it can do something; others are tried where there are none, and now and then. */
  readonly prefers: readonly string[];
  /** The states that the law allows when nothing breaks. */
  allowed(known: Known, now: number, law: Law): readonly string[];
  act(known: Known, bench: Bench): Promise<unknown>;
  /** Those that are allowed besides when the connection broke: of most acts, all or nothing remains. */
  readonly halfway?: (known: Known) => readonly string[];
}

/** @param which one of the requests, counted from the newest, round and round; every fourth time of all. */
function onRequest(which: number, strike: Strike | null, how: How): Command {
  const { halfway = ({ state }: Known) => [state] } = how;
  return {
    check: ({ requests }) => requests.length > 0,
    async run(law, bench) {
      const preferred = law.requests.filter(({ state }) => how.prefers.includes(state));
      const requests = preferred.length === 0 || which % 4 === 3 ? law.requests : preferred;
      const known = requests.at(-1 - (which % requests.length));
      if (known === undefined) return;
      const allowed = how.allowed(known, bench.surroundings.now.getTime(), law);
      const ok = await bench.during(strike, () => how.act(known, bench));
      await observe(known, bench, ok ? allowed : [...allowed, ...halfway(known)]);
    },
    toString: () => `#${which} ${how.name}${struck(strike)}`,
  };
}

export function decide(
  which: number,
  { user, type, slackAnswers }: { user: string; type: Act; slackAnswers: boolean },
  strike: Strike | null,
): Command {
  return onRequest(which, strike, {
    name: `${type} by ${user}${slackAnswers ? '' : ', Slack away'}`,
    prefers: ['pending'],
    allowed: (known, now, law) => [
      known.state === 'pending' ? afterDeciding(law, known, { user, type, slackAnswers }, now) : known.state,
    ],
    async act({ id, digest, payment, number }, bench) {
      bench.surroundings.slackAnswers = slackAnswers;
      bench.gestures.push({ person: user, act: type, account: ACCOUNT, payment });
      const { decideOnRequest } = bench.process.usecases;
      const { verdict } = await decideOnRequest(id, actOf(type, digest), person(user));
      bench.told.push({ name: `C-${number}`, person: user, acts: [type], counted: verdict.counts });
    },
  });
}

export function dispatch(which: number, answer: Answer, strike: Strike | null): Command {
  const { type } = answer.outcome;
  let hasAnswered = false;
  return onRequest(which, strike, {
    name: `dispatch: ${type}${answer.isDone ? ', done' : ''}`,
    prefers: ['approved', 'sending'],
    allowed(known, now, law) {
      const { state, approvedAt, sentAt } = known;
      if (state === 'sending') return [now >= sentAt + 30_000 ? 'unknown' : 'sending'];
      if (state !== 'approved') return [state];
      if (now > approvedAt + 900_000) return ['lapsed'];
      if (isStopped(law, known)) return ['approved'];
      return [type === 'not_sent' ? 'approved' : type];
    },
    async act({ id }, { surroundings, process }) {
      const before = surroundings.calls;
      surroundings.nextAnswer = answer;
      await process.usecases.dispatch(id).finally(() => {
        hasAnswered = surroundings.calls > before;
      });
    },
    // Once the provider has answered, that is recorded, whatever breaks.
    halfway: ({ state }) => (hasAnswered ? [] : [state, 'sending']),
  });
}

export function lookUp(which: number, strike: Strike | null): Command {
  return onRequest(which, strike, {
    name: 'look-up',
    prefers: ['unknown', 'accepted'],
    // Too early, a look-up asks nobody; and only what was carried out can it find.
    allowed: ({ state }) => (state === 'unknown' || state === 'accepted' ? [state, 'cancelled'] : [state]),
    act: ({ id }, { process }) => process.usecases.lookUpUnsettled(id),
  });
}

export function tick(strike: Strike | null): Command {
  return {
    check: () => true,
    async run({ requests, bulks }, bench) {
      const ok = await bench.during(strike, () => bench.process.usecases.tick());
      const after = (state: string, deadline: number) => {
        const isOver = state === 'pending' && bench.surroundings.now.getTime() >= deadline;
        return [isOver ? 'expired' : state, ...(ok ? [] : [state])];
      };
      for (const known of requests) await observe(known, bench, after(known.state, known.deadline));
      for (const bulk of bulks) await observeBulk(bulk, bench, (state) => after(state, bulk.deadline));
    },
    toString: () => `tick${struck(strike)}`,
  };
}

export function wait(seconds: number): Command {
  return {
    check: () => true,
    async run(_law, { surroundings }) {
      surroundings.now = new Date(surroundings.now.getTime() + seconds * 1000);
    },
    toString: () => `wait(${seconds} s)`,
  };
}
