/** The schema of `countersign.yaml`. It turns text into the domain's terms and refuses every key that it does not know. */
import { parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { Account } from '../../providers/index.ts';
import type { Window } from '../domain/window.ts';
import { BulkSettings } from './bulkSettings.ts';
import type { Variables } from './environment.ts';
import { faultsOf, missing, pathText } from './faults.ts';
import { comparePolicy, Compared, Name, TierSettings, toPolicy } from './policySettings.ts';
import { fillSecrets } from './secrets.ts';

/** What `/cancel` takes for something else when it is typed where an account's name may stand. */
const COMMAND_WORDS = ['list', 'show', 'find', 'summary', 'help', 'bulk'];
const AccountName = Name.refine(
  (name) => !COMMAND_WORDS.includes(name),
  'is a word of /cancel, which nobody could use for an account: choose another name',
);
const Channel = z.string().regex(/^[CG][A-Z0-9_]{2,}$/, 'must be a channel id such as C0123456789');
const User = z.string().regex(/^[UW][A-Z0-9_]{2,}$/, 'must be a user id such as U0123456789');

const SECONDS = { m: 60, h: 3600, d: 86_400 } as const;

/** `30m`, `8h`, `2d`, as seconds. */
const Duration = z
  .string()
  .regex(/^[1-9]\d{0,3}[mhd]$/, 'must be a duration such as 30m, 8h or 2d')
  .transform((text) => {
    const unit = z.enum(['m', 'h', 'd']).parse(text.slice(-1));
    return Number(text.slice(0, -1)) * SECONDS[unit];
  });

const Zone = z
  .string()
  .refine(
    (zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC',
    'must be a time zone such as Europe/Warsaw',
  );

/** `22:00 Europe/Istanbul` */
const CutOff = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d \S+$/, "must be a time and a zone such as '22:00 Europe/Istanbul'")
  .transform((text) => ({ time: text.slice(0, 5), zone: text.slice(6) }))
  .pipe(z.object({ time: z.string(), zone: Zone }));

const WindowSettings = z
  .strictObject({ cut_off: CutOff.optional(), hold_limit: Duration.optional() })
  .transform(({ cut_off, hold_limit }): Window => ({
    cutOff: cut_off ?? null,
    holdSeconds: hold_limit ?? null,
  }));

const Settings = z
  .strictObject({
    channels: z.strictObject({ approvals: Channel, finance: Channel }),
    groups: z.record(Name, z.array(User).min(1, 'must not be empty: nobody could approve')),
    policy: z.strictObject({
      deadline: Duration.default(8 * SECONDS.h),
      tiers: z.array(TierSettings).min(1),
    }),
    summary: z.strictObject({
      time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:00'),
      zone: Zone,
    }),
    accounts: z
      .record(AccountName, Account)
      .refine((accounts) => Object.keys(accounts).length > 0, 'must not be empty'),
    /** By account: until when the provider takes a cancellation. */
    windows: z.record(AccountName, WindowSettings).default({}),
    bulk: BulkSettings,
  })
  .superRefine(({ windows, bulk, accounts }, context) => {
    const named = [
      ...Object.keys(windows).map((name) => ['windows', name]),
      ...Array.from(bulk.everyMsOf.keys(), (name) => ['bulk', 'paces', name]),
    ];
    for (const path of named.filter((one) => !Object.hasOwn(accounts, one.at(-1) ?? ''))) {
      context.addIssue({ code: 'custom', path, message: 'is not one of the accounts' });
    }
  })
  // Also when something else is faulty, so that all faults are told together.
  .superRefine(comparePolicy, { when: ({ value }) => Compared.safeParse(value).success })
  .transform(({ policy, windows, ...rest }) => ({
    ...rest,
    windows: new Map(Object.entries(windows)),
    deadlineSeconds: policy.deadline,
    policy: toPolicy(policy.tiers),
  }));
export type Settings = z.infer<typeof Settings>;

export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly faults: readonly string[] };

/** @param text the file's text, undefined when it could not be read. @param from where `${NAME}` is looked up. */
export function readSettings(text: string | undefined, file: string, from: Variables): ReadSettings {
  if (text === undefined) {
    return { ok: false, faults: [`${file}: cannot be read; copy countersign.example.yaml to begin with`] };
  }
  const yaml = readYaml(text);
  if (!yaml.ok) return { ok: false, faults: yaml.faults.map((fault) => `${file}: ${fault}`) };

  const { value, secrets, absent, malformed } = fillSecrets(yaml.value, from);
  const parsed = Settings.safeParse(value, { error: missing });
  if (parsed.success && absent.length === 0 && malformed.length === 0)
    return { ok: true, settings: parsed.data, secrets };

  // A secret that is absent is one fault, not also a malformed value.
  const paths = new Set(absent.map(({ path }) => path));
  const issues = parsed.error?.issues.filter(({ path }) => !paths.has(pathText(path))) ?? [];
  return {
    ok: false,
    faults: [
      ...absent.map(
        ({ path, name }) => `${file}: ${path} needs ${name}, which the environment does not have`,
      ),
      ...malformed.map((path) => `${file}: ${path} has a \${ that names no variable`),
      ...faultsOf(file, new z.ZodError(issues)),
    ],
  };
}

type ReadYaml = { readonly ok: true; readonly value: unknown } | { readonly ok: false; faults: string[] };

function readYaml(text: string): ReadYaml {
  const document = parseDocument(text);
  if (document.errors.length > 0) {
    return {
      ok: false,
      // The parser's own message quotes the file, and with it what may be a secret.
      faults: document.errors.map(({ linePos, code }) => {
        const what = code.toLowerCase().replaceAll('_', ' ');
        return `is not YAML at line ${linePos?.[0].line ?? 1} (${what})`;
      }),
    };
  }
  // An id such as 00123 stays as it is written: YAML alone would make 123 of it.
  visit(document, {
    Scalar(_key, scalar) {
      const { value, source } = scalar;
      if (typeof value === 'number' && source !== undefined && String(value) !== source)
        scalar.value = source;
    },
  });
  try {
    return { ok: true, value: document.toJS() };
  } catch {
    return {
      ok: false,
      faults: ['has an alias (*) that leads nowhere; a text that begins with * needs quotes'],
    };
  }
}
