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
const FAULT = 'Something went wrong on our side';

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
    const forms = (await Promise.all(people.map(answersOf)))
      .flat()
      .filter(({ words }) => !words.includes(FAULT));
    expect(forms.length).toBeGreaterThan(NAMES.length);
    const faultsBefore = faultsTold(people);
    const answers = await Promise.allSettled(forms.map((form) => form.submit()));
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);

    // Whoever was not recorded, because the machine was too slow for so many at once, was told so.
    const accountedFor = async () => (await decisions()).length + faultsTold(people) - faultsBefore;
    await expect.poll(accountedFor, { timeout: 30_000 }).toBe(forms.length);
    expect((await decisions()).filter(({ refusal }) => refusal === null)).toHaveLength(1);
    expect((await comeToRest(world, world.now(), { stepSeconds: 1, patienceMs: 10_000 })).unrest).toEqual([]);
    const record = await world.readRecord();
    expect(record.requests.map(({ state }) => state)).toEqual(['cancelled']);
    expect(record.attempts).toHaveLength(1);
    expect(simulators.accounts.get(ACCOUNT)?.effects(PAYMENT)).toBe(1);
    expect(world.judge(record)).toEqual([]);
  });

  async function decisions() {
    return (await world.readRecord()).decisions;
  }
});

function faultsTold(people: readonly Person[]): number {
  return people
    .flatMap(({ ephemerals, directMessages }) => [...ephemerals, ...directMessages])
    .filter(({ text }) => text.includes(FAULT)).length;
}

function everyone(people: readonly Person[], act: (person: Person) => Promise<void>): Promise<void[]> {
  return Promise.all(people.flatMap((person) => Array.from({ length: CLICKS_EACH }, () => act(person))));
}

/** What each of their clicks led to: the form to approve in, or the word that something went wrong. */
async function answersOf(person: Person): Promise<Form[]> {
  const answers = new Map<string, Form>();
  while (answers.size < CLICKS_EACH) {
    const isAnswer = ({ words }: Form) => words.includes('This is sent to') || words.includes(FAULT);
    const answer = await person.sees.form((form) => !answers.has(form.view.id) && isAnswer(form));
    answers.set(answer.view.id, answer);
  }
  return [...answers.values()];
}
