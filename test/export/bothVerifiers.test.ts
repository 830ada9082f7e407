/** Bulks that somebody with the key could have written: `countersign verify` and the auditor's verifier name the same entry. */
import { describe, expect, it } from 'vitest';
import { breaches } from '../../src/record/breaches.ts';
import { NO_REQUEST, readBody } from '../../src/record/entry.ts';
import { createHistory } from '../../src/record/history.ts';
import { judge } from '../../src/record/judge.ts';
import type { Recorded } from '../../src/record/judged.ts';
import { judgeHouse } from '../../src/record/judgeHouse.ts';
import { ARecord } from './aRecord.ts';
import { exportTo, verify } from './verifying.ts';

const MARIA = { team: 'T_HOME', user: 'U_MARIA' };
const LENA = { team: 'T_HOME', user: 'U_LENA' };
const AT = '2026-11-20T10:00:00.000Z';
const HALT = { act: 'pause', person: null, groups: [] as string[], saw: null, why: 'trouble' } as const;
const TWO_OF_FINANCE = [{ group: 'finance', count: 2 }];
const ofPerson = (user: string) => ({ scope: 'person' as const, users: ['U_ALIAS', user] });

/** What the app's own verifier finds in the entries alone, as `entry 7: says`. */
function judgeAll({ rows }: ARecord): string[] {
  const entries = rows.flatMap(({ seq, body: text }): Recorded[] => {
    const body = readBody(text);
    return body === undefined ? [] : [{ seq, body }];
  });
  const history = createHistory();
  const { [NO_REQUEST]: house = [], ...others } = Object.groupBy(entries, ({ body }) => body.request);
  const judged = [
    judgeHouse(house, history),
    ...Object.values(others).map((own = []) => judge(own, history)),
  ];
  const found = judged.flatMap((one) => one.breaches);
  return found
    .toSorted((one, other) => one.entry.seq - other.entry.seq)
    .map(({ entry, says }) => `entry ${entry.seq}: ${says}`);
}

/** Three payments, approved by Pavel; the first is being sent. */
function underWay(needs?: typeof TWO_OF_FINANCE): {
  record: ARecord;
  bulk: string;
  lines: readonly string[];
} {
  const record = new ARecord();
  const line = needs === undefined ? {} : { needs };
  const bulk = record.askInBulk([line, line, line], (frozen) =>
    needs === undefined ? frozen : { ...frozen, rule: { ...frozen.rule, needs } },
  );
  record.approveBulk(bulk);
  const lines = record.linesOf(bulk);
  if (needs === undefined) record.attempt(lines[0] ?? '');
  return { record, bulk, lines };
}
type Forge = (record: ARecord, bulk: string, lines: readonly string[]) => void;

/** The second line is sent under this. */
const sentUnder =
  (...freeze: Parameters<ARecord['freeze']>): Forge =>
  (record, _bulk, [, second = '']) => {
    record.freeze(...freeze);
    record.attempt(second);
  };
const stop: Forge = (record, bulk) => record.actOnBulk(bulk, { act: 'stop', saw: null });

/** What each of the two finds first. */
async function firstFaults(record: ARecord) {
  const { told } = await verify(await exportTo(record.snapshot()));
  const [first = ''] = judgeAll(record);
  const [, own, judged] = /^entry (\d+): (.*)$/.exec(first) ?? [];
  const [, theirs, verified] = /^WRONG: .* \(entry (\d+)\): (.*)$/m.exec(told) ?? [];
  return { areOfOneEntry: own === theirs, judged, verified };
}

describe('both verifiers', () => {
  it.each<[string, Forge, string, string]>([
    [
      'a line that was sent while all was frozen',
      sentUnder(),
      breaches.stopped('F-1'),
      'it was sent, and the freeze 1 stood against it',
    ],
    [
      'a line that was sent while its account was frozen',
      sentUnder({ scope: 'account', account: 'shop-pl' }),
      breaches.stopped('F-1'),
      'it was sent, and the freeze 1 stood against it',
    ],
    [
      'a line that was sent while whoever asked was frozen',
      sentUnder(ofPerson('U_MARIA')),
      breaches.stopped('F-1'),
      'it was sent, and the freeze 1 stood against it',
    ],
    [
      'a line that was sent while whoever approved was frozen',
      sentUnder(ofPerson('U_PAVEL')),
      breaches.stopped('F-1'),
      'it was sent, and the freeze 1 stood against it',
    ],
    [
      'a line that was sent while one had agreed to lift a freeze',
      (record, _bulk, lines) => {
        record.freeze();
        record.agreeToLift('U_LENA');
        record.attempt(lines[1] ?? '');
      },
      breaches.stopped('F-1'),
      'it was sent, and the freeze 1 stood against it',
    ],
    [
      'a "go on" under a freeze',
      (record, bulk) => {
        record.actOnBulk(bulk, HALT);
        record.freeze({ scope: 'account', account: 'shop-pl' });
        record.actOnBulk(bulk, { act: 'go_on', person: LENA });
      },
      breaches.refused.frozen,
      'going on counts, and the freeze 1 stood against it',
    ],
    [
      'a stop by somebody who is frozen',
      (record, bulk) => {
        record.freeze(ofPerson('U_LENA'));
        record.actOnBulk(bulk, { act: 'stop', person: LENA, saw: null });
      },
      breaches.refused.frozen,
      'stop counts, and the freeze 1 stood against it',
    ],
    [
      'a line that was sent after its bulk was stopped',
      (record, bulk, lines) => {
        stop(record, bulk, lines);
        record.attempt(lines[1] ?? '');
      },
      breaches.bulkStopped,
      'it was sent, and its bulk had ended before',
    ],
    [
      'a line that was sent again after its bulk was stopped, though it had not left before',
      (record, bulk, lines) => {
        stop(record, bulk, lines);
        record.learn(lines[0] ?? '', 'not_sent');
        record.attempt(lines[0] ?? '', 2);
      },
      breaches.bulkStopped,
      'it was sent, and its bulk had ended before',
    ],
    [
      'a "go on" after a stop',
      (record, bulk, lines) => {
        stop(record, bulk, lines);
        record.actOnBulk(bulk, { act: 'go_on' });
      },
      breaches.refused.already_settled,
      'go_on counts, and the bulk had ended before',
    ],
    [
      'a "go on" by somebody of another group',
      (record, bulk) => {
        record.actOnBulk(bulk, HALT);
        record.actOnBulk(bulk, { act: 'go_on', person: LENA, groups: ['sales'] });
      },
      breaches.refused.not_an_approver,
      'go_on counts by somebody of no group that the rule names',
    ],
  ])('name %s', async (_what, forge, judged, verified) => {
    const { record, bulk, lines } = underWay();
    forge(record, bulk, lines);
    expect(await firstFaults(record)).toEqual({ areOfOneEntry: true, judged, verified });
  });

  it.each<[string, Forge, string, string]>([
    [
      'a line that was sent with one of the two approvals that its bulk needs',
      (record, _bulk, [first = '']) => record.attempt(first),
      breaches.notApproved,
      'it was sent with too few approvals for its rule',
    ],
    [
      'a line that was approved alone',
      (record, _bulk, [first = '']) => record.decide(first, { person: LENA }),
      breaches.notWithItsBulk,
      'approve counts, and nobody did the same to its bulk',
    ],
    [
      'a line that was approved by another than its bulk',
      (record, bulk, [first = '']) => {
        record.actOnBulk(bulk, { person: LENA }, AT);
        record.decide(first, { person: { team: 'T_HOME', user: 'U_TOM' } }, null, AT);
      },
      breaches.notWithItsBulk,
      'approve counts, and nobody did the same to its bulk',
    ],
    [
      'a line that was approved before its bulk was',
      (record, bulk, [first = '']) => {
        record.decide(first, { person: LENA }, null, AT);
        record.actOnBulk(bulk, { person: LENA }, AT);
      },
      breaches.notWithItsBulk,
      'approve counts, and nobody did the same to its bulk',
    ],
    [
      'a line that was rejected when its bulk was approved',
      (record, bulk, [first = '']) => {
        record.actOnBulk(bulk, { person: LENA }, AT);
        record.decide(first, { act: 'reject', person: LENA, saw: null }, null, AT);
      },
      breaches.notWithItsBulk,
      'reject counts, and nobody did the same to its bulk',
    ],
    [
      'a line that was approved at another time than its bulk',
      (record, bulk, [first = '']) => {
        record.actOnBulk(bulk, { person: LENA });
        record.decide(first, { person: LENA });
      },
      breaches.notWithItsBulk,
      'approve counts, and nobody did the same to its bulk',
    ],
    [
      'a line that was approved as of more groups',
      (record, bulk, [first = '']) => {
        record.actOnBulk(bulk, { person: LENA }, AT);
        record.decide(first, { person: LENA, groups: ['finance', 'risk'] }, null, AT);
      },
      breaches.notWithItsBulk,
      'approve counts, and nobody did the same to its bulk',
    ],
    [
      'a line that was approved by an approval of its bulk that did not count',
      (record, bulk, [first = '']) => {
        record.actOnBulk(bulk, { person: LENA, refusal: 'not_confirmed' }, AT);
        record.decide(first, { person: LENA }, null, AT);
      },
      breaches.notWithItsBulk,
      'approve counts, and nobody did the same to its bulk',
    ],
    [
      'an approval by whoever asked',
      (record, bulk) => record.actOnBulk(bulk, { person: MARIA }),
      breaches.refused.own_request,
      'approve counts, and is by the requester',
    ],
    [
      'an approval under a freeze',
      (record, bulk) => {
        record.freeze();
        record.approveBulk(bulk, { person: LENA });
      },
      breaches.refused.frozen,
      'an approval counts, and the freeze 1 stood against it',
    ],
  ])('name %s', async (_what, forge, judged, verified) => {
    const { record, bulk, lines } = underWay(TWO_OF_FINANCE);
    forge(record, bulk, lines);
    expect(await firstFaults(record)).toEqual({ areOfOneEntry: true, judged, verified });
  });

  it('find nothing wrong with a bulk that was frozen, lifted, halted, let go on and stopped', async () => {
    const { record, bulk, lines } = underWay();
    record.learn(lines[0] ?? '', 'cancelled');
    record.freeze();
    record.actOnBulk(bulk, HALT);
    record.agreeToLift('U_PAVEL');
    record.agreeToLift('U_LENA');
    record.actOnBulk(bulk, { act: 'go_on', person: LENA });
    record.attempt(lines[1] ?? '');
    record.freeze({ ...ofPerson('U_MARIA'), freeze: 2 });
    record.actOnBulk(bulk, { act: 'stop', person: MARIA, groups: [], saw: null });
    record.decide(lines[2] ?? '', { act: 'lapse', person: null, groups: [], saw: null });
    record.learn(lines[1] ?? '', 'refused');
    expect(judgeAll(record)).toEqual([]);
    expect(await verify(await exportTo(record.snapshot()))).toMatchObject({ code: 0 });
  });
});
