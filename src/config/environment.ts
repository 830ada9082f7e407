/** The only reader of the process environment. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { missing } from './faults.ts';

const Token = (prefix: string) => z.string().startsWith(prefix, `must start with ${prefix}`);

const Environment = z
  .object({
    SLACK_BOT_TOKEN: Token('xoxb-'),
    SLACK_APP_TOKEN: Token('xapp-').optional(),
    SLACK_SIGNING_SECRET: z.string().min(8).optional(),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    WEBHOOKS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    HOST: z.string().min(1).default('0.0.0.0'),
    SLACK_API_URL: z.url().optional(),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address')
      .optional(),
    COUNTERSIGN_CONFIG: z.string().min(1).default('countersign.yaml'),
    COUNTERSIGN_DATA: z.string().min(1).default('.data'),
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((environment) => environment.SLACK_APP_TOKEN ?? environment.SLACK_SIGNING_SECRET, {
    message: 'set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP',
    path: ['SLACK_APP_TOKEN'],
    // Also when something else is faulty, so that all faults are told together.
    when: () => true,
  });
type Environment = z.infer<typeof Environment>;

export type Variables = Readonly<Record<string, string | undefined>>;

export function variables(): Variables {
  return process.env;
}

/** Adds what the file `.env` has, as `npm start` does; what is set already stays. */
export function readEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile();
}

/** An empty text counts as absent, as shells write it. */
export function readEnvironment(from: Variables): z.ZodSafeParseResult<Environment> {
  const present = Object.entries(from).filter(([, value]) => value !== '');
  return Environment.safeParse(Object.fromEntries(present), { error: missing });
}
