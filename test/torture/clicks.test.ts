import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import type { Form } from '../fakes/slack/form.ts';
import type { Person } from '../fakes/slack/person.ts';
import { perform } from './gestures.ts';
import { comeToRest } from './rest.ts';
import { openWorld, type World } from './world.ts';

const NAMES = Array.from({ length: 20 }, (_one, n) => `approver${n + 1}`);
const CLICKS_EACH = 10;
const ACCOUNT = 'shop-tr';
const PAYMENT = 'T4U_small';

describe('two hundred approvals at once, by twenty people, over five processes', () => {
  let database: TestDatabase;
  let world: World;
  beforeAll(async () => {
    database = await createTestDatabase();
    world = await openWorld({
      database,
      size: 5,
      groups: { finance: NAMES.map((name) => `U_${name.toUpperCase()}`), risk: ['U_LENA'] },
      // The machine's own speed is not what is tried here.
      slack: { ackWithinMs: 30_000, triggerTtlMs: 30_000, waitMs: 30_000 },
      prepare: (slack) => NAMES.forEach((name) => slack.addPerson({ name })),
    });
  });
  afterAll(async () => {
    await world.stop();
    await database.stop();
  });

  it('send it once', { timeout: 60_000 }, async () => {
    const { slack, gestures, simulators } = world;
    const asked = { person: 'U_MARIA', act: 'ask', account: ACCOUNT, payment: PAYMENT } as const;
    gestures.push(asked);
    await perform(slack, asked);
    const card = await slack
      .channel('approvals')
      .waitForMessage(({ blocks }) => blocks.some(({ type }) => type === 'actions'));
    expect(slack.connections).toBe(5);

    const people = NAMES.map((name) => slack.person(name));
    gestures.push(...people.map(({ id }) => ({ ...asked, person: id, act: 'approve' }) as const));
    await everyone(people, (person) => person.presses('Approve', card));
    const forms = await Promise.all(people.map(formsOf));
    const answers = await Promise.allSettled(forms.flat().map((form) => form.submit()));
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);

    const refused = NAMES.length * CLICKS_EACH - 1;
    await expect.poll(() => decisions(), { timeout: 30_000 }).toEqual({ counted: 1, refused });
    expect((await comeToRest(world, world.now(), { stepSeconds: 1, patienceMs: 10_000 })).unrest).toEqual([]);
    const record = await world.readRecord();
    expect(record.requests.map(({ state }) => state)).toEqual(['cancelled']);
    expect(record.attempts).toHaveLength(1);
    expect(simulators.accounts.get(ACCOUNT)?.effects(PAYMENT)).toBe(1);
    expect(world.judge(record)).toEqual([]);
  });

  async function decisions() {
    const all = (await world.readRecord()).decisions;
    const counted = all.filter(({ refusal }) => refusal === null).length;
    return { counted, refused: all.length - counted };
  }
});

function everyone(people: readonly Person[], act: (person: Person) => Promise<void>): Promise<void[]> {
  return Promise.all(people.flatMap((person) => Array.from({ length: CLICKS_EACH }, () => act(person))));
}

/** As many forms as they opened. */
async function formsOf(person: Person): Promise<Form[]> {
  const forms = new Map<string, Form>();
  while (forms.size < CLICKS_EACH) {
    const form = await person.sees.form(
      ({ view, words }) => !forms.has(view.id) && words.includes('This is sent to'),
    );
    forms.set(form.view.id, form);
  }
  return [...forms.values()];
}
