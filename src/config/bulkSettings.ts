/** The settings of bulks: how fast their payments are looked up and sent, and when sending halts. */
import { z } from 'zod';

/** `1/s`, `30/m`, as milliseconds from one payment to the next. */
const PaceSetting = z
  .string()
  .regex(/^[1-9]\d{0,2}\/[sm]$/, 'must be a number of payments a second or a minute, such as 1/s or 30/m')
  .transform((text) => {
    const [count, unit] = text.split('/');
    return (unit === 's' ? 1000 : 60_000) / Number(count);
  });

export const BulkSettings = z
  .strictObject({
    pace: PaceSetting.default(1000),
    /** By account, where the provider takes another. */
    paces: z.record(z.string(), PaceSetting).default({}),
    pause_after: z.int().min(1).max(100).default(5),
  })
  .prefault({})
  .transform(({ pace, paces, pause_after }) => ({
    everyMs: pace,
    everyMsOf: new Map(Object.entries(paces)),
    pauseAfter: pause_after,
  }));
