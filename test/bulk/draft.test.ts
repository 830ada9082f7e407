import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/domain/evidence.ts';
import type { TicketRule } from '../../src/domain/ticket.ts';
import { listFaults } from '../../src/language/bulkFaults.ts';
import type { Rule } from '../../src/domain/policy.ts';
import { createCheckList } from '../../src/usecases/beginDraft.ts';
import { createTestDatabase, type TestDatabase } from '../fakes/database.ts';
import { ask, LENA, MARIA, ON_HOLD, type Process, startProcess, Surroundings } from '../fakes/processes.ts';
import { draftOf, expectWhole, payments } from './aBulk.ts';

const TAKEN: Evidence = { ...ON_HOLD, standing: 'taken', says: 'Captured; refund it instead.' };

const helpTicket: TicketRule = {
  required: true,
  looksLike: 'a number such as HELP-4711',
  fits: (text) => text.startsWith('HELP-'),
};

const pln = (minor: bigint) => ({ minor, currency: 'PLN' });

describe('a list', () => {
  let database: TestDatabase;
  let surroundings: Surroundings;
  let one: Process;
  let other: Process;
  beforeAll(async () => {
    database = await createTestDatabase();
    surroundings = new Surroundings();
    one = await startProcess(database.url, surroundings);
    other = await startProcess(database.url, surroundings);
    await one.store.transaction((records) => records.introduceKey(surroundings.now));
  });
  beforeEach(() => {
    surroundings.now = new Date();
    surroundings.evidence = ON_HOLD;
    surroundings.door = async () => {};
    surroundings.shown.length = 0;
    surroundings.lookedUp.length = 0;
  });
  afterAll(async () => {
    await expectWhole(database);
    await one.stop();
    await other.stop();
    await database.stop();
  });

  let made = 0;
  const list = (count: number) => payments(count, `draft${(made += 1)}-`);
  const check = (text: string) =>
    one.usecases.checkList({ account: 'shop-pl', list: text, reason: 'Paid twice' });
  /** In a house that wants tickets. */
  function checkTicket(ticket: string | undefined) {
    const checkList = createCheckList({ ...surroundings.world(one.store), ticket: helpTicket });
    const typed = { account: 'shop-pl', list: 'tx1', reason: 'Paid twice' };
    return checkList(ticket === undefined ? typed : { ...typed, ticket });
  }
  async function linesOf(draft: string): Promise<number | undefined> {
    const found = await one.store.selectOptionalDraft(draft);
    return found?.bulk == null ? undefined : (await one.store.selectBulk(found.bulk)).lines.length;
  }

  /** What a bulk of these amounts needs. */
  async function needsOf(...amounts: Evidence['amount'][]): Promise<Rule['needs'] | undefined> {
    const given = list(amounts.length);
    for (const [index, amount] of amounts.entries()) {
      const evidence = { ...ON_HOLD, amount };
      surroundings.evidenceOf.set(given[index] ?? '', evidence);
    }
    const draft = await draftOf(one, given);
    await one.usecases.workOnDraft(draft);
    const { bulk = null } = (await one.store.selectOptionalDraft(draft)) ?? {};
    return bulk === null ? undefined : (await one.store.selectBulk(bulk)).rule.needs;
  }

  it('is told all its faults at once, by the numbers of its lines', () => {
    expect(check('payment\ntx1\ntx2,more\ntx1')).toEqual({
      ok: false,
      faults: {},
      lines: [
        { place: 3, payment: 'tx2', says: listFaults.unnamedColumn },
        { place: 4, payment: 'tx1', says: 'It is the same payment as in line 2.' },
      ],
    });
    expect(check('\n')).toMatchObject({
      ok: false,
      faults: { list: listFaults.empty },
    });
    expect(check(payments(1001).join('\n'))).toMatchObject({
      ok: false,
      faults: { list: 'It has 1001 payments, and a bulk takes 1000; please split it.' },
    });
    expect(check(payments(1000).join('\n'))).toMatchObject({ ok: true });
  });

  it.each([
    ['missing', undefined, 'Name the ticket: a number such as HELP-4711.'],
    ['blank', ' \n', 'Name the ticket: a number such as HELP-4711.'],
    ['another', 'CHAT-1', 'This is not a ticket as it is wanted here: a number such as HELP-4711.'],
    ['endless', `HELP-${'1'.repeat(200)}`, 'Keep the ticket within 200 characters.'],
  ])('is not taken where its ticket is %s', (_what, ticket, says) => {
    expect(checkTicket(ticket)).toEqual({ ok: false, faults: { request_ticket: says }, lines: [] });
  });

  it('is taken with its ticket, as a request is', () => {
    expect(checkTicket(' HELP-4711 ')).toMatchObject({ ok: true, list: { ticket: 'HELP-4711' } });
  });

  it('is not taken while one of its payments has an open request', async () => {
    const [first = '', second = ''] = list(2);
    const { number } = await ask(one, second);
    const checked = check([first, second].join('\n'));
    if (!checked.ok) throw new Error('faulty');
    expect(await one.usecases.beginDraft(checked.list, MARIA)).toEqual({
      ok: false,
      faults: {},
      lines: [{ place: 2, payment: second, says: `It has an open request already: C-${number}.` }],
    });
  });

  it('becomes a bulk when every payment was looked up, and is forgotten when that was told', async () => {
    const draft = await draftOf(one, list(3));
    await one.usecases.workOnDraft(draft);
    expect(await linesOf(draft)).toBe(3);
    await one.usecases.workOnDraft(draft);
    expect(surroundings.shown.at(-1)).toMatchObject({ type: 'made' });
    expect(await one.store.selectOptionalDraft(draft)).toBeUndefined();
  });

  it('goes on in another process where the first one came to, and asks about no payment twice', async () => {
    const given = list(4);
    const draft = await draftOf(one, given);
    surroundings.door = async () => {
      if (surroundings.lookedUp.length === 2) throw new Error('the process is gone');
    };
    await expect(one.usecases.workOnDraft(draft)).rejects.toThrow('the process is gone');
    surroundings.door = async () => {};
    await other.usecases.workOnDraft(draft);
    expect(surroundings.lookedUp).toEqual(given);
    expect(await linesOf(draft)).toBe(4);
  });

  it('is looked up once where two processes do it at the same moment', async () => {
    const given = list(4);
    const draft = await draftOf(one, given);
    await Promise.all([one.usecases.workOnDraft(draft), other.usecases.workOnDraft(draft)]);
    expect(surroundings.lookedUp).toEqual(given);
  });

  it('asks its requester what to do when some can’t be cancelled, and asks for the others', async () => {
    const [first = '', second = '', third = ''] = list(3);
    surroundings.evidenceOf.set(second, TAKEN);
    const draft = await draftOf(one, [first, second, third]);
    await one.usecases.workOnDraft(draft);
    expect(surroundings.shown.at(-1)).toEqual({
      type: 'faulty',
      faults: [{ place: 2, payment: second, says: 'Captured; refund it instead.' }],
      others: 2,
    });
    // However often the job comes back.
    await one.usecases.workOnDraft(draft);
    expect(await linesOf(draft)).toBeUndefined();

    expect(await one.usecases.answerDraft(draft, 'ask', LENA)).toBe('not_yours');
    surroundings.meet(2);
    await Promise.all([
      one.usecases.answerDraft(draft, 'ask', MARIA),
      other.usecases.answerDraft(draft, 'ask', MARIA),
    ]);
    expect(await linesOf(draft)).toBe(2);
    expect(await one.usecases.answerDraft(draft, 'leave', MARIA)).toBe('gone');
    const { rows } = await database.sql.query(
      'select count(*)::int as lines, count(distinct bulk)::int as bulks from requests where payment = any ($1)',
      [[first, second, third]],
    );
    expect(rows).toEqual([{ lines: 2, bulks: 1 }]);
  });

  it('is left, and then is gone', async () => {
    const [first = '', second = ''] = list(2);
    surroundings.evidenceOf.set(second, TAKEN);
    const draft = await draftOf(one, [first, second]);
    await one.usecases.workOnDraft(draft);
    expect(await one.usecases.answerDraft(draft, 'leave', MARIA)).toBe('done');
    expect(surroundings.shown.at(-1)).toMatchObject({ type: 'left' });
    expect(await one.usecases.answerDraft(draft, 'ask', MARIA)).toBe('gone');
  });

  it('is gone by itself when nothing of it can be cancelled, or nobody says what to do about it', async () => {
    const taken = list(2);
    for (const payment of taken) surroundings.evidenceOf.set(payment, TAKEN);
    const hopeless = await draftOf(one, taken);
    await one.usecases.workOnDraft(hopeless);
    expect(surroundings.shown.at(-1)).toMatchObject({ type: 'faulty', others: 0 });
    expect(await one.store.selectOptionalDraft(hopeless)).toBeUndefined();

    const [first = '', second = ''] = list(2);
    surroundings.evidenceOf.set(second, TAKEN);
    const forgotten = await draftOf(one, [first, second]);
    await one.usecases.workOnDraft(forgotten);
    surroundings.now = new Date(Date.now() + 86_500_000);
    await one.usecases.tick();
    expect(await one.store.selectOptionalDraft(forgotten)).toBeUndefined();
  });

  it('is too old to be asked for an hour after it was looked up', async () => {
    const [first = '', second = ''] = list(2);
    surroundings.evidenceOf.set(second, TAKEN);
    const draft = await draftOf(one, [first, second]);
    await one.usecases.workOnDraft(draft);
    surroundings.now = new Date(Date.now() + 3_700_000);
    await one.usecases.answerDraft(draft, 'ask', MARIA);
    expect(surroundings.shown.at(-1)).toMatchObject({ type: 'too_old' });
    expect(await one.store.selectOpenRequests('shop-pl', [first])).toEqual([]);
  });

  it('says whose request it is when somebody was faster while it was looked up', async () => {
    const [first = '', second = ''] = list(2);
    const draft = await draftOf(one, [first, second]);
    const { number } = await ask(other, first);
    await one.usecases.workOnDraft(draft);
    expect(surroundings.shown.at(-1)).toMatchObject({
      type: 'faulty',
      faults: [{ place: 1, says: `It has an open request already: C-${number}.` }],
    });
  });

  it('counts each currency by itself, and an unknown amount as the highest', async () => {
    expect(await needsOf(pln(5_000n), pln(5_000n))).toEqual([{ group: 'finance', count: 1 }]);
    expect(await needsOf(pln(5_000n), pln(5_001n))).toEqual([{ group: 'finance', count: 2 }]);
    // No limit is known for it, so it is above every one.
    expect(await needsOf(pln(5_000n), { minor: 1n, currency: 'EUR' })).toEqual([
      { group: 'finance', count: 2 },
    ]);
  });
});
