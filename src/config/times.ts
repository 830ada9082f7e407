/** How `countersign.yaml` writes lengths of time, times of day, and time zones. */
import { z } from 'zod';
import type { Hours } from '../domain/hours.ts';

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;

/** `30m`, `8h`, `2d`, as seconds. */
export const Duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, 'must be a duration such as 30m, 8h or 2d')
  .transform((text) => {
    const unit = z.enum(['m', 'h', 'd']).parse(text.slice(-1));
    return Number(text.slice(0, -1)) * SECONDS[unit];
  });

export const EIGHT_HOURS = 8 * SECONDS.h;

export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00');

export const Zone = z
  .string()
  .refine(
    (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'must be a time zone such as Europe/Warsaw',
  );

/** `22:00 Europe/Istanbul` */
export const CutOff = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d \S+$/, "must be a time and a zone such as '22:00 Europe/Istanbul'")
  .transform((text) => ({ time: text.slice(0, 5), zone: text.slice(6) }))
  .pipe(z.object({ time: z.string(), zone: Zone }));

/** `20:00-08:00 Europe/Warsaw` */
export const HoursText = z
  .string()
  .regex(
    /^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d \S+$/,
    "must be two times and a zone such as '20:00-08:00 Europe/Warsaw'",
  )
  .transform((text): Hours => ({ from: text.slice(0, 5), until: text.slice(6, 11), zone: text.slice(12) }))
  .pipe(z.object({ from: z.string(), until: z.string(), zone: Zone }))
  .refine(({ from, until }) => from !== until, 'must end at another time than it begins');
