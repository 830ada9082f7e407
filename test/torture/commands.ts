/**
 * What can happen to requests, as commands for fast-check. Each acts on the real thing and says which states the law
 * then allows; where the connection broke, the act happened or it did not, and the record says which.
 */
import assert from 'node:assert/strict';
import type { AsyncCommand } from 'fast-check';
import type { Act } from '../../src/domain/decide.ts';
import type { Answer, Bench, Strike } from './bench.ts';

/** What the law knows of one request. Times are in milliseconds. */
interface Known {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly payment: string;
  readonly needed: number;
  readonly deadline: number;
  state: string;
  approvers: readonly string[];
  approvedAt: number;
  sentAt: number;
}

export interface Law {
  readonly requests: Known[];
}

type Command = AsyncCommand<Law, Bench>;

export const REQUESTER = 'U_MARIA';
const ACCOUNT = 'shop-pl';
const person = (user: string) => ({ team: 'T_ACME', user });
const struck = (strike: Strike | null) => (strike === null ? '' : `, ${strike.fate} at ${strike.at}`);

export function ask(isLarge: boolean, strike: Strike | null): Command {
  return {
    check: () => true,
    async run({ requests }, bench) {
      const payment = bench.nextPayment(isLarge);
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
  /** The states that the law allows when nothing breaks. */
  allowed(known: Known, now: number): readonly string[];
  act(known: Known, bench: Bench): Promise<unknown>;
  /** Those that are allowed besides when the connection broke: of most acts, all or nothing remains. */
  readonly halfway?: (known: Known) => readonly string[];
}

/** @param which one of the requests that there are, counted round and round. */
function onRequest(which: number, strike: Strike | null, how: How): Command {
  const { halfway = ({ state }: Known) => [state] } = how;
  return {
    check: ({ requests }) => requests.length > 0,
    async run({ requests }, bench) {
      const known = requests[which % requests.length];
      if (known === undefined) return;
      const allowed = how.allowed(known, bench.surroundings.now.getTime());
      const ok = await bench.during(strike, () => how.act(known, bench));
      await observe(known, bench, ok ? allowed : [...allowed, ...halfway(known)]);
    },
    toString: () => `#${which} ${how.name}${struck(strike)}`,
  };
}

export function decide(
  which: number,
  { user, type, slackAnswers }: { user: string; type: Act['type']; slackAnswers: boolean },
  strike: Strike | null,
): Command {
  return onRequest(which, strike, {
    name: `${type} by ${user}${slackAnswers ? '' : ', Slack away'}`,
    allowed({ state, deadline, approvers, needed }, now) {
      if (state !== 'pending') return [state];
      if (now >= deadline) return ['expired'];
      if (type === 'withdraw') return [user === REQUESTER ? 'withdrawn' : 'pending'];
      if (user === REQUESTER || !slackAnswers) return ['pending'];
      if (type === 'reject') return ['rejected'];
      return [new Set([...approvers, user]).size >= needed ? 'approved' : 'pending'];
    },
    async act({ id, digest, payment, number }, bench) {
      bench.surroundings.slackAnswers = slackAnswers;
      bench.gestures.push({ person: user, act: type, account: ACCOUNT, payment });
      const { decideOnRequest } = bench.process.usecases;
      const { verdict } = await decideOnRequest(id, actOf(type, digest), person(user));
      bench.told.push({ name: `C-${number}`, person: user, acts: [type], counted: verdict.counts });
    },
  });
}

function actOf(type: Act['type'], saw: string): Act {
  switch (type) {
    case 'approve':
      return { type, saw, note: null };
    case 'reject':
      return { type, note: 'Not so' };
    case 'withdraw':
      return { type };
  }
}

export function dispatch(which: number, answer: Answer, strike: Strike | null): Command {
  const { type } = answer.outcome;
  let hasAnswered = false;
  return onRequest(which, strike, {
    name: `dispatch: ${type}${answer.isDone ? ', done' : ''}`,
    allowed({ state, approvedAt, sentAt }, now) {
      if (state === 'sending') return [now >= sentAt + 30_000 ? 'unknown' : 'sending'];
      if (state !== 'approved') return [state];
      if (now > approvedAt + 900_000) return ['lapsed'];
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
    // Too early, a look-up asks nobody; and only what was carried out can it find.
    allowed: ({ state }) => (state === 'unknown' || state === 'accepted' ? [state, 'cancelled'] : [state]),
    act: ({ id }, { process }) => process.usecases.lookUpUnsettled(id),
  });
}

export function tick(strike: Strike | null): Command {
  return {
    check: () => true,
    async run({ requests }, bench) {
      const ok = await bench.during(strike, () => bench.process.usecases.tick());
      for (const known of requests) {
        const isOver = known.state === 'pending' && bench.surroundings.now.getTime() >= known.deadline;
        await observe(known, bench, [isOver ? 'expired' : known.state, ...(ok ? [] : [known.state])]);
      }
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
