/** The schema of `countersign.yaml`. It turns text into the domain's terms and refuses every key that it does not know. */
import { parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { Account } from '../../providers/index.ts';
import type { Window } from '../domain/window.ts';
import { BulkSettings } from './bulkSettings.ts';
import type { Variables } from './environment.ts';
import { faultsOf, missing, pathText } from './faults.ts';
import { OldSecrets, readOldAccounts } from './oldSecrets.ts';
import { comparePolicy, Compared, Name, TierSettings, toPolicy } from './policySettings.ts';
import { ReminderSettings } from './reminderSettings.ts';
import { fillSecrets } from './secrets.ts';
import { Channel, Member, User } from './slackIds.ts';
import { SummarySettings } from './summarySettings.ts';
import { TicketSettings } from './ticketSettings.ts';
import { CutOff, Duration, EIGHT_HOURS } from './times.ts';

/** What `/cancel` takes for something else when it is typed where an account's name may stand. */
const COMMAND_WORDS = ['list', 'show', 'find', 'summary', 'help', 'bulk', 'freeze', 'lift', 'all'];
export const AccountName = Name.refine(
  (name) => !COMMAND_WORDS.includes(name),
  'is a word of /cancel, which nobody could use for an account: choose another name',
);
const WindowSettings = z
  .strictObject({ cut_off: CutOff.optional(), hold_limit: Duration.optional() })
  .transform(({ cut_off, hold_limit }): Window => ({
    cutOff: cut_off ?? null,
    holdSeconds: hold_limit ?? null,
  }));

/** None where the settings of bulks are at fault themselves: then they are as they were typed, and that is told. */
function pacedAccounts({ everyMsOf }: Partial<z.infer<typeof BulkSettings>>): readonly string[] {
  return everyMsOf === undefined ? [] : [...everyMsOf.keys()];
}

const Settings = z
  .strictObject({
    channels: z.strictObject({ approvals: Channel, finance: Channel }),
    groups: z.record(Name, z.array(Member).min(1, 'must not be empty: nobody could approve')),
    /** The Slack accounts of each person who has several. */
    people: z.array(z.array(User).min(2, 'must be two accounts of one person, or more')).default([]),
    policy: z.strictObject({
      deadline: Duration.default(EIGHT_HOURS),
      tiers: z.array(TierSettings).min(1),
    }),
    summary: SummarySettings,
    accounts: z
      .record(AccountName, Account)
      .refine((accounts) => Object.keys(accounts).length > 0, 'must not be empty'),
    old_secrets: OldSecrets,
    /** By account: until when the provider takes a cancellation. */
    windows: z.record(AccountName, WindowSettings).default({}),
    bulk: BulkSettings,
    reminders: ReminderSettings.optional(),
    ticket: TicketSettings,
  })
  .superRefine(({ windows, bulk, accounts }, context) => {
    const named = [
      ...Object.keys(windows).map((name) => ['windows', name]),
      ...pacedAccounts(bulk).map((name) => ['bulk', 'paces', name]),
    ];
    for (const path of named.filter((one) => !Object.hasOwn(accounts, one.at(-1) ?? ''))) {
      context.addIssue({ code: 'custom', path, message: 'is not one of the accounts' });
    }
  })
  .superRefine(({ people }, context) => {
    for (const [n, user] of people.flat().entries()) {
      if (people.flat().indexOf(user) === n) continue;
      context.addIssue({
        code: 'custom',
        path: ['people'],
        message: `has ${user} twice: an account is one person's`,
      });
    }
  })
  .superRefine(({ reminders, summary, groups }, context) => {
    const named = [
      { path: ['reminders', 'escalate_to'], group: reminders?.escalateTo },
      { path: ['summary', 'reviewers'], group: summary.reviewers },
    ];
    for (const { path, group } of named) {
      if (typeof group !== 'string' || Object.hasOwn(groups, group)) continue;
      context.addIssue({ code: 'custom', path, message: 'is not one of the groups' });
    }
  })
  // Also when something else is faulty, so that all faults are told together.
  .superRefine(comparePolicy, { when: ({ value }) => Compared.safeParse(value).success })
  .transform(({ policy, windows, people, old_secrets, ...rest }, context) => ({
    ...rest,
    oldAccounts: readOldAccounts(rest.accounts, old_secrets, context),
    aliases: people,
    windows: new Map(Object.entries(windows)),
    deadlineSeconds: policy.deadline,
    policy: toPolicy(policy.tiers),
  }));
export type Settings = z.infer<typeof Settings>;

export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings; readonly secrets: readonly string[] }
  | { readonly ok: false; readonly faults: readonly string[]; readonly secrets: readonly string[] };

/** @param text the file's text, undefined when it could not be read. @param from where `${NAME}` is looked up. */
export function readSettings(text: string | undefined, file: string, from: Variables): ReadSettings {
  if (text === undefined) {
    return {
      ok: false,
      faults: [`${file}: cannot be read; copy countersign.example.yaml to begin with`],
      secrets: [],
    };
  }
  const yaml = readYaml(text);
  if (!yaml.ok) return { ok: false, faults: yaml.faults.map((fault) => `${file}: ${fault}`), secrets: [] };

  const { value, secrets, absent, malformed } = fillSecrets(yaml.value, from);
  const parsed = Settings.safeParse(value, { error: missing });
  if (parsed.success && absent.length === 0 && malformed.length === 0)
    return { ok: true, settings: parsed.data, secrets };

  // A secret that is absent is one fault, not also a malformed value.
  const paths = new Set(absent.map(({ path }) => path));
  const issues = parsed.error?.issues.filter(({ path }) => !paths.has(pathText(path))) ?? [];
  return {
    ok: false,
    secrets,
    faults: [
      ...absent.map(({ path, why }) => `${file}: ${path} ${why}`),
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
