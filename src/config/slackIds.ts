/** How `countersign.yaml` names channels and people: by Slack's ids. */
import { z } from 'zod';

export const Channel = z.string().regex(/^[CG][A-Z0-9_]{2,}$/, 'must be a channel id such as C0123456789');
export const Member = z
  .string()
  .regex(
    /^[SUW][A-Z0-9_]{2,}$/,
    'must be a user id such as U0123456789, or a user group id such as S0123456789',
  );
export const User = z.string().regex(/^[UW][A-Z0-9_]{2,}$/, 'must be a user id such as U0123456789');
