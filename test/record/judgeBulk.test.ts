/** What entries of a bulk lead to, and what is wrong with those that somebody with the key could have made. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/domain/canonical.ts';
import { breaches } from '../../src/record/breaches.ts';
import { createBulkLines } from '../../src/record/bulkLines.ts';
import type { Event } from '../../src/record/entry.ts';
import { createHistory } from '../../src/record/history.ts';
import { judge } from '../../src/record/judge.ts';
import type { Recorded } from '../../src/record/judged.ts';
import { asked as lineAsked, digestOf, frozen as line, LENA, life, MARIA, moment } from './aLife.ts';

type Data<Type extends Event['type']> = Extract<Event, { type: Type }>['data'];
type Step = Event & { readonly minute: number };

const BULK = '0b7a8f3e-6c1d-4e55-9a1f-2f1c8a54d0b1';
const PAVEL = { team: 'T_ACME', user: 'U_PAVEL' };
const LINES = ['a1', 'b2'].map((pair) => pair.repeat(32));

const frozen: Data<'bulk'>['frozen'] = {
  schema: 'countersign/bulk/1',
  id: BULK,
  account: line.account,
  requester: MARIA,
  requestedAt: line.requestedAt,
  deadline: line.deadline,
  rule: line.rule,
  lines: LINES,
};
const DIGEST = sha256(frozen);

function sha256(what: Data<'bulk'>['frozen']): string {
  return createHash('sha256').update(canonicalJson(what)).digest('hex');
}

function asked(changes: Partial<Data<'bulk'>> = {}): Step {
  return { minute: 0, type: 'bulk', data: { number: 1001, digest: DIGEST, frozen, ...changes } };
}

/** Pavel of finance approves, unless something is changed. */
function acted(changes: Partial<Data<'bulk_act'>> & { minute?: number } = {}): Step {
  const { minute = 10, ...data } = changes;
  const act: Data<'bulk_act'> = {
    act: 'approve',
    person: PAVEL,
    groups: ['finance'],
    saw: DIGEST,
    why: null,
    refusal: null,
  };
  return { minute, type: 'bulk_act', data: { ...act, ...data } };
}

const byPavel = acted();
const byLena = acted({ person: LENA, groups: ['finance', 'risk'] });
const halted = acted({ act: 'pause', person: null, groups: [], saw: null, why: 'trouble' });
const goesOn = acted({ act: 'go_on' });
const stopped = acted({ act: 'stop', saw: null });

function entries(...steps: readonly Step[]): Recorded[] {
  return steps.map(({ minute, ...event }, index) => {
    const head = { v: 1, key: '0123456789abcdef', request: BULK, n: index + 1, at: moment(minute) } as const;
    return { seq: index + 2, body: { ...head, after: { seq: 1, hash: DIGEST }, ...event } };
  });
}

function breachesOf(...steps: readonly Step[]): string[] {
  return judge(entries(...steps), createHistory()).breaches.map(({ says }) => says);
}

describe('the record of a bulk', () => {
  it.each<[string, Step[]]>([
    [
      'approved by two, halted, let go on, halted and stopped',
      [byPavel, byLena, halted, goesOn, halted, stopped],
    ],
    ['approved with another account', [acted({ person: { ...PAVEL, alias: 'U_PAVEL2' } })]],
    ['stopped by whoever asked', [byPavel, byLena, acted({ act: 'stop', person: MARIA, groups: [] })]],
    ['rejected after one approval', [byPavel, acted({ act: 'reject', person: LENA, groups: ['risk'] })]],
    ['withdrawn', [acted({ act: 'withdraw', person: MARIA, groups: [], saw: null })]],
    ['tried in vain at any time', [acted({ person: MARIA, refusal: 'own_request', minute: 9999 })]],
  ])('keeps the law when it was %s', (_what, steps) => {
    expect(breachesOf(asked(), ...steps)).toEqual([]);
  });

  it.each<[string, Step[], string]>([
    ['another digest', [asked({ digest: 'ef'.repeat(32) })], breaches.otherDigest],
    ['another id', [asked({ frozen: { ...frozen, id: line.id } })], breaches.otherBulk],
    ['a second asking', [asked(), asked()], breaches.bulkAskedAgain],
    ['a decision of a request', [asked(), { ...lineAsked(), minute: 1 }], breaches.notAboutABulk],
    ['a self-approval', [asked(), acted({ person: MARIA })], breaches.refused.own_request],
    [
      'an approval with the account of whoever asked',
      [asked(), acted({ person: { ...PAVEL, alias: MARIA.user } })],
      breaches.noAlias,
    ],
    ['an approval by a stranger', [asked(), acted({ groups: ['ops'] })], breaches.refused.not_an_approver],
    [
      'an approval of something else',
      [asked(), acted({ saw: LINES[0] ?? '' })],
      breaches.refused.request_changed,
    ],
    ['a late approval', [asked(), acted({ minute: 481 })], breaches.refused.expired],
    ['a second approval', [asked(), byPavel, byPavel], breaches.refused.already_approved],
    [
      'an approval of what is approved',
      [asked(), byPavel, byLena, acted({ person: { team: 'T', user: 'U_X' } })],
      breaches.refused.already_decided,
    ],
    ['a withdrawal by another', [asked(), acted({ act: 'withdraw' })], breaches.refused.not_the_requester],
    ['a halt before it is approved', [asked(), halted], breaches.ended('pending')],
    [
      'a halt by a person',
      [asked(), byPavel, byLena, acted({ act: 'pause', why: 'trouble' })],
      breaches.halted,
    ],
    [
      'a halt without a reason',
      [asked(), byPavel, byLena, acted({ act: 'pause', person: null, groups: [], saw: null })],
      breaches.halted,
    ],
    ['a stop by nobody', [asked(), byPavel, byLena, acted({ act: 'stop', person: null })], breaches.halted],
    ['a "go on" of what is not halted', [asked(), byPavel, byLena, goesOn], breaches.refused.already_settled],
    [
      'a "go on" by whoever asked',
      [asked(), byPavel, byLena, halted, acted({ act: 'go_on', person: MARIA })],
      breaches.refused.own_request,
    ],
    [
      'a "go on" of something else',
      [asked(), byPavel, byLena, halted, acted({ act: 'go_on', saw: LINES[0] ?? '' })],
      breaches.refused.request_changed,
    ],
    [
      'a "go on" by a stranger',
      [asked(), byPavel, byLena, halted, acted({ act: 'go_on', groups: [] })],
      breaches.refused.not_an_approver,
    ],
    [
      'a stop by a stranger',
      [asked(), byPavel, byLena, acted({ act: 'stop', groups: [] })],
      breaches.refused.not_an_approver,
    ],
    ['a stop before it is approved', [asked(), stopped], breaches.refused.already_settled],
  ])('breaks it by %s', (_what, steps, says) => {
    expect(breachesOf(...steps)).toEqual([says]);
  });

  it('does not stand in a request', () => {
    expect(
      judge(life(lineAsked(), asked(), byPavel), createHistory()).breaches.map(({ says }) => says),
    ).toEqual([breaches.aboutABulk, breaches.aboutABulk]);
  });
});

function lineOf(changes: Partial<typeof line> = {}): Recorded {
  const { data: _data, ...step } = lineAsked();
  const one = { ...line, bulk: BULK, ...changes };
  const [entry] = life({
    ...step,
    type: 'request',
    data: { number: 1, digest: digestOf(one), frozen: one },
  });
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

function meet(...met: readonly Recorded[]) {
  const lines = createBulkLines();
  const says = met.map((entry) => lines.meet(entry));
  return { says: says.filter((one) => one !== undefined), lacking: lines.lacking().map((one) => one.says) };
}

describe('the lines of a bulk', () => {
  const first = lineOf();
  const second = lineOf({ payment: 'other' });
  const digests = [first, second].map(({ body }) => (body.type === 'request' ? body.data.digest : ''));
  const bulk = entries(asked({ frozen: { ...frozen, lines: digests } }))[0];
  const withBulk = (...met: readonly Recorded[]) => (bulk === undefined ? meet(...met) : meet(bulk, ...met));

  it('are those that it lists', () => {
    expect(withBulk(first, second)).toEqual({ says: [], lacking: [] });
  });

  it.each<[string, ReturnType<typeof meet>, string[], string[]]>([
    ['missing', withBulk(first), [], [breaches.linesMissing(1)]],
    ['there twice', withBulk(first, second, second), [breaches.notInBulk], []],
    ['not listed', withBulk(first, second, lineOf({ payment: 'third' })), [breaches.notInBulk], []],
    ['of no bulk that there is', meet(first), [breaches.noSuchBulk], []],
  ])('are found when one is %s', (_what, met, says, lacking) => {
    expect(met).toEqual({ says, lacking });
  });

  it.each([
    ['account', { account: 'shop-tr' }],
    ['requester', { requester: LENA }],
    ['deadline', { deadline: moment(999) }],
    ['rule', { rule: { policy: 'p1', needs: [{ group: 'finance', count: 1 }] } }],
  ])('are found when one was asked with another %s', (_what, changes) => {
    const other = lineOf(changes);
    const listed = other.body.type === 'request' ? [other.body.data.digest] : [];
    const [asking] = entries(asked({ frozen: { ...frozen, lines: listed } }));
    expect(asking && meet(asking, other)).toEqual({ says: [breaches.otherThanBulk], lacking: [] });
  });
});
