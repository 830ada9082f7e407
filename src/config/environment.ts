/** The only reader of the process environment. */
import { z } from 'zod';
import { HttpsAddress } from '../httpsAddress.ts';
import { SECRET } from '../record/keys.ts';
import { SETTINGS_FILE } from './envFile.ts';
import { ConfigFaults, faultsOf, missing } from './faults.ts';
import { fillFromFiles } from './secretFiles.ts';

const Token = (prefix: string) => z.string().startsWith(prefix, `must start with ${prefix}`);

export const DatabaseAddress = z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address');

/** What Node.js itself reads, and heeds wherever TLS is spoken. */
const ofNode = {
  NODE_TLS_REJECT_UNAUTHORIZED: z
    .string()
    .refine(
      (value) => value !== '0',
      'must not be 0: no certificate would be verified. Name an authority of your own in NODE_EXTRA_CA_CERTS',
    )
    .optional(),
};

const Environment = z
  .object({
    SLACK_BOT_TOKEN: Token('xoxb-'),
    SLACK_APP_TOKEN: Token('xapp-').optional(),
    SLACK_SIGNING_SECRET: z.string().min(8).optional(),
    SLACK_OLD_SIGNING_SECRET: z.string().min(8).optional(),
    PORT: z.coerce.number().int().min(1).max(65535).default(3000),
    WEBHOOKS_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    HOST: z.string().min(1).default('0.0.0.0'),
    PUBLIC_URL: HttpsAddress.optional(),
    MONITORING_PORT: z.coerce.number().int().min(1).max(65535).optional(),
    MONITORING_HOST: z.string().min(1).default('127.0.0.1'),
    SLACK_API_URL: z.url().optional(),
    DATABASE_URL: DatabaseAddress.optional(),
    DATABASE_OWNER_URL: DatabaseAddress.optional(),
    COUNTERSIGN_RECORD_KEY: z.string().regex(SECRET, 'must be 64 hex digits').optional(),
    COUNTERSIGN_RECORD_OLD_KEYS: z
      .string()
      .default('')
      .transform((text) => text.split(',').filter((one) => one !== ''))
      .refine(
        (keys) => keys.every((key) => SECRET.test(key)),
        'must be 64 hex digits each, with a comma between',
      ),
    COUNTERSIGN_CONFIG: z.string().min(1).default(SETTINGS_FILE),
    COUNTERSIGN_DATA: z.string().min(1).default('.data'),
    OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
    ...ofNode,
    LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((environment) => environment.SLACK_APP_TOKEN ?? environment.SLACK_SIGNING_SECRET, {
    message: 'set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP',
    path: ['SLACK_APP_TOKEN'],
    // Also when something else is faulty, so that all faults are told together.
    when: () => true,
  })
  .refine((environment) => environment.DATABASE_URL === undefined || environment.COUNTERSIGN_RECORD_KEY, {
    message: 'is missing: make one with "openssl rand -hex 32", and keep a copy where no database is',
    path: ['COUNTERSIGN_RECORD_KEY'],
    when: () => true,
  });
type Environment = z.infer<typeof Environment>;

export type Variables = Readonly<Record<string, string | undefined>>;

/** As they are given: a secret may be said by the name of its file. */
export function givenVariables(): Variables {
  return process.env;
}

/** @throws ConfigFaults that name the files that can't be read, or what nothing is started with */
export function variables(given: Variables = givenVariables()): Variables {
  const { variables: filled, faults } = fillFromFiles(given);
  const { error } = z.object(ofNode).safeParse(filled);
  const all = [...faults, ...(error === undefined ? [] : faultsOf('environment', error))];
  if (all.length > 0) throw new ConfigFaults(all);
  return filled;
}

/**
 * For commands that need the database alone: the app's address, and the owner's where that is another role.
 * @throws Error when there is none
 */
export function databaseUrls(from: Variables = variables()): { app: string; owner: string } {
  const app = from['DATABASE_URL'] ?? '';
  if (app === '')
    throw new Error('Set DATABASE_URL to the database; an embedded one is migrated when it starts.');
  const owner = from['DATABASE_OWNER_URL'] || app;
  if (!DatabaseAddress.safeParse(app).success || !DatabaseAddress.safeParse(owner).success)
    throw new Error('DATABASE_URL and DATABASE_OWNER_URL must be postgres:// addresses.');
  return { app, owner };
}

/** An empty text counts as absent, as shells write it. */
export function readEnvironment(from: Variables): z.ZodSafeParseResult<Environment> {
  const present = Object.entries(from).filter(([, value]) => value !== '');
  return Environment.safeParse(Object.fromEntries(present), { error: missing });
}
