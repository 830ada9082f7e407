import { describe, expect, it } from 'vitest';
import { ARecord } from './aRecord.ts';
import { exportTo, readLines, verify } from './verifying.ts';

type Story = (record: ARecord) => void;

describe('the law of sign-offs', () => {
  it.each<[string, Story, string]>([
    [
      'the summary was signed off before',
      (record) => {
        record.summarise();
        record.signOff();
        record.signOff();
      },
      'it signs the summary of 2026-11-18 off, which was signed off before',
    ],
    [
      'the summary was never made',
      (record) => {
        record.summarise();
        record.signOff({ date: '2026-11-19' });
      },
      'it signs the summary of 2026-11-19 off, which was not made',
    ],
    [
      'it is by somebody of no group',
      (record) => {
        record.summarise();
        record.signOff({ groups: [] });
      },
      'a sign-off counts by somebody of no group',
    ],
    [
      'it is by somebody who was frozen',
      (record) => {
        record.summarise();
        record.freeze({ scope: 'person', users: ['U_LENA'] });
        record.signOff();
      },
      'a sign-off counts, and the freeze 1 stood against it',
    ],
    [
      'a day was summarised twice',
      (record) => {
        record.summarise();
        record.summarise();
      },
      '2026-11-18 was summarised before',
    ],
  ])('is broken where %s', async (_what, tell, expected) => {
    const record = new ARecord();
    tell(record);
    const { code, told } = await verify(await exportTo(record.snapshot()));
    expect(told).toContain(`(entry ${record.rows.length}): ${expected}`);
    expect(code).toBe(1);
  });

  it('is kept where each day is signed off once, and where tries did not count; each has its row', async () => {
    const record = new ARecord();
    record.summarise();
    record.signOff({ refusal: 'not_a_reviewer', groups: [] });
    record.signOff();
    record.signOff({ refusal: 'already_signed_off' });
    record.summarise('2026-11-19');
    record.signOff({ date: '2026-11-19' });
    const folder = await exportTo(record.snapshot());
    expect((await verify(folder)).code).toBe(0);
    expect((await readLines(folder, 'sign_offs.csv')).slice(1)).toEqual([
      expect.stringMatching(/^3,2026-11-18,C_FINANCE,.*Z,no,not_a_reviewer,U_LENA,T_HOME,/),
      expect.stringMatching(/^4,2026-11-18,C_FINANCE,.*Z,yes,,U_LENA,T_HOME,finance/),
      expect.stringMatching(/^5,2026-11-18,C_FINANCE,.*Z,no,already_signed_off,/),
      expect.stringMatching(/^7,2026-11-19,C_FINANCE,.*Z,yes,/),
    ]);
  });

  it('knows nothing of summaries from before the export', async () => {
    const record = new ARecord();
    record.summarise();
    record.signOff();
    expect((await verify(await exportTo(record.snapshot(2)))).code).toBe(0);
  });
});
