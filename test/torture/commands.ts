/**
 * What can happen to requests, as commands for fast-check. Each acts on the real thing and says which states the law
 * then allows; where the connection broke, the act happened or it did not, and the record says which.
 */
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Act } from '../../src/domain/decide.ts';
import type { Answer, Bench, Strike } from './bench.ts';

/** What the law knows of one request. */
interface Known {
  readonly id: string;
  readonly number: number;
  readonly digest: string;
  readonly payment: string;
  readonly needed: number;
  readonly deadline: number;
  state: string;
  approvers: readonly string[];
  /** When the last approval was given, and when it was sent; in milliseconds. */
  approvedAt: number;
  sentAt: number;
}

export interface Law {
  readonly requests: Known[];
}

type Command = fc.AsyncCommand<Law, Bench, false>;

const REQUESTER = 'U_MARIA';
const person = (user: string) => ({ team: 'T_ACME', user });

class Ask implements Command {
  readonly isLarge: boolean;
  readonly strike: Strike | null;
  constructor(isLarge: boolean, strike: Strike | null) {
    this.isLarge = isLarge;
    this.strike = strike;
  }
  check = () => true;
  async run({ requests }: Law, bench: Bench): Promise<void> {
    const payment = bench.nextPayment(this.isLarge);
    const { usecases, store } = bench.process;
    const checked = usecases.checkAsk({ account: 'shop-pl', fields: { payment }, reason: 'Paid twice' });
    if (!checked.ok) throw new Error('the input is fine');
    bench.gestures.push({ person: REQUESTER, act: 'ask', account: 'shop-pl', payment });
    const ok = await bench.during(this.strike, () =>
      usecases.askForCancellation(checked.ask, person(REQUESTER)),
    );
    const made = await store.selectOpenRequest('shop-pl', payment);
    if (made === undefined) return expect(ok).toBe(false);
    expect(made.state).toBe('pending');
    requests.push({
      id: made.id,
      number: made.number,
      digest: made.digest,
      payment,
      needed: this.isLarge ? 2 : 1,
      deadline: made.deadline.getTime(),
      state: 'pending',
      approvers: [],
      approvedAt: 0,
      sentAt: 0,
    });
  }
  toString = () => `ask(${this.isLarge ? 'large' : 'small'}${struck(this.strike)})`;
}

/** Holds the record against what the law allows, and goes on from what it says. */
async function observe(known: Known, bench: Bench, allowed: readonly string[]): Promise<void> {
  const { request, approvals } = await bench.process.store.selectStory(known.id);
  expect(allowed).toContain(request.state);

  const now = bench.surroundings.now.getTime();
  const approvers = approvals.map((approval) => approval.person.user);
  if (approvers.length > known.approvers.length) known.approvedAt = now;
  if (known.state === 'approved' && request.state !== 'approved') known.sentAt = now;
  Object.assign(known, { state: request.state, approvers });
}

/** An act on one of the requests that there are. */
abstract class OnRequest implements Command {
  readonly which: number;
  readonly strike: Strike | null;
  constructor(which: number, strike: Strike | null) {
    this.which = which;
    this.strike = strike;
  }
  check = ({ requests }: Readonly<Law>) => requests.length > 0;
  /** The states that the law allows when nothing breaks. */
  protected abstract allowed(known: Known, bench: Bench): readonly string[];
  protected abstract act(known: Known, bench: Bench): Promise<unknown>;
  /** States that are allowed besides when the connection broke in the middle: of most acts, all or nothing remains. */
  protected halfway({ state }: Known, _bench: Bench): readonly string[] {
    return [state];
  }

  async run({ requests }: Law, bench: Bench): Promise<void> {
    const known = requests[this.which % requests.length];
    if (known === undefined) return;
    const allowed = this.allowed(known, bench);
    const ok = await bench.during(this.strike, () => this.act(known, bench));
    await observe(known, bench, ok ? allowed : [...allowed, ...this.halfway(known, bench)]);
  }
  toString = () => `${this.constructor.name} #${this.which}${struck(this.strike)}`;
}

class Decide extends OnRequest {
  readonly user: string;
  readonly type: Act['type'];
  readonly slackAnswers: boolean;
  constructor(which: number, user: string, type: Act['type'], slackAnswers: boolean, strike: Strike | null) {
    super(which, strike);
    this.user = user;
    this.type = type;
    this.slackAnswers = slackAnswers;
  }
  protected allowed(
    { state, deadline, approvers, needed }: Known,
    { surroundings }: Bench,
  ): readonly string[] {
    if (state !== 'pending') return [state];
    if (surroundings.now.getTime() >= deadline) return ['expired'];
    if (this.type === 'withdraw') return [this.user === REQUESTER ? 'withdrawn' : 'pending'];
    if (this.user === REQUESTER || !this.slackAnswers) return ['pending'];
    if (this.type === 'reject') return ['rejected'];
    return [new Set([...approvers, this.user]).size >= needed ? 'approved' : 'pending'];
  }
  protected async act({ id, digest, payment, number }: Known, bench: Bench): Promise<void> {
    bench.surroundings.slackAnswers = this.slackAnswers;
    bench.gestures.push({ person: this.user, act: this.type, account: 'shop-pl', payment });
    const { verdict } = await bench.process.usecases.decideOnRequest(
      id,
      actOf(this.type, digest),
      person(this.user),
    );
    bench.told.push({ name: `C-${number}`, person: this.user, act: this.type, counted: verdict.counts });
  }
  override toString = () =>
    `${this.user} ${this.type}s #${this.which}${this.slackAnswers ? '' : ', Slack away'}${struck(this.strike)}`;
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

class Dispatch extends OnRequest {
  readonly answer: Answer;
  constructor(which: number, answer: Answer, strike: Strike | null) {
    super(which, strike);
    this.answer = answer;
  }
  #callsBefore = 0;
  protected allowed({ state, approvedAt, sentAt }: Known, { surroundings }: Bench): readonly string[] {
    const now = surroundings.now.getTime();
    if (state === 'sending') return [now >= sentAt + 30_000 ? 'unknown' : 'sending'];
    if (state !== 'approved') return [state];
    if (now > approvedAt + 900_000) return ['lapsed'];
    const { type } = this.answer.outcome;
    return [type === 'not_sent' ? 'approved' : type];
  }
  /** Once the provider has answered, that is recorded, whatever breaks. */
  protected override halfway({ state }: Known, { surroundings }: Bench): readonly string[] {
    return surroundings.calls > this.#callsBefore ? [] : [state, 'sending'];
  }
  protected act({ id }: Known, bench: Bench): Promise<void> {
    this.#callsBefore = bench.surroundings.calls;
    bench.surroundings.nextAnswer = this.answer;
    return bench.process.usecases.dispatch(id);
  }
  override toString = () =>
    `dispatch #${this.which}: ${this.answer.outcome.type}${this.answer.isDone ? ', done' : ''}${struck(this.strike)}`;
}

class LookUp extends OnRequest {
  protected allowed({ state, payment }: Known, { surroundings }: Bench): readonly string[] {
    const isAsked = state === 'unknown' || state === 'accepted';
    return isAsked && surroundings.effects.has(payment) ? [state, 'cancelled'] : [state];
  }
  protected act({ id }: Known, bench: Bench): Promise<void> {
    return bench.process.usecases.lookUpUnsettled(id);
  }
}

class Tick implements Command {
  readonly strike: Strike | null;
  constructor(strike: Strike | null) {
    this.strike = strike;
  }
  check = () => true;
  async run({ requests }: Law, bench: Bench): Promise<void> {
    const ok = await bench.during(this.strike, () => bench.process.usecases.tick());
    for (const known of requests) {
      const isOver = known.state === 'pending' && bench.surroundings.now.getTime() >= known.deadline;
      await observe(known, bench, [isOver ? 'expired' : known.state, ...(ok ? [] : [known.state])]);
    }
  }
  toString = () => `tick${struck(this.strike)}`;
}

class Wait implements Command {
  readonly seconds: number;
  constructor(seconds: number) {
    this.seconds = seconds;
  }
  check = () => true;
  async run(_law: Law, { surroundings }: Bench): Promise<void> {
    surroundings.now = new Date(surroundings.now.getTime() + this.seconds * 1000);
  }
  toString = () => `wait(${this.seconds} s)`;
}

const struck = (strike: Strike | null) => (strike === null ? '' : `, ${strike.fate} at ${strike.at}`);

const atSome = fc.record({
  at: fc.integer({ min: 1, max: 22 }),
  fate: fc.constantFrom('lose' as const, 'pass_and_cut' as const),
});
const strike = fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: atSome });
const which = fc.nat({ max: 5 });
const says = 'So it is.';
const answer = fc.constantFrom<Answer>(
  { outcome: { type: 'cancelled', reference: null, says }, isDone: true },
  { outcome: { type: 'accepted', reference: null, says }, isDone: true },
  { outcome: { type: 'refused', code: '1', says }, isDone: false },
  { outcome: { type: 'unknown', says }, isDone: true },
  { outcome: { type: 'unknown', says }, isDone: false },
  { outcome: { type: 'not_sent', says }, isDone: false },
);

const ask = fc.tuple(fc.boolean(), strike).map(([isLarge, at]) => new Ask(isLarge, at));
const approve = fc
  .tuple(
    which,
    fc.constantFrom('U_PAVEL', 'U_LENA', 'U_PAVEL', 'U_LENA', REQUESTER),
    fc.integer({ min: 0, max: 9 }),
    strike,
  )
  .map(([n, user, slack, at]) => new Decide(n, user, 'approve', slack > 0, at));
const end = fc
  .tuple(
    which,
    fc.constantFrom('U_PAVEL', REQUESTER),
    fc.constantFrom('reject' as const, 'withdraw' as const),
    strike,
  )
  .map(([n, user, type, at]) => new Decide(n, user, type, true, at));
const dispatch = fc
  .tuple(which, answer, fc.option(atSome, { freq: 2 }))
  .map(([n, one, at]) => new Dispatch(n, one, at));
const lookUp = fc.tuple(which, strike).map(([n, at]) => new LookUp(n, at));
const tick = strike.map((at) => new Tick(at));
const wait = (...seconds: readonly number[]) => fc.constantFrom(...seconds).map((one) => new Wait(one));

// One of these is as likely as another, so what happens often stands here more than once.
export const commands = fc.commands<Law, Bench, false>(
  [
    ...[ask, ask, approve, approve, approve, approve, dispatch, dispatch, dispatch],
    ...[end, lookUp, lookUp, tick, wait(1, 10, 31, 120), wait(10, 1_000, 9 * 3_600)],
  ],
  { maxCommands: 80, size: 'max' },
);
