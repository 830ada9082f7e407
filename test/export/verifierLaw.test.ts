import { describe, expect, it } from 'vitest';
import { NO_REQUEST } from '../../src/record/entry.ts';
import { ARecord } from './aRecord.ts';
import { exportTo, verify } from './verifying.ts';

describe('the law', () => {
  const FINANCE_AND_RISK = [
    { group: 'finance', count: 1 },
    { group: 'risk', count: 1 },
  ];
  const LENA = { person: { team: 'T_HOME', user: 'U_LENA' }, groups: ['finance', 'risk'] };
  const MARIA = { person: { team: 'T_HOME', user: 'U_MARIA' } };
  type Story = (record: ARecord) => void;

  const broken: [string, Story, string][] = [
    ['nobody approved', (record) => record.attempt(record.ask()), 'it was sent, and nobody had approved'],
    [
      'the requester approved',
      (record) => record.decide(record.ask(), MARIA),
      'approve counts, and is by the requester',
    ],
    [
      'too few approved',
      (record) => {
        const request = record.ask({ needs: FINANCE_AND_RISK });
        record.decide(request);
        record.attempt(request);
      },
      'it was sent with too few approvals for its rule',
    ],
    [
      'one person approved twice',
      (record) => {
        const request = record.ask({ needs: FINANCE_AND_RISK });
        record.decide(request, LENA);
        record.decide(request, LENA);
      },
      'an approval counts by somebody who had approved before',
    ],
    [
      'somebody approved what was something else',
      (record) => record.decide(record.ask(), { saw: 'ab'.repeat(32) }),
      'an approval counts by somebody who saw another digest',
    ],
    [
      'somebody approved too late',
      (record) => {
        const request = record.ask();
        while (record.rows.length < 8 * 60 + 2) record.enter(NO_REQUEST, alarm);
        record.decide(request);
      },
      'an approval counts that came after the deadline',
    ],
    [
      'it was sent after an end',
      (record) => {
        const request = record.ask();
        record.decide(request);
        record.decide(request, { act: 'lapse', person: null, groups: [], saw: null });
        record.attempt(request);
      },
      'it was sent, and the request had ended before',
    ],
    [
      'somebody approved after an end',
      (record) => {
        const request = record.ask();
        record.decide(request, { ...LENA, act: 'reject', saw: null });
        record.decide(request);
      },
      'approve counts, and the request had ended before',
    ],
    [
      'somebody else withdrew',
      (record) => record.decide(record.ask(), { act: 'withdraw' }),
      'withdraw counts, and is not by the requester',
    ],
    [
      'the clock approved',
      (record) => record.decide(record.ask(), { person: null }),
      'approve counts, by nobody or by a person',
    ],
    [
      'it was sent twice',
      (record) => {
        const request = record.cancel();
        record.attempt(request, 2);
      },
      'it was sent again, and the earlier may have arrived',
    ],
    [
      'an attempt was left out',
      (record) => {
        const request = record.ask();
        record.decide(request);
        record.attempt(request, 2);
      },
      'it is attempt 2 after 0',
    ],
    [
      'an outcome came of nothing',
      (record) => record.learn(record.ask(), 'cancelled'),
      'it tells of attempt 1, which nobody made',
    ],
  ];
  it.each(broken)('is broken where %s', async (_what, tell, expected) => {
    const record = new ARecord();
    tell(record);
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(`(entry ${record.rows.length}): ${expected}`);
    expect(code).toBe(1);
  });

  it('is kept where two people take the places of two groups, in whatever order', async () => {
    const record = new ARecord();
    const request = record.ask({ needs: FINANCE_AND_RISK });
    record.decide(request, LENA);
    record.decide(request);
    record.attempt(request);
    expect((await verify(await exportTo(record.snapshot()))).told).toContain('All of it holds.');
  });

  it('is kept where refused tries are among the decisions, and a call that was surely not sent is repeated', async () => {
    const record = new ARecord();
    const request = record.ask();
    record.decide(request, { ...MARIA, refusal: 'own_request' });
    record.decide(request);
    record.attempt(request, 1);
    record.learn(request, 'not_sent', 'The connection was refused.', 1);
    record.attempt(request, 2);
    record.learn(request, 'cancelled', 'Cancelled.', 2);
    expect((await verify(await exportTo(record.snapshot()))).told).toContain('2 of 2 attempts were judged');
  });

  const alarm = {
    type: 'alarm',
    data: { account: 'shop-pl', notice: 'n1', payment: null, reference: null },
  } as const;
});
