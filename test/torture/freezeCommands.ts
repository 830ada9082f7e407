/** What can happen to freezes, as commands for fast-check: as `commands.ts` does for requests. */
import assert from 'node:assert/strict';
import type { AsyncCommand } from 'fast-check';
import type { Freeze, Scope } from '../../src/domain/freeze.ts';
import { type Bench, type Strike, struck } from './bench.ts';
import { isFrozen, type KnownFreeze, type Law, person } from './known.ts';

type Command = AsyncCommand<Law, Bench>;

function scopeOf(what: string): Scope {
  if (what === 'all') return { type: 'all' };
  return what.startsWith('U_') ? { type: 'person', users: [what] } : { type: 'account', account: what };
}

function toKnown({ id, scope, lifts }: Freeze): KnownFreeze {
  const what =
    scope.type === 'person' ? (scope.users[0] ?? '') : scope.type === 'account' ? scope.account : 'all';
  return { id, what, lifters: lifts.map((one) => one.person.user) };
}

function say(freezes: readonly KnownFreeze[]): string {
  return freezes.map(({ what, lifters }) => `${what} (${lifters.join()})`).join('; ') || 'nothing';
}

/** Holds what stands against what may, and goes on from it. @param may each as the law would have it */
async function observe(law: Law, bench: Bench, may: readonly (readonly KnownFreeze[])[]): Promise<void> {
  const standing = (await bench.process.store.selectFreezes()).map(toKnown);
  assert(
    may.some((one) => say(one) === say(standing)),
    `frozen is ${say(standing)}, and the law allows ${may.map(say).join(' or ')}`,
  );
  law.freezes = standing;
}

export function freeze(what: string, user: string, strike: Strike | null): Command {
  return {
    check: () => true,
    async run(law, bench) {
      bench.surroundings.slackAnswers = true;
      bench.gestures.push({ person: user, act: 'freeze', what });
      const after = isFrozen(law, user) ? law.freezes : [...law.freezes, { id: '', what, lifters: [] }];
      const ok = await bench.during(strike, async () => {
        const scope = scopeOf(what);
        const frozen = await bench.process.usecases.freezeDispatch(
          { scope, reason: 'Suspicious night' },
          person(user),
        );
        if (frozen.counts)
          bench.told.push({
            name: `F-${frozen.freeze.number}`,
            person: user,
            acts: ['freeze'],
            counted: true,
          });
      });
      await observe(law, bench, ok ? [after] : [law.freezes, after]);
    },
    toString: () => `freeze ${what} by ${user}${struck(strike)}`,
  };
}

/** @param users who agree, one after the other */
export function lift(which: number, users: readonly string[], strike: Strike | null): Command {
  return {
    check: ({ freezes }) => freezes.length > 0,
    async run(law, bench) {
      const { id } = law.freezes[which % law.freezes.length] ?? { id: '' };
      for (const user of users)
        if (law.freezes.some((one) => one.id === id)) await agree(law, bench, id, user, strike);
    },
    toString: () => `lift #${which} by ${users.join(' and ')}${struck(strike)}`,
  };
}

async function agree(law: Law, bench: Bench, id: string, user: string, strike: Strike | null): Promise<void> {
  bench.surroundings.slackAnswers = true;
  bench.gestures.push({ person: user, act: 'lift', what: '' });
  const after = law.freezes
    .map((one) => {
      const counts = one.id === id && !isFrozen(law, user) && !one.lifters.includes(user);
      return counts ? { ...one, lifters: [...one.lifters, user] } : one;
    })
    .filter((one) => one.lifters.length < 2);
  const ok = await bench.during(strike, async () => {
    const lifted = await bench.process.usecases.agreeToLift(id, person(user));
    bench.told.push({
      name: `F-${lifted.freeze.number}`,
      person: user,
      acts: ['lift'],
      counted: lifted.counts,
    });
  });
  await observe(law, bench, ok ? [after] : [law.freezes, after]);
}

/** Two whom nobody froze, so that the next run begins with nothing frozen. */
export async function liftAll({ process, gestures, surroundings }: Bench): Promise<void> {
  surroundings.slackAnswers = true;
  for (const { id } of await process.store.selectFreezes())
    for (const user of ['U_NINA', 'U_OLGA']) {
      gestures.push({ person: user, act: 'lift', what: '' });
      await process.usecases.agreeToLift(id, person(user));
    }
}
